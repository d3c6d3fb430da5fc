#include "model/markov/space/state_set.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "model/markov/space/large_pages.hpp"

namespace nines::markov {

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

// The place of a state comes from the lower bits of its hash, which the table does not keep.
void StateSet::grow() {
  std::vector<std::uint64_t> larger;
  larger.reserve(table_.size() * 2);
  wish_for_large_pages(larger);
  larger.resize(table_.size() * 2, 0);
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
