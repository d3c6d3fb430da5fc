// Modules of `system` that are independent once it is given what the shared infrastructure went through: what each is,
// as numbers by state of the cluster of groups it stands on.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "model/markov/modules/module_measures.hpp"
#include "model/markov/trajectory/cluster_states.hpp"
#include "model/markov/trajectory/gates.hpp"
#include "model/markov/trajectory/layout.hpp"
#include "model/markov/trajectory/together.hpp"

namespace nines::markov {

// What all modules of a kind have in common with the first of them, which is looked at.
class Kind {
 public:
  // `clusters`: those it stands on, by number of `all`; that of what is shared, which comes first in `all`, when there
  // are none. `entries`: infrastructure that is the module's own, as in measure().
  Kind(const Model& model, const Parts& parts, const structure::Module& module, const SharedStates& shared,
       const std::vector<ClusterStates>& all, std::vector<std::uint32_t> clusters, std::vector<ComponentId> entries,
       bool planned);

  [[nodiscard]] const std::vector<std::uint32_t>& clusters() const { return clusters_; }
  [[nodiscard]] ModuleView& view() { return *view_; }
  [[nodiscard]] bool exhausted() const;

  // By state that is looked at given this state of what is shared, by column of the layout, row by row.
  [[nodiscard]] std::vector<double> columns(StateIndex shared, const Layout& layout);
  // The exact means of the columns, from the long run of the cluster.
  [[nodiscard]] std::vector<double> means(StateIndex shared, const Layout& layout);
  // A component's own long run: exact, unless it stands on several clusters; then there is none here.
  struct Alone {
    double down = 0, down_passages_per_h = 0;
  };
  [[nodiscard]] std::optional<Alone> alone(ComponentId named);
  // What a value of the cluster, given what is shared, contributes.
  [[nodiscard]] ModuleMeasures measures(StateIndex shared, std::uint32_t value);

  // Of one that stands on several clusters: instead of columns, means and measures.
  [[nodiscard]] bool is_joint() const { return clusters_.size() > 1; }
  [[nodiscard]] Together& together(StateIndex shared, const Layout& layout);
  [[nodiscard]] const std::vector<ComponentId>& not_alone() const { return not_alone_; }  // whose alone() is nothing
  // Out of sums of what Together::weigh_shares() gives.
  [[nodiscard]] ModuleMeasures measures_from(const std::vector<double>& shares) const;

 private:
  // What a module is, as it is seen: of the independent units beside the cluster alone.
  struct Functions {
    structure::Ref whole = 0, mended = 0, unplanned = 0;
    std::vector<structure::Ref> entries;
  };
  [[nodiscard]] structure::Ref given(structure::Ref f, StateIndex shared, std::uint32_t value);
  void find_clusters(const Parts& parts);
  void ask_together();
  // The clusters that f depends on, by number in clusters().
  [[nodiscard]] std::vector<std::uint32_t> clusters_in(structure::Ref f) const;
  const Functions& functions(StateIndex shared, std::uint32_t value, const Layout& layout);
  [[nodiscard]] std::vector<double> row(StateIndex shared, std::uint32_t value, const Layout& layout);
  [[nodiscard]] Twice twice(structure::Ref before, structure::Ref after);
  [[nodiscard]] const ClusterStates& cluster() const { return all_[clusters_[at_cluster_]]; }
  [[nodiscard]] std::uint32_t shared_value(StateIndex shared) const { return all_[0].part->value_of[shared]; }

  const Model& model_;
  const structure::Module& module_;
  const SharedStates& shared_;
  const std::vector<ClusterStates>& all_;
  std::vector<std::uint32_t> clusters_;
  bool planned_;
  std::unique_ptr<ModuleView> view_;
  std::vector<structure::Variable> variables_;  // by level; of what is shared and of clusters without probabilities
  std::unique_ptr<structure::Weights> weights_;
  std::uint32_t shared_level_ = 0, cluster_level_ = UINT32_MAX;  // the latter of the cluster at hand, if any
  std::size_t at_cluster_ = 0;
  std::vector<ComponentId> entries_, not_alone_;
  std::unique_ptr<TogetherFunctions> functions_together_;
  std::vector<std::unique_ptr<Together>> together_;  // by state of what is shared
  // Which of the shares is what: of which name or entry, as which number.
  struct Share {
    enum class What { birnbaum, critical, cause, entry } what;
    std::size_t number;
    Cause cause;
  };
  std::vector<Share> shares_;
  structure::Ref whole_ = 0, mended_ = 0, unplanned_ = 0;
  std::map<ComponentId, structure::Ref> if_up_;  // by entry
  std::map<std::pair<StateIndex, std::uint32_t>, Functions> functions_;
  std::map<std::pair<structure::Ref, structure::Ref>, Twice> twice_;
};

}  // namespace nines::markov
