#include "cli/codes.hpp"

namespace nines::cli {
namespace {

constexpr CodeEntry kCodes[] = {
    {"anchor", 2, "Anchors, aliases and merge keys are not read",
     "`&name`, `*name` and `<<` copy parts of a file unseen. Give values that several places share a name under "
     "`parameters:` (used as `$name`) or `types:` (used as `type: name`)."},
    {"bad-name", 2, "This can't be a name",
     "A name has letters, digits, `_` and `-`, begins with a letter, and is not `and`, `or` or `of`, which are words "
     "of expressions."},
    {"cannot-read", 2, "The file can't be read",
     "It exists, but the system does not let it be read: look at its permissions."},
    {"chain-file", 2, "The file of a chain can't be read",
     "`chains: {big: {file: big.tra, up: minimum}}` reads PRISM's explicit format: `big.tra` holds `states "
     "transitions` "
     "on its first line and then `from to rate` on each, rates per hour; `big.lab` beside it names labels, as in "
     "`0=\"init\" 1=\"minimum\"`, and says which states have them, as in `17: 0 1`."},
    {"circular", 2, "Something stands on itself",
     "`a: {needs: [b]}` with `b: {needs: [a]}`, or parameters that name each other. Take one of the links out."},
    {"command-line", 2, "The command line is wrong",
     "The message says which word; `nines COMMAND --help` lists the options."},
    {"conflicting-keys", 2, "Two keys say the same thing",
     "How often a unit fails is said once: by `mtbf`, `afr`, `fit`, `availability` or `failures`; so is its "
     "restoration, by `mttr` or `recovery`. A component has `nodes` or `units`; a transition of a chain `mean` or "
     "`rate`, and a chain `states` or a `file`."},
    {"connect", 2, "`connect` of a network does not say what has to stay connected",
     "It names two nodes or more, each once; with `directed: true` two, from and to: `connect: [r1, r3]`."},
    {"control-character", 2, "A control character in the text",
     "A model is plain text. Take the character out; an editor that shows invisible characters helps to find it."},
    {"count", 2, "Not a whole number", "Counts are whole numbers from 1 to a million: `nodes: 3`."},
    {"downtime-target", 3, "A target that the solver can't judge",
     "How likely a period holds more downtime than a target such as `downtime: {at_most: 22 min, per: month, "
     "probability: 95 %}` allows is a matter of how long each outage lasts: times that are not exponential, or too "
     "many "
     "states, leave the solver without an answer. `nines simulate` estimates it."},
    {"duplicate-key", 2, "A key is given twice", "The second would silently replace the first. Keep one of them."},
    {"duration", 2, "Not a duration",
     "A time carries a unit: `4 h`, `30 min`, `1.5 days`. Units are ms, s, min, h, day, week, month (730 h) and year "
     "(8760 h). A lone `m` could be minutes or months and is refused."},
    {"empty", 2, "There is no model in the file", "`nines init > model.yaml` prints one to start from."},
    {"empty-list", 2, "An empty list", "Name something in it, or leave the key out."},
    {"engines-disagree", 1, "The simulation and the solver do not give the same value",
     "`nines simulate --verify` compares every measure that both have. Engines that agree are called different in 0.1 "
     "% "
     "of runs; run it with another `--seed`. If it stays, one of the two is wrong: please report it with the model."},
    {"expression", 2, "Not an expression",
     "Names are joined by `and` and `or` (`and` binds tighter), `2 of (a, b, c)` and parentheses: `lb and (db or "
     "cache)`."},
    {"invalid-utf8", 2, "The file is not UTF-8", "Save it as UTF-8; the message says which byte is none."},
    {"k-of-n", 2, "More are needed than there are",
     "`need` of a cluster is between 1 and its `nodes`; `k of (...)` between 1 and the number of operands."},
    {"last-step", 2, "The last step of a recovery always works",
     "`works` belongs to all steps but the last: what follows when the last one fails would be undefined."},
    {"law", 2, "Not a probability law",
     "A plain time is the mean of an exponential. Others: `{fixed: 30 s}`, `{weibull: {shape: 1.5, mean: 90 days}}`, "
     "`{lognormal: {mean: 4 h, cv: 1.2}}`, `{gamma: {shape: 2, mean: 4 h}}`, `{erlang: {stages: 3, mean: 4 h}}`, "
     "`{uniform: [1 h, 4 h]}`, `{triangular: [1 h, 2 h, 6 h]}`, `{empirical: [12 min, 40 min, 3 h]}`."},
    {"left-aside", 0, "Keys that the new redundancy does not know",
     "An override changed `redundancy`; keys that only the old kind knows take no part any more."},
    {"memory", 3, "The chain does not fit the memory",
     "Groups that react over shared infrastructure are explored together, and their states multiply. Leave out what "
     "hardly matters, or solve parts apart."},
    {"missing-key", 2, "Something has to be said", "The message says which key is missing and what to add."},
    {"never-up", 2, "A chain or network that is never up",
     "Say of the states of a chain which are up; of a file, by a label that some state has. In a network some path has "
     "to join what `connect` names, at least while everything is up."},
    {"no-convergence", 3, "The steady state could not be certified",
     "The iteration did not reach an error bound that could be promised. Rates that lie very far apart are the usual "
     "reason: check the units of the shortest and the longest time."},
    {"no-history", 3, "Nothing could be played", "The message says why the simulation has no answer."},
    {"no-redundancy", 0, "A cluster that loses nothing without being down",
     "The default `need: majority` of two nodes is both of them, so a second node makes the component less available "
     "than "
     "one. Write `need: 1` if one node can do the work, or give it a third."},
    {"no-such-file", 2, "There is no such file", "The message suggests the nearest name in that folder."},
    {"not-a-file", 2, "Not a file", "A directory was given; name a model file."},
    {"not-compared", 3, "Nothing to verify",
     "`nines simulate --verify` needs a value of the solver and at least 200 outages seen. The notes say what was "
     "missing: "
     "a law that the solver does not take, more states than `--max-states`, or too few years (`--years`)."},
    {"not-exact", 3, "Part of the answer would be approximate",
     "Fixed calendars (maintenance, inspection) and missed heartbeats are given exponential times by the solver, laws "
     "that are not exponential (but for Erlang laws) phase-type laws where something reacts to failures; groups whose "
     "joint chain is too large are solved one by one. "
     "`--exact` allows no approximation. `nines simulate` plays them as they are."},
    {"not-exponential", 3, "A law that the solver does not take",
     "For units that are restored independently of each other only the means of the times matter in the long run. "
     "Where something reacts to failures phase-type laws stand for what is not exponential, and the answer says how "
     "far "
     "off it may be. Refused are laws for which fits of different orders give different answers, such as the lives in "
     "a "
     "cold standby pair; a failure mode whose life is `fixed` or `empirical` in a unit of which no restoration has a "
     "density, for such units march in step; and any of them in a chain to export. `nines simulate` plays any law."},
    {"not-positive", 2, "A time or number that must be above 0",
     "Optional times may be `0 s`, which means none; others may not."},
    {"not-supported-yet", 2, "A key of a later version",
     "The key is known but not read by this version. It is refused, because ignoring it would give the answer to "
     "another model."},
    {"number", 2, "Not a number", "Write it in decimal, such as `0.5`."},
    {"option", 2, "An option's value is wrong",
     "`--set PATH=VALUE`, `--sweep PATH=RANGE`; ranges are `1h..8h:8` (points), `1h..8h:1h` (step), `1min..1day:9log`, "
     "`3..9` (whole numbers), `90%,95%,99%` (a list)."},
    {"out-of-range", 2, "A value out of range", "The message says which range."},
    {"output", 3, "The output can't be written",
     "Nothing half-written is left: a result goes to a temporary file first."},
    {"probability", 2, "Not a probability", "A share is written `98 %` or `0.98` and lies within 0..1."},
    {"rate", 2, "Not an amount per time", "Costs are written `1200 /year`, `5000 /h`."},
    {"rounds-overlap", 3, "Maintenance without a pause",
     "The solver puts an exponential time in place of the pause between two rounds: `every` less what a round takes, "
     "which of `mode: rolling` is `takes` for each node. Here nothing is left of it. `nines simulate` keeps the "
     "calendar "
     "and drops a round that is due while another is under way."},
    {"same-name", 2, "One name for two things",
     "A name stands for one thing, over components, infrastructure, networks and chains alike."},
    {"self-link", 2, "A link from a node to itself",
     "It joins nothing. Take it out, or name the node that it leads to."},
    {"self-transition", 2, "A transition from a state to itself",
     "It would change nothing. Take it out, or name the state that it leads to."},
    {"served-target", 3, "What is served is not known",
     "Groups that share infrastructure were solved one by one, for their joint chain is too large, and that does not "
     "say "
     "what they serve together. `nines simulate` does."},
    {"shares", 2, "Shares that do not add to 100 %",
     "The levels of a demand take all of the time between them, as in `demand: {day: {level: 1800, share: 40 %}, "
     "night: "
     "{level: 600, share: 60 %}}`."},
    {"short-restoration", 0, "Restored about as fast as detected",
     "Exponential times race: a failure mode restored within about five times `detection` often ends before it is "
     "noticed, but part of these failures start a failover that a fixed timeout would not. Model failures that end by "
     "themselves apart."},
    {"syntax", 2, "Not YAML",
     "One `key: value` a line, indented with spaces; `{key: value, key: value}` and `[item, item]` also work. A comma "
     "inside `{ }` separates entries."},
    {"tab", 2, "A tab indents a line", "YAML indents with spaces only."},
    {"tag", 2, "YAML tags are not read", "Take `!name` out."},
    {"too-deep", 2, "Values nested too deep", "A model needs a handful of levels."},
    {"too-large", 2, "The file is too large", "A model file has some thousand lines at most."},
    {"too-many-amounts", 3, "Too many different capacities",
     "What is served is added up over every combination of what is up, equal sums together. Many capacities that are "
     "all different make too many sums: round them to a common step, or solve parts of `system` apart. `nines "
     "simulate` adds up what it sees."},
    {"too-many-states", 3, "More states than the budget",
     "Groups that share infrastructure and nothing else are taken apart by themselves when their joint chain is too "
     "large, and the answer says so; not with `--exact`. Otherwise raise `--max-states`, or take the model apart: "
     "leave "
     "out a zone or a timing key that hardly matters, or solve components that share nothing important apart."},
    {"two-documents", 2, "Two documents in one file",
     "One file holds one model. Designs of one system go under `designs:`."},
    {"unknown-assembly", 2, "An assembly that is not declared",
     "`of: name` makes each node a copy of an entry under `assemblies:`, as in `{site: lb and app and db}`."},
    {"unknown-crew", 2, "A crew that is not declared", "`crew: name` names an entry under `crews:`, as in `{ops: 2}`."},
    {"unknown-key", 2, "An unknown key",
     "Nothing is ignored silently. The message suggests the nearest key; `nines explain KEY` says what a key means."},
    {"unknown-name", 2, "A name that names nothing",
     "`system` names components, infrastructure, networks and chains; `needs` names infrastructure, networks and "
     "chains, "
     "`placement` infrastructure and chains. `connect` names nodes of its network."},
    {"unknown-parameter", 2, "A parameter that is not declared", "`$name` stands for a value under `parameters:`."},
    {"unknown-path", 2, "A path that leads nowhere",
     "Paths are `section.name.key`, the section being optional: `db.mttr`, `types.vm.mtbf`, `vm_repair`, "
     "`db.failures.crash.mttr`, `db.placement.1`."},
    {"unknown-spare", 2, "A part that is not declared",
     "`spare: name` takes a part of an entry under `spares:`, as in `{disk: {stock: 2, lead_time: 5 days}}`."},
    {"unknown-state", 2, "A state that is not declared",
     "`from`, `to` and `start` of a chain name entries of its `states`."},
    {"unknown-type", 2, "A type that is not declared", "`type: name` takes the keys of an entry under `types:`."},
    {"unknown-word", 2, "A word that the key does not know", "The message lists the words it knows."},
    {"unused", 0, "Something that nothing uses",
     "It takes no part and costs nothing; so do nodes and links of a network on no way between those it connects. A "
     "`crew`, `priority` or `spare` has no effect on what is never repaired, a "
     "`priority` none without a crew whose `order` is `priority`."},
    {"version", 2, "Not a format version", "The file begins with `nines: 1`."},
    {"wrong-kind", 2, "Another kind of value", "The message says what was expected and what was found."},
    {"wrong-redundancy", 2, "A key that this redundancy does not know",
     "`failback` belongs to primary-standby, `need` to cluster, and so on: `nines explain KEY` says whose it is."},
};

}  // namespace

std::span<const CodeEntry> code_table() {
  return kCodes;
}

const CodeEntry* find_code(std::string_view code) {
  for (const CodeEntry& entry : kCodes)
    if (code == entry.code) return &entry;
  return nullptr;
}

}  // namespace nines::cli
