#include "model/markov/trajectory/paths.hpp"

#include <Eigen/Core>

namespace nines::markov {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Matrix>;

constexpr double kFirstTimes = 2e-6;  // share of a stay whose beginning is not told apart where only its length matters

// Rates of the moves of one cluster with a change of what is shared.
Matrix moves(const ClusterStates& cluster, StateIndex from, StateIndex to) {
  const Chain& chain = cluster.part->space->chain;
  const auto& states = cluster.given[from].states;
  Matrix result = Matrix::Zero(static_cast<Eigen::Index>(states.size()),
                               static_cast<Eigen::Index>(cluster.given[to].states.size()));
  for (std::size_t i = 0; i < states.size(); ++i)
    for (auto t = chain.row_begin[states[i]]; t < chain.row_begin[states[i] + 1]; ++t)
      if (const StateIndex s = chain.target[t]; cluster.shared_of(s) == to && cluster.place[s] != kNoPart)
        result(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(cluster.place[s])) += chain.rate[t];
  return result;
}

}  // namespace

Paths PathMaker::from_one_change(StateIndex z) const {
  Paths paths;
  paths.rows.resize(q_.clusters.size());
  const auto& before = q_.shared.before[z];
  if (before.empty()) return in_the_long_run(z);
  for (std::size_t k = 0; k < before.size(); ++k) paths.weight.push_back(flow(before[k], z) / q_.shared.out[z]);
  for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) paths.rows[c] = q_.clusters[c].given[z].start;
  return paths;
}

// What is shared never changes.
Paths PathMaker::in_the_long_run(StateIndex z) const {
  Paths paths{{1.0}, {}};
  for (const auto& cluster : q_.clusters) {
    std::vector<double> row;
    double sum = 0;
    for (const StateIndex s : cluster.given[z].states) sum += cluster.probability[s];
    for (const StateIndex s : cluster.given[z].states) row.push_back(cluster.probability[s] / sum);
    paths.rows.push_back(std::move(row));
  }
  return paths;
}

double PathMaker::rate(StateIndex from, StateIndex to) const {
  for (const auto& move : q_.shared.moves[from])
    if (move.to == to) return move.rate;
  return 0;
}

double PathMaker::flow(StateIndex from, StateIndex to) const {
  return q_.shared.probability[from] * rate(from, to);
}

Paths PathMaker::from_two_changes(StateIndex z, double small) const {
  const auto& before = q_.shared.before[z];
  if (before.empty()) return in_the_long_run(z);
  Paths paths;
  paths.rows.resize(q_.clusters.size());
  for (std::size_t k = 0; k < before.size(); ++k) {
    const StateIndex via = before[k];
    const double weight = flow(via, z) / q_.shared.out[z];
    if (weight <= small) {
      paths.weight.push_back(weight);
      for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) {
        const auto& given = q_.clusters[c].given[z];
        const auto row = given.start.begin() + static_cast<std::ptrdiff_t>(k * given.states.size());
        paths.rows[c].insert(paths.rows[c].end(), row, row + static_cast<std::ptrdiff_t>(given.states.size()));
      }
      continue;
    }
    add_stays(via, z, paths);
  }
  return paths;
}

// Every time that the stay in `via` may have taken, from wherever it was entered.
void PathMaker::add_stays(StateIndex via, StateIndex z, Paths& paths) const {
  const Here& there = here_[via];
  const auto& first = q_.shared.before[via];
  std::vector<double> stay = there.weights;
  std::size_t begin = 0;
  for (; begin + 1 < stay.size() && stay[begin] + stay[begin + 1] < kFirstTimes; ++begin)
    stay[begin + 1] += stay[begin];
  const double goes_on = rate(via, z) / q_.shared.out[via] / q_.shared.out[z];
  for (std::size_t i = begin; i < stay.size(); ++i)
    for (const StateIndex from : first) paths.weight.push_back(flow(from, via) * stay[i] * goes_on);
  for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) {
    const ClusterStates& cluster = q_.clusters[c];
    const std::size_t n = cluster.given[via].states.size(), to = cluster.given[z].states.size();
    const Matrix moved = moves(cluster, via, z);
    const auto rows = static_cast<Eigen::Index>((stay.size() - begin) * first.size());
    const View at_end(there.transients[c].behind.data() + begin * first.size() * n, rows, static_cast<Eigen::Index>(n));
    Matrix starts = at_end * moved;
    for (Eigen::Index r = 0; r < rows; ++r)
      if (const double sum = starts.row(r).sum(); sum > 0) starts.row(r) /= sum;
    paths.rows[c].insert(paths.rows[c].end(), starts.data(), starts.data() + static_cast<std::size_t>(rows) * to);
  }
}

}  // namespace nines::markov
