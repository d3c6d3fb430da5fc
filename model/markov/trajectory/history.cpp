#include "model/markov/trajectory/history.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Core>

#include "model/markov/trajectory/paths.hpp"

namespace nines::markov {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const Matrix>;
using structure::Side;

constexpr double kSmallPaths = 1e-6;  // of the unavailability: paths that can add no more are looked at from one change
constexpr std::size_t kRowsAtOnce = 32;

class History {
 public:
  explicit History(const Question& q) : q_(q), numbers_(q.kinds.size()), joint_(q.kinds.size()) {
    sides_.resize(q.kinds.size());
    twice_.resize(q.kinds.size());
    birnbaum_.resize(q.gates.leaves().size());
    out_.entries.assign(q.entries.size(), 0.0);
    out_.decides.resize(q.gates.leaves().size());
    out_.shares.resize(q.gates.leaves().size());
    for (const Kind& kind : q.kinds) out_.alone.emplace_back(2 * kind.not_alone().size(), 0.0);
    for (std::size_t l = 0; l < out_.decides.size(); ++l) {
      const Kind& kind = q.kinds[q.gates.leaves()[l].kind];
      if (kind.is_joint()) continue;
      for (const auto& given : q.clusters[kind.clusters()[0]].given)
        out_.decides[l].emplace_back(given.values.size(), 0.0);
    }
  }

  Outcome run() {
    for (StateIndex z = 0; z < q_.shared.size(); ++z) here_.push_back(look(z));
    for (StateIndex z = 0; z < q_.shared.size(); ++z) {
      const Paths paths = paths_.from_two_changes(z, 0);
      correct(z, paths);
    }
    for (StateIndex z = 0; z < q_.shared.size(); ++z) add_down(z, paths_.from_one_change(z));
    const double small = kSmallPaths * out_.down_of_one_epoch / static_cast<double>(q_.shared.size());
    for (StateIndex z = 0; z < q_.shared.size(); ++z) add(z, paths_.from_two_changes(z, small));
    // Putting the columns right one by one leaves their sum a trace off 1.
    const double total = out_.up + out_.down();
    for (double* part : {&out_.up, &out_.mendable, &out_.several}) *part /= total;
    return std::move(out_);
  }

 private:
  Here look(StateIndex z) {
    Here here;
    here.layout.moves = q_.shared.moves[z].size();
    for (std::size_t e = 0; e < q_.entries.size(); ++e)
      if (!q_.entry_is_up[z][e]) here.layout.entries.push_back(q_.entries[e]);
    double fastest = 0;
    for (const auto& cluster : q_.clusters) fastest = std::max(fastest, fastest_of(cluster, z));
    here.times = times_for(q_.shared.out[z], fastest);
    std::size_t settled = 0;
    for (const Kind& kind : q_.kinds) here.offset.emplace_back(kind.clusters().size(), 0);
    for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) {
      const auto& given = q_.clusters[c].given[z];
      std::vector<std::pair<std::size_t, std::vector<double>>> of_kinds;  // with their widths
      std::size_t width = 0;
      for (std::size_t k = 0; k < q_.kinds.size(); ++k) {
        Kind& kind = q_.kinds[k];
        for (std::size_t i = 0; i < kind.clusters().size(); ++i) {
          if (kind.clusters()[i] != c) continue;
          here.offset[k][i] = width;
          if (kind.is_joint()) {
            const Together& together = kind.together(z, here.layout);
            of_kinds.emplace_back(together.width(i), together.columns(i));
          } else {
            of_kinds.emplace_back(here.layout.width(), kind.columns(z, here.layout));
          }
          width += of_kinds.back().first;
        }
      }
      const std::size_t n = given.states.size(), all = width + given.values.size();
      std::vector<double> columns(n * all, 0.0);
      for (std::size_t i = 0; i < n; ++i) {
        double* row = &columns[i * all];
        for (const auto& [of_it, its] : of_kinds)
          row = std::copy_n(its.begin() + static_cast<std::ptrdiff_t>(i * of_it), of_it, row);
        const std::uint32_t value = q_.clusters[c].part->value_of[given.states[i]];
        row[std::lower_bound(given.values.begin(), given.values.end(), value) - given.values.begin()] = 1;
      }
      here.width.push_back(all);
      here.transients.push_back(markov::transients(q_.clusters[c], z, here.times, columns, all, given.start));
      settled = std::max(settled, here.transients.back().settled);
    }
    here.weights = here.times.weights(q_.shared.out[z]);
    for (std::size_t i = here.weights.size(); i-- > settled + 1;) {
      here.weights[i - 1] += here.weights[i];
      here.weights.pop_back();
    }
    return here;
  }

