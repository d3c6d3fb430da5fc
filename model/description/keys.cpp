#include "model/description/keys.hpp"

namespace nines {
namespace {

constexpr std::uint32_t kGroups = kComponentOwner | kInfrastructureOwner;
constexpr std::uint32_t kUnits = kGroups | kTypeOwner;
constexpr std::uint32_t kFailing = kUnits | kModeOwner;
constexpr std::uint32_t kSections = kModelOwner | kDesignOwner;
constexpr std::uint32_t kTimed = kByPrimaryStandby | kByCluster;
using V = ValueKind;

constexpr Key kKeys[] = {
    // The file
    {"nines", kModelOwner, V::version, 0, "", "", "Version of the file format. Required; it is 1.", false},
    {"name", kModelOwner, V::text, 0, "", "the file's name", "What the model is called in output.", false},
    {"design", kModelOwner, V::text, 0, "", "base", "What to call the model as it stands, beside its other designs.",
     false},
    {"target", kSections, V::mapping, 0, "", "none", "What the system has to reach; `nines check` compares.", false},
    {"parameters", kSections, V::entries, 0, "", "none", "Named values, used as `$name`, for `--set` and `--sweep`.",
     false},
    {"types", kSections, V::entries, 0, "", "none",
     "Reusable keys of one unit, used with `type: name`; a key beside it overrides the type's.", false},
    {"infrastructure", kSections, V::entries, 0, "", "none",
     "What others stand on: zones, racks, power, networks. An entry takes the keys of a component.", false},
    {"components", kSections, V::entries, 0, "", "", "The parts whose redundancy is modelled.", false},
    {"system", kSections, V::expression, 0, "", "every component is needed",
     "What has to be up: names joined by `and`, `or`, `k of (a, b, c)` and parentheses. A name stands for one thing "
     "however often it is mentioned.",
     false},
    {"designs", kModelOwner, V::entries, 0, "", "none",
     "Other designs of the same system: what they name replaces what stands in the model.", false},
    {"downtime_cost", kSections, V::rate, 0, "", "none", "What downtime costs, such as `5000 /h`.", false},
    {"assemblies", kSections, V::entries, 0, "", "none",
     "Names for expressions over components, such as `site: lb and app and db`: each node of a component with `of: "
     "site` "
     "is a new copy of all of it. Infrastructure is not copied.",
     false},
    {"crews", kSections, V::entries, 0, "", "none",
     "Who restores, how many at a time, and in which order: a size, as in `{dba: 1}`, or the keys of a crew.", false},
    {"spares", kSections, V::entries, 0, "", "none", "Parts on the shelf and how long another takes to come.", false},
    {"common_causes", kSections, V::entries, 0, "", "none", "Shocks that fail several units at once.", false},
    {"networks", kSections, V::entries, 0, "", "none",
     "Nodes and links of which some have to stay connected: names for `system` and `needs`.", false},
    {"chains", kSections, V::entries, 0, "", "none",
     "Markov chains drawn by hand or read from files: names for `system`, `needs` and `placement`.", false},
    {"demand", kSections, V::demand, 0, "", "none",
     "What has to be served, in the units of `capacity`: a number, or a profile of levels, each for a share of the "
     "time: `{day: {level: 1800, share: 40 %}, night: {level: 600, share: 60 %}}`.",
     false},
    // Parameters
    {"value", kParameterOwner, V::any, 0, "", "", "The value that stands for `$name`.", false},
    {"range", kParameterOwner, V::range, 0, "", "none", "The least and the most it could plausibly be.", false},
    {"note", kParameterOwner, V::text, 0, "", "none", "What it is, for people.", false},
    // One unit
    {"type", kGroups, V::name, kAnyRedundancy, "", "none", "The type whose keys a unit takes.", false},
    {"mtbf", kFailing, V::law, kAnyRedundancy, "", "",
     "Mean time between failures, of the time the unit is not failed.", false},
    {"afr", kFailing, V::probability, kAnyRedundancy, "", "",
     "Annualised failure rate in place of mtbf: mtbf = -8760 h / ln(1 - afr).", false},
    {"fit", kFailing, V::positive, kAnyRedundancy, "", "", "Failures per 10^9 h in place of mtbf.", false},
    {"availability", kFailing, V::probability, kAnyRedundancy, "", "",
     "What a supplier promises, in place of mtbf: mtbf = mttr x A / (1 - A).", false},
    {"failures", kUnits, V::entries, kAnyRedundancy, "", "",
     "Several failure modes in place of one mtbf and mttr; each runs a clock of its own.", false},
    {"mttr", kFailing, V::law_or_never, kAnyRedundancy, "", "",
     "Mean time to restoration: travel, repair, restart. `never`: not repaired.", false},
    {"recovery", kFailing, V::steps, kAnyRedundancy, "", "",
     "In place of mttr: steps that escalate. A step that does not work is followed by the next; the last works.",
     false},
    {"crew", kFailing, V::name, kAnyRedundancy, "", "everyone has their own",
     "The crew that restores it, one member from first step to last; when all are busy it waits. `none`: everyone has "
     "their own, whatever the type or the unit says. Beside `failures`: of modes without their own.",
     false},
    {"priority", kFailing, V::number, kAnyRedundancy, "", "0",
     "Where the crew's `order` is `priority`: the highest of those that wait is taken first. Beside `failures`: of "
     "modes without their own.",
     false},
    {"spare", kFailing, V::name, kAnyRedundancy, "", "none",
     "The part that a restoration needs, of `spares`: with it in hand the unit joins the crew's queue. `none`: no "
     "part. "
     "Beside `failures`: of modes without their own.",
     false},
    {"cost", kUnits, V::rate, kAnyRedundancy, "", "none", "What one node costs, such as `1200 /year`.", false},
    {"capacity", kUnits, V::number, kAnyRedundancy, "", "unlimited",
     "What one up unit serves, in the units of `demand`. A cluster's is the sum over its up nodes, a "
     "primary-standby's is its serving node's, 0 while the component is down.",
     false},
    // Demand
    {"level", kDemandOwner, V::positive, 0, "", "", "What has to be served meanwhile, in the units of `capacity`.",
     false},
    {"share", kDemandOwner, V::probability, 0, "", "", "The share of the time; all shares add to 100 %.", false},
    {"step", kStepOwner, V::text, 0, "", "", "What the step is called.", false},
    {"takes", kStepOwner, V::law, 0, "", "", "How long the step takes.", false},
    {"works", kStepOwner, V::probability, 0, "", "",
     "Probability that the step restores the unit; not given for the last, which always does.", false},
    // Crews
    {"size", kCrewOwner, V::count, 0, "", "1", "How many members it has; each restores one unit at a time.", false},
    {"order", kCrewOwner, V::word, 0, "fifo priority", "fifo",
     "Who is next when all are busy: the failure that came first, over all kinds, or the one of the highest "
     "`priority`; equals in order of the file. A restoration under way is never interrupted.",
     false},
    // Spares
    {"stock", kSpareOwner, V::stock, 0, "", "0", "How many parts are on the shelf at time 0.", false},
    {"lead_time", kSpareOwner, V::law, 0, "", "",
     "From the failure that orders a part to its coming; each order has its own.", false},
    // Common causes
    {"mtbf", kCauseOwner, V::duration, 0, "", "", "Mean time between shocks; memoryless.", false},
    {"hits", kCauseOwner, V::names, 0, "", "",
     "Components and infrastructure whose unfailed units fail. A name in an assembly means it in every copy; a "
     "component "
     "with `of:` means all that is in it.",
     false},
    {"probability", kCauseOwner, V::probability, 0, "", "100 %",
     "That a unit fails when the shock comes, each by itself; with `restore`, that one of `hits` goes down.", false},
    {"failure", kCauseOwner, V::text, 0, "", "the first", "The failure mode in which units fail, where they have it.",
     false},
    {"restore", kCauseOwner, V::law, 0, "", "",
     "In place of single failures: what is hit goes down as a whole, its nodes untouched, until one restoration of it "
     "all. The shock does not come meanwhile.",
     false},
    // Chains
    {"states", kChainOwner, V::states, 0, "", "",
     "The states of a chain drawn by hand, each `up` or `down`: `{ok: up, dark: down}`.", false},
    {"start", kChainOwner, V::name, 0, "", "the first state that is up",
     "The state it is in at time 0. Of a file: the state labelled `init`, else state 0.", false},
    {"transitions", kChainOwner, V::transitions, 0, "", "",
     "How it moves: `[{from: ok, to: dark, mean: 900 h}, {from: dark, to: ok, rate: 0.5 /h}]`. Two between the same "
     "states are both there: their rates add up.",
     false},
    {"file", kChainOwner, V::text, 0, "", "drawn by hand",
     "In place of `states` and `transitions`: a file in PRISM's explicit format, `big.tra`, with `big.lab` beside it; "
     "rates are per hour. Relative to the folder of the model file (from standard input: to where the program was "
     "started).",
     false},
    {"up", kChainOwner, V::text, 0, "", "up", "Of a file: the label that its up states have.", false},
    {"from", kTransitionOwner, V::name, 0, "", "", "The state that it leaves.", false},
    {"to", kTransitionOwner, V::name, 0, "", "", "The state that it leads to.", false},
    {"mean", kTransitionOwner, V::duration, 0, "", "", "Mean time in the first state until it happens: exponential.",
     false},
    {"rate", kTransitionOwner, V::rate, 0, "", "", "In place of `mean`: how often it happens, as in `0.5 /h`.", false},
    // Networks
    {"nodes", kNetworkOwner, V::elements, 0, "", "those that links name",
     "The nodes that fail, each with its type: `{r1: router, r2: router}`. One without a type never fails.", false},
    {"links", kNetworkOwner, V::links, 0, "", "",
     "What joins two nodes, with its type if it fails: `[[r1, r2, fiber], [r2, r3]]`. There may be several between the "
     "same two.",
     false},
    {"connect", kNetworkOwner, V::names, 0, "", "",
     "The nodes that have to stay connected, two or more: the network is up while paths of up nodes and up links join "
     "them all.",
     false},
    {"directed", kNetworkOwner, V::flag, 0, "", "false",
     "Links are one-way, from the first node to the second, and `connect` is `[from, to]`.", false},
    // Components
    {"redundancy", kGroups, V::word, kAnyRedundancy, "none primary-standby master-slave cluster", "none",
     "How the nodes stand in for each other. `none`: all are needed; `master-slave` is read as `primary-standby`.",
     false},
    {"nodes", kGroups, V::count, kAnyRedundancy, "", "1; primary-standby 2; cluster 3",
     "How many nodes there are, the primary included.", false},
    {"placement", kGroups, V::names, kAnyRedundancy, "", "nowhere in particular",
     "The infrastructure that nodes stand on: node i on entry i modulo the length. A node is up while its entry is.",
     false},
    {"needs", kGroups, V::needs, kAnyRedundancy, "", "nothing",
     "Infrastructure that the component as a whole stands on: a list of which all are needed, or an expression.",
     false},
    {"units", kGroups, V::names, kByPrimaryStandby, "", "",
     "In place of `nodes`: the types of the nodes, in order of preference.", false},
    {"standby", kGroups, V::word, kByPrimaryStandby, "hot warm cold", "hot",
     "A node in waiting fails as often as one that serves (`hot`), not at all (`cold`), or `standby_failure_factor` "
     "times as often (`warm`).",
     false},
    {"standby_failure_factor", kGroups, V::number, kByPrimaryStandby, "", "",
     "How many times as often a warm standby fails.", false},
    {"detection", kGroups, V::law_or_beats, kTimed, "", "none",
     "From a failure to its being noticed: a time, or of primary-standby `{heartbeat: 1 s, misses: 3, loss: 0.1 %}`.",
     false},
    {"heartbeat", kHeartbeatOwner, V::duration, 0, "", "", "The time between two beats.", false},
    {"misses", kHeartbeatOwner, V::count, 0, "", "3",
     "How many beats in a row have to be missed. A failure is noticed after misses - 1 to misses beats, all equally "
     "likely.",
     false},
    {"loss", kHeartbeatOwner, V::probability, 0, "", "0",
     "Probability that a beat of a healthy node is lost; `misses` in a row start a false failover.", false},
    {"failover", kGroups, V::law, kTimed, "", "none", "From being noticed to another node serving.", false},
    {"coverage", kGroups, V::probability, kTimed, "", "100 %",
     "Probability that a failover works; of a cluster, that a node failure stays that node's own.", false},
    {"manual_recovery", kGroups, V::law, kTimed, "", "",
     "From a failover that did not work to service, by hand. Required when coverage is less than 100 %.", false},
    {"false_failover", kGroups, V::duration, kByPrimaryStandby, "", "never",
     "Mean time between failovers started for no reason.", false},
    {"failback", kGroups, V::law, kByPrimaryStandby, "", "none",
     "Planned outage for the return of the first node to duty.", false},
    {"need", kGroups, V::count_or_majority, kByCluster, "", "majority", "How many nodes must be up.", false},
    {"pause", kGroups, V::word, kByCluster, "none leader all", "none",
     "What a takeover stops: nothing, the cluster when its leader was lost, or the cluster always.", false},
    {"load_sharing", kGroups, V::number, kByCluster, "", "0",
     "alpha: with u of n nodes up, each fails (n/u)^alpha times as often.", false},
    {"of", kComponentOwner, V::name, kAnyRedundancy, "", "plain units",
     "The assembly of which each node is a new copy.", false},
    {"beta", kGroups, V::probability, kAnyRedundancy, "", "0",
     "Share of failures that take all units of a kind at once (the beta factor of common causes): nodes of one type, "
     "or "
     "in copies one component.",
     false},
    {"changes", kGroups, V::mapping, kAnyRedundancy, "", "none",
     "Bad releases: `{every: 1 week, fail: 5 %, rollback: 20 min}`. While one is in effect the component is down.",
     false},
    {"every", kChangesOwner, V::duration, 0, "", "", "How often something is released.", false},
    {"fail", kChangesOwner, V::probability, 0, "", "", "The share of releases that take the component down.", false},
    {"rollback", kChangesOwner, V::law, 0, "", "", "From a bad release to its being undone.", false},
    {"inspection", kGroups, V::duration, kByPrimaryStandby, "", "none",
     "How often waiting nodes are looked at: one that fails while another serves is noticed only then, or when a "
     "failover begins or ends. Of plain units.",
     false},
    {"maintenance", kGroups, V::mapping, kAnyRedundancy, "", "none",
     "Planned work at fixed times: `{every: 30 days, takes: 20 min, mode: stop}`.", false},
    {"every", kMaintenanceOwner, V::duration, 0, "", "",
     "How often a round is due, counted from time 0; one that is due while another is under way is dropped.", false},
    {"takes", kMaintenanceOwner, V::duration, 0, "", "",
     "How long the component is down (`stop`), or each of its nodes is out (`rolling`).", false},
    {"mode", kMaintenanceOwner, V::word, 0, "stop rolling", "stop",
     "`stop`: the component is down, its nodes untouched. `rolling`, of clusters: the nodes go one after the other, "
     "the "
     "next when all are up and no outage or takeover is under way.",
     false},
    // Target
    {"availability", kTargetOwner, V::probability, 0, "", "", "The long-run share of time that the system is up.",
     false},
    {"served", kTargetOwner, V::probability, 0, "", "",
     "The long-run share of demand that is served: the mean of min(1, capacity / demand) over the profile.", false},
    {"downtime", kTargetOwner, V::mapping, 0, "", "",
     "The most downtime in a period, and how surely: `{at_most: 22 min, per: month, probability: 95 %}`.", false},
    {"at_most", kDowntimeOwner, V::duration, 0, "", "",
     "The most downtime that a period may hold; `0 s`: no outage at all.", false},
    {"per", kDowntimeOwner, V::period, 0, "", "",
     "The length of the period, begun at a moment of the long run; `month` is one month.", false},
    {"probability", kDowntimeOwner, V::probability, 0, "", "",
     "How surely: the target is met when a period holds more than `at_most` with a probability of at most 1 less this.",
     false},
    // Designs
    {"remove", kDesignOwner, V::names, 0, "", "nothing", "Entries of the model that this design does without.", false},
    {"set", kDesignOwner, V::settings, 0, "", "nothing", "Single values, by the same paths as `--set`, applied last.",
     false},
};

}  // namespace

std::span<const Key> key_table() {
  return kKeys;
}

const Key* find_key(std::string_view name, Owner owner) {
  for (const Key& key : kKeys)
    if (name == key.name && (key.owners & owner) != 0) return &key;
  return nullptr;
}

std::vector<std::string> key_names(std::uint32_t owners) {
  std::vector<std::string> names;
  for (const Key& key : kKeys)
    if ((key.owners & owners) != 0 && !key.later) names.emplace_back(key.name);
  return names;
}

}  // namespace nines
