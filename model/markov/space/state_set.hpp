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
  explicit Packing(std::span<const process::Slot> limits);

  [[nodiscard]] std::size_t words() const { return words_; }
  void pack(std::span<const process::Slot> slots, std::uint64_t* key) const;
  void unpack(const std::uint64_t* key, std::span<process::Slot> slots) const;
  // Sets the bits of a key that hold this slot.
  void mark(std::size_t slot, std::uint64_t* key) const {
    key[fields_[slot].word] |= fields_[slot].mask << fields_[slot].shift;
  }

 private:
  struct Field {
    std::uint32_t word;
    std::uint8_t shift;
    std::uint64_t mask;
  };
  std::vector<Field> fields_;
  std::vector<std::size_t> end_;  // by word: where its fields end
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
  Found insert(const std::uint64_t* key, std::uint64_t hash) {
    if (3 * (size_ + 1) > 2 * table_.size()) grow();
    const std::size_t mask = table_.size() - 1;
    std::size_t place = hash & mask;
    for (; table_[place] != 0; place = (place + 1) & mask) {
      if (((table_[place] ^ hash) & kHashPart) != 0) continue;
      const auto index = static_cast<std::uint32_t>(table_[place]) - 1;
      if (same(index, key)) return {index, false};
    }
    keys_.insert(keys_.end(), key, key + words_);
    table_[place] = (hash & kHashPart) | ++size_;
    return {static_cast<std::uint32_t>(size_ - 1), true};
  }
  [[nodiscard]] std::uint64_t hash(const std::uint64_t* key) const {
    std::uint64_t h = 0;
    for (std::size_t i = 0; i < words_; ++i) h = mix(h ^ key[i]);
    return h;
  }
  // Asks for the memory that insert() will look at. In a large set every look misses all caches: asked for together,
  // the looks of a whole row of successors wait once.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&table_[hash & (table_.size() - 1)]); }
  [[nodiscard]] const std::uint64_t* key(std::uint32_t index) const { return keys_.data() + index * words_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // Most bytes that a state takes while the table grows.
  [[nodiscard]] static std::size_t bytes_per_state(std::size_t words) { return 8 * words + 36; }

 private:
  // Finalizer of MurmurHash3 (64 bits): every bit of the key reaches every bit of the result.
  static std::uint64_t mix(std::uint64_t x) {
    x ^= x >> 33;
    x *= 0xff51afd7ed558ccdULL;
    x ^= x >> 33;
    x *= 0xc4ceb9fe1a85ec53ULL;
    return x ^ (x >> 33);
  }
  static constexpr std::uint64_t kHashPart = 0xffffffff00000000ULL;

  [[nodiscard]] bool same(std::uint32_t index, const std::uint64_t* key) const {
    const std::uint64_t* stored = keys_.data() + index * words_;
    for (std::size_t i = 0; i < words_; ++i)
      if (stored[i] != key[i]) return false;
    return true;
  }
  void grow();

  std::size_t words_;
  std::size_t size_ = 0;
  std::vector<std::uint64_t> keys_;
  // Upper half of the hash, then index + 1; 0 is empty. A power of two. The hash spares a look at keys that
  // differ.
  std::vector<std::uint64_t> table_;
};

}  // namespace nines::markov
