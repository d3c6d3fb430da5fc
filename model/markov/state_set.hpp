// The states found so far, packed into words, each with its number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/process/wiring.hpp"

namespace nines::markov {

// Packs the slots of a process, each into the bits its largest value needs.
class Packing {
 public:
  explicit Packing(const process::Wiring& wiring);

  [[nodiscard]] std::size_t words() const { return words_; }
  void pack(std::span<const process::Slot> slots, std::uint64_t* key) const;
  void unpack(const std::uint64_t* key, std::span<process::Slot> slots) const;

 private:
  struct Field {
    std::uint32_t word;
    std::uint8_t shift;
    std::uint64_t mask;
  };
  std::vector<Field> fields_;
  std::size_t words_ = 1;
};

// A set of packed states in order of insertion: open addressing, the keys in one array.
class StateSet {
 public:
  explicit StateSet(std::size_t words);

  // The number of the state and whether it is new.
  struct Found {
    std::uint32_t index = 0;
    bool fresh = false;
  };
  Found insert(const std::uint64_t* key);
  [[nodiscard]] const std::uint64_t* key(std::uint32_t index) const { return keys_.data() + index * words_; }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  [[nodiscard]] std::size_t place_of(const std::uint64_t* key) const;
  void grow();

  std::size_t words_;
  std::size_t size_ = 0;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> table_;  // index + 1, 0 is empty; a power of two
};

}  // namespace nines::markov
