// Random numbers by address: the n-th number of a stream is a function of (seed, history, address, n) alone, so neither
// threads nor the order of events change what happens to whom.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace nines::sim {

// Where in a model a stream belongs, and what for: `db`, node 1, `failure`, `crash`. By name, so that the same thing in
// two designs has the same numbers. The same on every machine.
[[nodiscard]] std::uint64_t address_of(std::string_view component, std::uint32_t node, std::string_view purpose,
                                       std::string_view mode);

// Philox4x64-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// doi:10.1145/2063384.2063405).
[[nodiscard]] std::array<std::uint64_t, 4> philox(const std::array<std::uint64_t, 4>& counter,
                                                  const std::array<std::uint64_t, 2>& key);

// Numbers 12 n to 12 n + 11 of a stream, at once and without keeping anything of it.
[[nodiscard]] std::array<std::uint64_t, 12> dozen(std::uint64_t n, std::uint64_t seed, std::uint64_t history,
                                                  std::uint64_t address);

// The blocks of Philox for counter (block, history, address, 0), key (seed, 0): four numbers each, in order.
class Stream {
 public:
  Stream() = default;

  void begin() { drawn_ = kNone; }
  // 64 random bits. The caller keeps what the address is made of: it is the same for many numbers.
  [[nodiscard]] std::uint64_t next(std::uint64_t seed, std::uint64_t history, std::uint64_t address) {
    if ((drawn_ & 3) == 3) [[unlikely]]
      return next_and_refill(seed, history, address);
    return block_[drawn_++ & 3];
  }

 private:
  // Nothing drawn yet, and no block. Its last two bits are set, as they are when one number of a block is left: one
  // test on the fast path tells both.
  static constexpr std::uint64_t kNone = ~std::uint64_t{0};

  // The last number of a block makes the next block at once: nobody waits for that block yet, so that the processor
  // works on it beside whatever follows.
  [[nodiscard]] std::uint64_t next_and_refill(std::uint64_t seed, std::uint64_t history, std::uint64_t address);

  std::array<std::uint64_t, 4> block_{};
  std::uint64_t drawn_ = kNone;
};

// A stream with its address: what the laws draw from.
struct Numbers {
  Stream& stream;
  std::uint64_t seed, history, address;

  [[nodiscard]] std::uint64_t bits() { return stream.next(seed, history, address); }
  // Uniform in (0, 1): never 0, never 1.
  [[nodiscard]] double uniform() { return uniform_of(bits()); }

  // The middle of one of 2^52 equal cells, from the upper 52 bits; exact. The lower 12 bits are free for other use.
  [[nodiscard]] static double uniform_of(std::uint64_t bits) {
    constexpr std::uint64_t kOne = 0x3FF0000000000000;  // bits of 1.0
    return std::bit_cast<double>(kOne | bits >> 12) - (1 - 0x1p-53);
  }
};

}  // namespace nines::sim
