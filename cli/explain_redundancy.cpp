// What groups of nodes do, in words.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "cli/explain.hpp"
#include "cli/explain_words.hpp"
#include "cli/render/numbers.hpp"
#include "model/description/quantity.hpp"

namespace nines::cli {
namespace {

using Lines = std::vector<std::string>;

template <class Rules>
void takeover_words(const Rules& rules, Lines& lines, const char* failed, const char* takes_over) {
  if (rules.detection)
    lines.push_back(fmt::format(
        "{} is noticed after {}{}", failed, time_words(*rules.detection),
        rules.failover ? fmt::format("; {} takes {} more.", takes_over, time_words(*rules.failover)) : "."));
  if (!rules.detection && rules.failover)
    lines.push_back(
        fmt::format("{} is noticed at once; {} takes {}.", failed, takes_over, time_words(*rules.failover)));
  if (!rules.detection && !rules.failover)
    lines.push_back(fmt::format("{} is noticed and taken over in no time.", failed));
}

// Of misses in a row, the last of which comes at most a beat after the next to last.
void heartbeat_words(const PrimaryStandby& pair, const Heartbeat& heart, Lines& lines) {
  // By way of seconds: three times a second is 3 s then, as it would be read.
  const double beat_s = heart.beat_h * 3600, least = beat_s * (heart.misses - 1) / 3600,
               most = beat_s * heart.misses / 3600;
  lines.push_back(fmt::format(
      "The serving node's failure is noticed when {} of its beats, one every {}, {} missing: after {} to {}, all "
      "equally likely; the failover to the first node that is up {}.",
      heart.misses, duration_words(heart.beat_h), heart.misses == 1 ? "is" : "in a row are", duration_words(least),
      duration_words(most),
      pair.failover ? fmt::format("takes {} more", time_words(*pair.failover)) : "takes no time"));
  if (heart.loss > 0)
    lines.push_back(fmt::format("A beat of a healthy node is lost with probability {}.", share(heart.loss)));
}

Lines pair_words(const PrimaryStandby& pair) {
  Lines lines;
  if (pair.heartbeat)
    heartbeat_words(pair, *pair.heartbeat, lines);
  else
    takeover_words(pair, lines, "The serving node's failure", "the failover to the first node that is up");
  if (pair.coverage < 1)
    lines.push_back(
        fmt::format("{} of failovers work; the others end in an outage of {} until somebody mends it by hand.",
                    share(pair.coverage), time_words(*pair.manual_recovery)));
  lines.push_back(pair.standby_stress == 1 ? "Hot standby: a node in waiting fails as often as one that serves."
                  : pair.standby_stress == 0
                      ? "Cold standby: a node in waiting does not fail."
                      : fmt::format("Warm standby: a node in waiting fails {} times as often as one that serves.",
                                    number_text(pair.standby_stress)));
  if (pair.inspection_h)
    lines.push_back(
        fmt::format("A node that fails while another serves is not noticed, and not restored, until the next "
                    "inspection (every {}, from time 0) or a failover.",
                    duration_words(*pair.inspection_h)));
  if (pair.false_failover_mean_h)
    lines.push_back(
        fmt::format("A failover for no reason starts every {} on average while another node is up{}.",
                    pair.heartbeat ? span(*pair.false_failover_mean_h) : duration_words(*pair.false_failover_mean_h),
                    pair.heartbeat && pair.heartbeat->loss > 0 ? ", for lost beats among them" : ""));
  lines.push_back(
      pair.failback ? fmt::format("As soon as the first node is up again, duty returns to it: a planned outage of {}.",
                                  time_words(*pair.failback))
                    : "A node that took over keeps serving: nothing returns by itself to the first node.");
  return lines;
}

Lines cluster_words(std::size_t nodes, const Cluster& cluster) {
  Lines lines;
  const bool timed = cluster.detection || cluster.failover;
  if (timed && cluster.pause != Pause::none) {
    takeover_words(cluster, lines, "A node's loss", "the takeover of its work");
    lines.push_back(cluster.pause == Pause::all ? "A takeover stops the whole cluster."
                                                : "A takeover stops the cluster when the lost node was the leader, "
                                                  "which is one of those up, all equally likely.");
  } else if (timed) {
    lines.push_back("A takeover stops nothing (`pause: none`), so its times do not change the availability.");
  }
  if (cluster.detection_matters)
    lines.push_back(fmt::format(
        "Until a loss is noticed ({}) the lost nodes still get their share: with u of {} up it serves u/{} of the "
        "demand at most.",
        time_words(*cluster.detection), nodes, nodes));
  if (cluster.coverage < 1)
    lines.push_back(fmt::format("{} of node failures stay the node's own; the others stop the whole cluster for {}.",
                                share(cluster.coverage), time_words(*cluster.manual_recovery)));
  if (cluster.load_sharing > 0) {
    const auto n = static_cast<double>(nodes);
    lines.push_back(
        fmt::format("Survivors work harder: with one of {} lost each of the others fails {} times as often.", nodes,
                    significant(std::pow(n / std::max(1.0, n - 1), cluster.load_sharing))));
  }
  if (cluster.rolling)
    lines.push_back(
        fmt::format("Every {}, from time 0, maintenance goes through the nodes: each is out for {}, and the next goes "
                    "when all are up and nothing else is under way. Going out starts no takeover.",
                    duration_words(cluster.rolling->every_h), duration_words(cluster.rolling->takes_h)));
  return lines;
}

}  // namespace

std::vector<std::string> explain_redundancy(const Component& component) {
  if (const auto* pair = std::get_if<PrimaryStandby>(&component.redundancy)) return pair_words(*pair);
  if (const auto* cluster = std::get_if<Cluster>(&component.redundancy))
    return cluster_words(component.nodes.size(), *cluster);
  return {};
}

}  // namespace nines::cli
