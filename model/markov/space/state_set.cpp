#include "model/markov/space/state_set.hpp"

#include <algorithm>
#include <bit>
#include <utility>

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

constexpr std::uint64_t kHashPart = 0xffffffff00000000ULL;

}  // namespace

Packing::Packing(std::span<const process::Slot> limits) {
  std::uint32_t word = 0, used = 0;
  for (const process::Slot limit : limits) {
    const auto bits = std::max(1u, static_cast<std::uint32_t>(std::bit_width(limit)));
    if (used + bits > 64) {
      end_.push_back(fields_.size());
      ++word;
      used = 0;
    }
    fields_.push_back(Field{word, static_cast<std::uint8_t>(used), (std::uint64_t{1} << bits) - 1});
    used += bits;
  }
  end_.push_back(fields_.size());
  words_ = word + 1;
}

void Packing::pack(std::span<const process::Slot> slots, std::uint64_t* key) const {
  std::size_t i = 0;
  for (std::uint32_t word = 0; word < words_; ++word) {
    std::uint64_t packed = 0;
    for (const std::size_t end = end_[word]; i < end; ++i) packed |= std::uint64_t{slots[i]} << fields_[i].shift;
    key[word] = packed;
  }
}

void Packing::unpack(const std::uint64_t* key, std::span<process::Slot> slots) const {
  for (std::size_t i = 0; i < fields_.size(); ++i)
    slots[i] = static_cast<process::Slot>((key[fields_[i].word] >> fields_[i].shift) & fields_[i].mask);
}

StateSet::StateSet(std::size_t words) : words_(words), table_(64, 0) {}

std::uint64_t StateSet::hash(const std::uint64_t* key) const {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < words_; ++i) h = mix(h ^ key[i]);
  return h;
}

void StateSet::prefetch(std::uint64_t hash) const {
  __builtin_prefetch(&table_[hash & (table_.size() - 1)]);
}

bool StateSet::same(std::uint32_t index, const std::uint64_t* key) const {
  const std::uint64_t* stored = keys_.data() + index * words_;
  for (std::size_t i = 0; i < words_; ++i)
    if (stored[i] != key[i]) return false;
  return true;
}

StateSet::Found StateSet::insert(const std::uint64_t* key, std::uint64_t hash) {
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

// The place of a state comes from the lower bits of its hash, which the table does not keep.
void StateSet::grow() {
  std::vector<std::uint64_t> larger(table_.size() * 2, 0);
  const std::size_t mask = larger.size() - 1;
  for (std::size_t i = 0; i < size_; ++i) {
    const std::uint64_t hash = this->hash(key(static_cast<std::uint32_t>(i)));
    std::size_t place = hash & mask;
    while (larger[place] != 0) place = (place + 1) & mask;
    larger[place] = (hash & kHashPart) | (i + 1);
  }
  table_ = std::move(larger);
}

}  // namespace nines::markov
