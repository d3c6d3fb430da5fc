// States between two steps, each once.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace nines::structure {

// State: can be copied bit by bit, has == and hash().
template <class State>
class StateLayer {
 public:
  void clear() {
    states_.clear();
    table_.assign(kFewest, {});
  }
  [[nodiscard]] std::size_t size() const { return states_.size(); }
  [[nodiscard]] std::size_t bytes() const {
    return states_.capacity() * sizeof(State) + table_.capacity() * sizeof(Place);
  }
  [[nodiscard]] const State& operator[](std::size_t number) const { return states_[number]; }

  // Appends the number of each, which is the next one when it is new. Many at a time, because what has to be waited for
  // is memory: the places are asked for first, then what stands there, then it is compared.
  void find(std::span<const State> wanted, std::vector<std::uint32_t>& numbers) {
    while (2 * (size() + wanted.size()) > table_.size()) grow();
    const std::size_t mask = table_.size() - 1;
    hashes_.resize(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      hashes_[i] = static_cast<std::uint32_t>(wanted[i].hash() >> 16U);
      __builtin_prefetch(&table_[hashes_[i] & mask]);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Place& place = table_[hashes_[i] & mask];
      if (place.number != kNone) __builtin_prefetch(&states_[place.number]);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      std::size_t at = hashes_[i] & mask;
      while (table_[at].number != kNone &&
             (table_[at].hash != hashes_[i] || !(states_[table_[at].number] == wanted[i])))
        at = (at + 1) & mask;
      if (table_[at].number == kNone) {
        table_[at] = {hashes_[i], static_cast<std::uint32_t>(size())};
        states_.push_back(wanted[i]);
      }
      numbers.push_back(table_[at].number);
    }
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::size_t kFewest = 1024;
  struct Place {
    std::uint32_t hash = 0, number = kNone;
  };

  void grow() {
    const std::vector<Place> old = std::move(table_);
    table_.assign(2 * old.size(), {});
    for (const Place& place : old) {
      if (place.number == kNone) continue;
      std::size_t at = place.hash & (table_.size() - 1);
      while (table_[at].number != kNone) at = (at + 1) & (table_.size() - 1);
      table_[at] = place;
    }
  }

  std::vector<State> states_;
  std::vector<Place> table_;  // a power of two
  std::vector<std::uint32_t> hashes_;
};

}  // namespace nines::structure
