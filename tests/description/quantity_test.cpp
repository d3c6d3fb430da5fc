#include "model/description/quantity.hpp"

#include <gtest/gtest.h>

namespace nines {
namespace {

TEST(Quantity, Durations) {
  EXPECT_EQ(read_duration("4 h"), 4);
  EXPECT_EQ(read_duration("90days"), 2160);
  EXPECT_EQ(read_duration(" 1.5e1 min "), 0.25);
  EXPECT_EQ(read_duration("1 year"), 8760);
  EXPECT_EQ(read_duration("1 month"), 730);
  EXPECT_EQ(read_duration("2 w"), 336);
  EXPECT_EQ(read_duration("1 d"), 24);
  EXPECT_EQ(read_duration(".5 hours"), 0.5);
  EXPECT_EQ(read_duration("3600 sec"), 1);
  EXPECT_EQ(read_duration("7.2e6 ms"), 2);
  EXPECT_EQ(read_duration("0 s"), 0);
  for (const char* wrong :
       {"4", "4 m", "h", "", "-4 h", "0x10 h", "nan h", "inf h", "4 h 3", "1,5 h", "4 hh", "1e400 h", "--4 h", "-.4 h"})
    EXPECT_FALSE(read_duration(wrong).has_value()) << wrong;
}

TEST(Quantity, Periods) {
  EXPECT_EQ(read_period("month"), 730);
  EXPECT_EQ(read_period(" year "), 8760);
  EXPECT_EQ(read_period("30 days"), 720);
  EXPECT_EQ(read_period("2 months"), 1460);
  for (const char* wrong : {"m", "mont", "3", "", "4 m", "month month", "-1 month", "%"})
    EXPECT_FALSE(read_period(wrong).has_value()) << wrong;
  for (const char* text : {"year", "month", "week", "day", "hour", "30 days", "3 months", "18 h", "2 years"}) {
    const auto hours = read_period(text);
    ASSERT_TRUE(hours) << text;
    EXPECT_EQ(period_text(*hours), text);
  }
}

TEST(Quantity, TooSmallIsZeroAndTooLargeIsRefused) {
  EXPECT_EQ(read_duration("1e-400 h").value_or(-1), 0);
  EXPECT_FALSE(read_duration("1e400 h"));
  EXPECT_FALSE(read_duration("0.5e400 h"));
  EXPECT_FALSE(read_number("1e999"));
}

TEST(Quantity, Probabilities) {
  EXPECT_EQ(read_probability("98 %"), 0.98);
  EXPECT_EQ(read_probability("0.98"), 0.98);
  EXPECT_EQ(read_probability("100%"), 1);
  EXPECT_EQ(read_probability("0"), 0);
  for (const char* wrong : {"98", "101 %", "-1 %", "1.2", "%", "0.5 h"})
    EXPECT_FALSE(read_probability(wrong).has_value()) << wrong;
}

// Two spellings of a value are one double: it is rounded once.
TEST(Quantity, SpellingsOfOneValue) {
  EXPECT_EQ(read_probability("99.99 %"), 0.9999);
  EXPECT_EQ(read_probability("99.999 %"), 0.99999);
  EXPECT_EQ(read_probability("0.1 %"), 0.001);
  EXPECT_EQ(read_duration("0.3 days"), 7.2);
  EXPECT_EQ(read_duration("0.7 days"), 16.8);
  EXPECT_EQ(share_text(0.9999), "99.99 %");
  EXPECT_EQ(share_text(0.99999), "99.999 %");
  EXPECT_EQ(share_text(1), "100 %");
  EXPECT_EQ(share_text(0.5), "50 %");
  EXPECT_EQ(share_text(0), "0 %");
}

TEST(Quantity, CountsAndRates) {
  EXPECT_EQ(read_count("3"), 3u);
  EXPECT_EQ(read_count("1e3"), 1000u);
  for (const char* wrong : {"0", "2.5", "-1", "1e9", "three", "3 nodes"})
    EXPECT_FALSE(read_count(wrong).has_value()) << wrong;
  EXPECT_EQ(read_rate("8760 /year"), 1);
  EXPECT_EQ(read_rate("5/h"), 5);
  for (const char* wrong : {"5", "5 h", "/h", "-5 /h", "5 /fortnight"})
    EXPECT_FALSE(read_rate(wrong).has_value()) << wrong;
}

TEST(Quantity, DurationsReadBack) {
  for (const double hours : {4.0, 1.0 / 3600, 10.0 / 3600, 0.5, 2160.0, 8760.0, 43800.0, 0.1234, 1e-9, 7.0 / 3, 1e9}) {
    const auto back = read_duration(duration_text(hours));
    ASSERT_TRUE(back.has_value()) << duration_text(hours);
    EXPECT_EQ(*back, hours) << duration_text(hours);
  }
  EXPECT_EQ(duration_text(4), "4 h");
  EXPECT_EQ(duration_text(0.5), "30 min");
  EXPECT_EQ(duration_text(10.0 / 3600), "10 s");
}

}  // namespace
}  // namespace nines