  // The mean of each column over all paths is known exactly: what the times miss of it is put right.
  void correct(StateIndex z, const Paths& paths) {
    Here& here = here_[z];
    for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) {
      const ClusterStates& cluster = q_.clusters[c];
      const auto n = static_cast<Eigen::Index>(cluster.given[z].states.size());
      const auto width = static_cast<Eigen::Index>(here.width[c]);
      const View rows(paths.rows[c].data(), static_cast<Eigen::Index>(paths.weight.size()), n);
      const Eigen::Map<const Eigen::RowVectorXd> weight(paths.weight.data(), rows.rows());
      const Eigen::RowVectorXd start = weight * rows;
      Eigen::RowVectorXd seen = Eigen::RowVectorXd::Zero(width);
      for (std::size_t i = 0; i < here.weights.size(); ++i)
        seen += here.weights[i] * (start * View(ahead(here, c, i), n, width));
      std::vector<double> exact;
      for (std::size_t k = 0; k < q_.kinds.size(); ++k) {
        Kind& kind = q_.kinds[k];
        for (std::size_t i = 0; i < kind.clusters().size(); ++i) {
          if (kind.clusters()[i] != c) continue;
          const auto means = kind.is_joint() ? std::vector<double>(kind.together(z, here.layout).width(i), 0.0)
                                             : kind.means(z, here.layout);
          exact.insert(exact.end(), means.begin(), means.end());
        }
      }
      double all = 0;
      for (std::uint32_t i = 0; i < cluster.seen.size(); ++i)
        if (cluster.seen[i].shared == z) {
          exact.push_back(cluster.in_all.probability[i]);
          all += cluster.in_all.probability[i];
        }
      for (auto k = exact.size() - cluster.given[z].values.size(); k < exact.size(); ++k) exact[k] /= all;
      const double total = weight.sum();
      Eigen::RowVectorXd ratio = Eigen::RowVectorXd::Ones(width);
      for (Eigen::Index k = 0; k < width; ++k)
        if (seen[k] > 0 && exact[static_cast<std::size_t>(k)] > 0)
          ratio[k] = exact[static_cast<std::size_t>(k)] * total / seen[k];
      auto& all_ahead = here.transients[c].ahead;
      Eigen::Map<Matrix> columns(all_ahead.data(), static_cast<Eigen::Index>(all_ahead.size()) / width, width);
      columns.array().rowwise() *= ratio.array();
    }
  }

  static const double* ahead(const Here& here, std::size_t cluster, std::size_t time) {
    const Transients& t = here.transients[cluster];
    return t.ahead.data() + time * (t.ahead.size() / here.times.count);
  }

  // Visits every path at every time: `visit(weight, columns by cluster)`.
  template <class Visit>
  void visit(StateIndex z, const Paths& paths, Visit&& visit) {
    const Here& here = here_[z];
    std::vector<Matrix> columns(q_.clusters.size());
    std::vector<const double*> point(q_.clusters.size());
    for (std::size_t begin = 0; begin < paths.weight.size(); begin += kRowsAtOnce) {
      const std::size_t rows = std::min(kRowsAtOnce, paths.weight.size() - begin);
      for (std::size_t i = 0; i < here.weights.size(); ++i) {
        for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) {
          const auto n = static_cast<Eigen::Index>(q_.clusters[c].given[z].states.size());
          columns[c].noalias() =
              View(paths.rows[c].data() + begin * static_cast<std::size_t>(n), static_cast<Eigen::Index>(rows), n) *
              View(ahead(here, c, i), n, static_cast<Eigen::Index>(here.width[c]));
        }
        for (std::size_t r = 0; r < rows; ++r) {
          for (std::uint32_t c = 0; c < q_.clusters.size(); ++c) point[c] = columns[c].data() + r * here.width[c];
          visit(paths.weight[begin + r] * here.weights[i], point);
        }
      }
    }
  }

  [[nodiscard]] std::vector<const double*> values_of(const Kind& kind, StateIndex z,
                                                     const std::vector<const double*>& point) const {
    std::vector<const double*> values;
    for (const std::uint32_t c : kind.clusters())
      values.push_back(point[c] + here_[z].width[c] - q_.clusters[c].given[z].values.size());
    return values;
  }

  // The numbers of every kind at a point.
  void take(StateIndex z, const std::vector<const double*>& point) {
    const Here& here = here_[z];
    for (std::size_t k = 0; k < q_.kinds.size(); ++k) {
      Kind& kind = q_.kinds[k];
      numbers_[k] = point[kind.clusters()[0]] + here.offset[k][0];
      if (!kind.is_joint()) continue;
      std::vector<const double*> columns;
      for (std::size_t i = 0; i < kind.clusters().size(); ++i)
        columns.push_back(point[kind.clusters()[i]] + here.offset[k][i]);
      kind.together(z, here.layout).weigh(values_of(kind, z, point), columns, joint_[k]);
      numbers_[k] = joint_[k].data();
    }
  }

  Side weigh() {
    for (std::size_t k = 0; k < q_.kinds.size(); ++k)
      sides_[k] = {numbers_[k][Layout::kUp], numbers_[k][Layout::kMendable], numbers_[k][Layout::kSeveral]};
    return q_.gates.weigh(sides_, birnbaum_);
  }

  double up_then_down(std::size_t column) {
    for (std::size_t k = 0; k < q_.kinds.size(); ++k) {
      const double* of = numbers_[k] + column;
      twice_[k] = {of[0], of[1], of[2], of[3]};
    }
    return q_.gates.weigh_twice(twice_).up_down;
  }

  void add_down(StateIndex z, const Paths& paths) {
    const auto& leaves = q_.gates.leaves();
    std::vector<double> shares;
    visit(z, paths, [&](double weight, const std::vector<const double*>& point) {
      take(z, point);
      out_.down_of_one_epoch += weight * weigh().down();
      for (std::size_t l = 0; l < leaves.size(); ++l) {
        Kind& kind = q_.kinds[leaves[l].kind];
        if (!kind.is_joint()) continue;
        kind.together(z, here_[z].layout).weigh_shares(values_of(kind, z, point), shares);
        out_.shares[l].resize(shares.size(), 0.0);
        for (std::size_t i = 0; i < shares.size(); ++i) out_.shares[l][i] += weight * birnbaum_[l] * shares[i];
      }
    });
  }

  void add(StateIndex z, const Paths& paths) {
    const Layout& layout = here_[z].layout;
    const auto& leaves = q_.gates.leaves();
    std::vector<std::size_t> number;  // of the entries that are down here
    for (std::size_t e = 0; e < q_.entries.size(); ++e)
      if (!q_.entry_is_up[z][e]) number.push_back(e);
    visit(z, paths, [&](double weight, const std::vector<const double*>& point) {
      take(z, point);
      const Side whole = weigh();
      out_.up += weight * whole.up;
      out_.mendable += weight * whole.mendable;
      out_.several += weight * whole.several;
      double passages = 0;
      for (std::size_t l = 0; l < leaves.size(); ++l) {
        const Kind& kind = q_.kinds[leaves[l].kind];
        passages += birnbaum_[l] * leaves[l].modules * numbers_[leaves[l].kind][Layout::kPassages];
        if (kind.is_joint()) continue;
        auto& decides = out_.decides[l][z];
        const double* values = point[kind.clusters()[0]] + here_[z].width[kind.clusters()[0]] - decides.size();
        for (std::size_t v = 0; v < decides.size(); ++v) decides[v] += weight * birnbaum_[l] * values[v];
      }
      for (std::size_t k = 0; k < q_.kinds.size(); ++k)
        for (std::size_t i = 0; i < out_.alone[k].size(); ++i)
          out_.alone[k][i] += weight * numbers_[k][layout.width() + i];
      for (std::size_t m = 0; m < layout.moves; ++m)
        passages += q_.shared.moves[z][m].rate * up_then_down(layout.of_move(m));
      out_.down_passages_per_h += weight * passages;
      for (std::size_t e = 0; e < number.size(); ++e)
        out_.entries[number[e]] += weight * up_then_down(layout.of_entry(e));
      if (q_.planned) out_.down_planned += weight * planned(whole);
    });
  }

  // As for modules that are independent: two sums of nearly equal terms (see fill_measures).
  double planned(const Side& whole) {
    for (std::size_t k = 0; k < q_.kinds.size(); ++k) {
      const double* of = numbers_[k];
      const double share = of[Layout::kPlanned];
      sides_[k] = {of[Layout::kUp] + share, 0, of[Layout::kMendable] + of[Layout::kSeveral] - share};
    }
    return std::max(0.0, whole.down() - q_.gates.weigh(sides_, birnbaum_).down());
  }

  const Question& q_;
  std::vector<const double*> numbers_;      // by kind, at the point at hand: as its layout says
  std::vector<std::vector<double>> joint_;  // by kind, of those that stand on several clusters
  std::vector<Here> here_;                  // by state of what is shared
  PathMaker paths_{q_, here_};
  std::vector<Side> sides_;       // by kind
  std::vector<Twice> twice_;      // by kind
  std::vector<double> birnbaum_;  // by leaf
  Outcome out_;
};

}  // namespace

Outcome outcome(const Question& question) {
  return History(question).run();
}

double work_of(const Question& question) {
  const double times = 30;
  double work = 0;
  for (StateIndex z = 0; z < question.shared.size(); ++z) {
    double paths = 1;
    for (const StateIndex via : question.shared.before[z])
      paths += times * static_cast<double>(question.shared.before[via].size());
    const double looked_at = 5 + 4 * static_cast<double>(question.shared.moves[z].size());
    double states = 0;
    for (const auto& cluster : question.clusters) {
      const auto n = static_cast<double>(cluster.given[z].states.size());
      states += n;
      work += times * n * n * n;
    }
    work += paths * times * (states * looked_at + question.gates.work() * (1 + looked_at / 4));
  }
  return work;
}

}  // namespace nines::markov
