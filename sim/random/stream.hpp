// Random numbers by address: the n-th number of a stream is a function of (seed, history, address, n) alone, so neither
// threads nor the order of events change what happens to whom.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace nines::sim {

// Where in a model a stream belongs, and what for: `db`, node 1, `failure`, `crash`. By name, so that the same thing in
// two designs has the same numbers.
[[nodiscard]] std::uint64_t address_of(std::string_view component, std::uint32_t node, std::string_view purpose,
                                       std::string_view mode);

// Philox4x64-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
// doi:10.1145/2063384.2063405): counter (block, history, address, 0), key (seed, 0); four numbers a block.
class Stream {
 public:
  Stream() = default;

  void begin() { drawn_ = 0; }
  // 64 random bits. The caller keeps what the address is made of: it is the same for many numbers.
  [[nodiscard]] std::uint64_t next(std::uint64_t seed, std::uint64_t history, std::uint64_t address);

 private:
  void refill(std::uint64_t seed, std::uint64_t history, std::uint64_t address);

  std::array<std::uint64_t, 4> block_{};
  std::uint64_t drawn_ = 0;
};

// A stream with its address: what the laws draw from.
struct Numbers {
  Stream& stream;
  std::uint64_t seed, history, address;

  [[nodiscard]] std::uint64_t bits() { return stream.next(seed, history, address); }
  // Uniform in (0, 1): never 0, never 1.
  [[nodiscard]] double uniform();
};

}  // namespace nines::sim
