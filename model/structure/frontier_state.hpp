// What is known of a network when some of its nodes and links have been looked at: of the nodes on the frontier.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "model/structure/network_order.hpp"

namespace nines::structure {

enum class Verdict : std::uint8_t { open, up, down };

// How the frontier is parted into groups of nodes that are joined. Equal for all that can't be told apart later, as far
// as that is cheap to see: a group that is linked to one more node only is no way for others to pass.
class Parting {
 public:
  explicit Parting(const NetworkGraph& graph) : ends_(static_cast<std::uint32_t>(graph.connect.size())) {}

  void clear() { size_ = 0; }
  [[nodiscard]] Verdict enter(const FrontierStep& step, bool up);
  // Whether it makes a difference that the link is up.
  [[nodiscard]] bool asks_for(const FrontierStep& step) const;
  [[nodiscard]] Verdict link(const FrontierStep& step);
  [[nodiscard]] Verdict settle(const FrontierStep& step);

  // As so many words: nodes are 8 to a word.
  [[nodiscard]] static std::size_t words(std::size_t width) { return (width + 7) / 8; }
  void pack(std::span<std::uint64_t> words) const;
  void unpack(std::span<const std::uint64_t> words, std::size_t width);

 private:
  [[nodiscard]] Verdict look_for_end() const;
  void number_anew();

  // By position: 0 is down; otherwise twice the number of its group, from 1 in order of the list, and 1 more when that
  // holds a node that is to be joined.
  std::array<std::uint8_t, kWidestFrontier + 2> group_{};
  std::size_t size_ = 0;
  std::uint32_t ends_;
};

// Of a directed network: which nodes are reached from the first end, from which the second is reached, and which of the
// others are reached from each other. At most kWidest nodes.
class Reaching {
 public:
  static constexpr std::size_t kWidest = 30;

  explicit Reaching(const NetworkGraph&) {}

  void clear() { *this = {}; }
  [[nodiscard]] Verdict enter(const FrontierStep& step, bool up);
  [[nodiscard]] bool asks_for(const FrontierStep& step) const;
  [[nodiscard]] Verdict link(const FrontierStep& step);
  [[nodiscard]] Verdict settle(const FrontierStep& step);

  [[nodiscard]] static std::size_t words(std::size_t width) { return 2 + (width + 1) / 2; }
  void pack(std::span<std::uint64_t> words) const;
  void unpack(std::span<const std::uint64_t> words, std::size_t width);

 private:
  Reaching() = default;
  void forget(std::size_t at);

  // Bits by position.
  std::uint32_t up_ = 0;                         // not down, and some way may yet lead over it
  std::uint32_t reached_ = 0;                    // from the first end
  std::uint32_t leads_ = 0;                      // to the second end
  std::array<std::uint32_t, kWidest + 2> to_{};  // by position: which are reached from it, of those in neither set
  std::size_t size_ = 0;
  bool first_entered_ = false, second_entered_ = false;
};

}  // namespace nines::structure
