// A coarse level for the sweeps. A dependability chain rests in few states (which node serves), makes short excursions
// and comes back to where it was; sweeps alone move probability between such homes slowly.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "model/markov/chain/gth.hpp"
#include "model/markov/chain/sweeps.hpp"

namespace nines::markov {

// Each state belongs to the home that following the fastest rate leads to. Masses of homes are corrected exactly from
// the coarse chain between them: iterative aggregation and disaggregation (Koury, McAllister, Stewart, SIAM J. Alg.
// Disc. Meth. 5(2), 1984, doi:10.1137/0605019).
class Aggregation {
 public:
  explicit Aggregation(const Sweeps& sweeps);

  [[nodiscard]] std::size_t homes() const { return homes_; }
  // y by position: the masses of homes set right, the shares within each kept.
  void rescale(std::vector<double>& y) const;

  // The chain between homes that an iterate gives, ready to correct upper functions again and again.
  class Coarse {
   public:
    // Adds to T and F of a whole home what the residuals, weighed by y, say is missing.
    void correct(Sweeps::Rough& rough, std::span<const double> f) const;

   private:
    friend class Aggregation;
    const Aggregation* aggregation = nullptr;
    std::span<const double> y;
    std::vector<double> mass;
    std::optional<Gth> gth;  // nothing: of no use here
  };
  // y by position, which must stay as it is.
  [[nodiscard]] Coarse coarse(const std::vector<double>& y) const;

 private:
  [[nodiscard]] bool useful() const { return homes_ > 2 && homes_ <= kMostHomes; }
  [[nodiscard]] Chain chain_between(std::span<const double> y, std::vector<double>& mass) const;

  static constexpr std::size_t kMostHomes = 600;
  const Sweeps& sweeps_;
  std::vector<std::uint32_t> home_;  // by position; home 0 is the start alone
  std::size_t homes_ = 0;
  struct Crossing {
    StateIndex from;
    std::uint32_t to_home;
    double rate;
  };
  std::vector<Crossing> crossings_;  // the few rates that lead from home to home
};

}  // namespace nines::markov
