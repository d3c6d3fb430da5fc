#include "model/markov/state_set.hpp"

#include <algorithm>
#include <bit>

namespace nines::markov {
namespace {

// Finalizer of MurmurHash3 (64 bits): every bit of the key reaches every bit of the result.
std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33);
}

std::uint64_t hash(const std::uint64_t* key, std::size_t words) {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < words; ++i) h = mix(h ^ key[i]);
  return h;
}

}  // namespace

Packing::Packing(const process::Wiring& wiring) {
  std::uint32_t word = 0, used = 0;
  for (const process::Slot limit : wiring.slot_limit) {
    const auto bits = std::max(1u, static_cast<std::uint32_t>(std::bit_width(limit)));
    if (used + bits > 64) {
      ++word;
      used = 0;
    }
    fields_.push_back(Field{word, static_cast<std::uint8_t>(used), (std::uint64_t{1} << bits) - 1});
    used += bits;
  }
  words_ = word + 1;
}

void Packing::pack(std::span<const process::Slot> slots, std::uint64_t* key) const {
  std::fill(key, key + words_, 0);
  for (std::size_t i = 0; i < fields_.size(); ++i) key[fields_[i].word] |= std::uint64_t{slots[i]} << fields_[i].shift;
}

void Packing::unpack(const std::uint64_t* key, std::span<process::Slot> slots) const {
  for (std::size_t i = 0; i < fields_.size(); ++i)
    slots[i] = static_cast<process::Slot>((key[fields_[i].word] >> fields_[i].shift) & fields_[i].mask);
}

StateSet::StateSet(std::size_t words) : words_(words), table_(64, 0) {}

std::size_t StateSet::place_of(const std::uint64_t* key) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t place = hash(key, words_) & mask;
  while (table_[place] != 0 && !std::equal(key, key + words_, keys_.data() + (table_[place] - 1) * words_))
    place = (place + 1) & mask;
  return place;
}

StateSet::Found StateSet::insert(const std::uint64_t* key) {
  if (2 * (size_ + 1) > table_.size()) grow();
  const std::size_t place = place_of(key);
  if (table_[place] != 0) return {table_[place] - 1, false};
  keys_.insert(keys_.end(), key, key + words_);
  table_[place] = static_cast<std::uint32_t>(++size_);
  return {static_cast<std::uint32_t>(size_ - 1), true};
}

void StateSet::grow() {
  table_.assign(table_.size() * 2, 0);
  for (std::size_t i = 0; i < size_; ++i)
    table_[place_of(keys_.data() + i * words_)] = static_cast<std::uint32_t>(i + 1);
}

}  // namespace nines::markov
