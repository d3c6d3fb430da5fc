#include "model/markov/parts/product.hpp"

namespace nines::markov {

std::optional<std::uint64_t> product_size(const Parts& parts, std::span<const std::uint32_t> which,
                                          std::uint64_t limit) {
  std::uint64_t size = 1;
  for (const std::uint32_t part : which) {
    const auto& space = parts.list[part].space;
    if (!space || space->chain.size() > limit / size) return std::nullopt;
    size *= space->chain.size();
  }
  return size;
}

Product make_product(const Parts& parts, std::span<const std::uint32_t> which) {
  std::uint64_t size = 1;
  std::vector<std::uint64_t> stride;  // of each part in the number of a combined state
  std::uint64_t start = 0;
  for (const std::uint32_t part : which) {
    const Chain& chain = parts.list[part].space->chain;
    stride.push_back(size);
    start += size * chain.start;
    size *= chain.size();
  }
  Product product;
  product.chain.start = static_cast<StateIndex>(start);
  product.chain.row_begin.push_back(0);
  std::vector<StateIndex> at(which.size(), 0);
  for (std::uint64_t s = 0; s < size; ++s) {
    for (std::size_t i = 0; i < which.size(); ++i) {
      const Chain& chain = parts.list[which[i]].space->chain;
      for (auto t = chain.row_begin[at[i]]; t < chain.row_begin[at[i] + 1]; ++t) {
        product.chain.target.push_back(static_cast<StateIndex>(s + stride[i] * chain.target[t] - stride[i] * at[i]));
        product.chain.rate.push_back(chain.rate[t]);
      }
    }
    product.chain.row_begin.push_back(product.chain.target.size());
    product.states.push_back(at);
    for (std::size_t i = 0; i < which.size(); ++i) {
      if (++at[i] < parts.list[which[i]].space->chain.size()) break;
      at[i] = 0;
    }
  }
  return product;
}

}  // namespace nines::markov
