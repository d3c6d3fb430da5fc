#include "sim/random/stream.hpp"

#include <Random123/philox.h>

namespace nines::sim {
namespace {

// FNV-1a, 64 bits (Fowler, Noll, Vo), byte by byte: no dependence on the byte order of the machine.
class Fnv1a {
 public:
  void add(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) add_byte(number >> shift & 0xFF);
  }
  void add(std::string_view text) {
    add(text.size());  // so that `ab`, `c` is not `a`, `bc`
    for (const char c : text) add_byte(static_cast<unsigned char>(c));
  }
  [[nodiscard]] std::uint64_t hash() const { return hash_; }

 private:
  void add_byte(std::uint64_t byte) { hash_ = (hash_ ^ byte) * 0x100000001B3; }

  std::uint64_t hash_ = 0xCBF29CE484222325;
};

}  // namespace

std::uint64_t address_of(std::string_view component, std::uint32_t node, std::string_view purpose,
                         std::string_view mode) {
  Fnv1a hash;
  hash.add(component);
  hash.add(node);
  hash.add(purpose);
  hash.add(mode);
  return hash.hash();  // Philox mixes: neighbouring addresses need not look random
}

std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                    const std::array<std::uint64_t, 2>& key) {
  const auto made = r123::Philox4x64()({{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
  return {made[0], made[1], made[2], made[3]};
}

std::array<std::uint64_t, 12> dozen(std::uint64_t n, std::uint64_t seed, std::uint64_t history, std::uint64_t address) {
  std::array<std::uint64_t, 12> numbers;
  for (std::size_t block = 0; block < 3; ++block) {
    const auto four = philox({3 * n + block, history, address, 0}, {seed, 0});
    for (std::size_t i = 0; i < 4; ++i) numbers[4 * block + i] = four[i];
  }
  return numbers;
}

std::uint64_t Stream::next_and_refill(std::uint64_t seed, std::uint64_t history, std::uint64_t address) {
  const bool first = drawn_ == kNone;
  const std::uint64_t last = block_[3], block = first ? 0 : drawn_ / 4 + 1;
  block_ = philox({block, history, address, 0}, {seed, 0});
  drawn_ = first ? 1 : drawn_ + 1;
  return first ? block_[0] : last;
}

}  // namespace nines::sim
