// Models to start from. Each reads cleanly and answers a question.
#include <filesystem>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "model/text/nearest.hpp"

namespace nines::cli {
namespace {

struct Template {
  const char* name;
  const char* text;
};

constexpr Template kTemplates[] = {
    {"pair", R"(# How available is a database server with a standby beside it?
# Solve it with `nines solve FILE`; try `--set db.detection=1min` or `--sweep db.mttr=1h..8h:8`.
nines: 1
name: database pair
target: {availability: 99.99 %}

components:
  db:
    redundancy: primary-standby   # one serves, the other waits; `master-slave` is the same
    nodes: 2
    mtbf: 180 days                # a server fails twice a year
    mttr: 4 h                     # and is back after four hours, travel included
    detection: 10 s               # failure -> noticed
    failover: 30 s                # noticed -> the other serves
    coverage: 95 %                # how many failovers work
    manual_recovery: 30 min       # what follows when one does not
)"},
    {"cluster", R"(# How many of six application servers may be needed before the tier becomes the weak spot?
# Solve it with `nines solve FILE`; try `--sweep app.need=1..6`.
nines: 1
name: application tier
target: {availability: 99.99 %}

types:
  vm: {mtbf: 90 days, mttr: 30 min, cost: 1200 /year}

components:
  app:
    redundancy: cluster
    nodes: 6
    need: 4                       # so many must be up to carry the load
    type: vm
)"},
    {"web",
     R"(# A two-tier web shop over three zones: is a quorum cluster worth its price against a primary with a standby?
# Answer it with `nines compare FILE`.
nines: 1
name: web shop
design: primary-standby
target: {availability: 99.99 %}

parameters:
  vm_repair: {value: 30 min, range: [5 min, 4 h], note: replace a failed VM}

types:
  vm: {mtbf: 90 days, mttr: $vm_repair, cost: 1200 /year}
  db-server: {mtbf: 180 days, mttr: 4 h, cost: 9000 /year}

infrastructure:
  az-a: {mtbf: 5 years, mttr: 1 h}
  az-b: {mtbf: 5 years, mttr: 1 h}
  az-c: {mtbf: 5 years, mttr: 1 h}

components:
  app: {redundancy: cluster, nodes: 6, need: 4, type: vm, placement: [az-a, az-b, az-c]}
  db:
    redundancy: primary-standby
    nodes: 2
    type: db-server
    detection: 10 s
    failover: 30 s
    coverage: 95 %
    manual_recovery: 30 min
    placement: [az-a, az-b]

system: app and db

designs:
  quorum:
    components:
      db: {redundancy: cluster, nodes: 3, need: majority, type: db-server, detection: 10 s, failover: 10 s, pause: leader,
           coverage: 99 %, manual_recovery: 30 min, placement: [az-a, az-b, az-c]}
)"},
    {"quorum", R"(# Three or five members: what does a larger quorum buy?
# Answer it with `nines compare FILE`.
nines: 1
name: quorum store
design: three
target: {availability: 99.995 %}

types:
  member: {mtbf: 120 days, mttr: 6 h, cost: 2500 /year}

components:
  store:
    redundancy: cluster
    nodes: 3
    need: majority
    type: member
    detection: 1 s                # the election timeout
    failover: 2 s                 # the election
    pause: leader                 # only the leader's loss stops the store
    coverage: 99.5 %              # how often a member's failure stays its own
    manual_recovery: 45 min

designs:
  five:
    set: {store.nodes: 5}
)"},
    {"storage", R"(# How many spare disks belong on the shelf, and how many of the disks may be needed?
# Solve it with `nines solve FILE`; try `--sweep spares.disk.stock=0..3` or `--sweep shelf.need=9..12`.
nines: 1
name: storage shelf
target: {availability: 99.99 %}

types:
  disk:
    afr: 4 %                      # the annualised failure rate: what disks do in the field, not in the data sheet
    mttr: 12 h                    # swapped, and its data built up again
    crew: hands
    spare: disk

crews: {hands: 1}                 # builds up one disk after the other
spares: {disk: {stock: 1, lead_time: 7 days}}   # each failure orders another

components:
  shelf:
    redundancy: cluster
    nodes: 12
    need: 10                      # the data survive the loss of any two
    type: disk

common_causes:
  jolt: {mtbf: 20 years, hits: [shelf], probability: 10 %}   # each disk fails with this probability
)"},
};

}  // namespace

int run_init(Session& session) {
  const auto& words = session.options().words;
  if (words.size() > 1) {
    session.complain("`nines init` takes one template");
    return kWrongInput;
  }
  const std::string wanted = words.empty() ? "pair" : words.front();
  std::vector<std::string> names;
  for (const Template& t : kTemplates) {
    names.emplace_back(t.name);
    if (wanted != t.name) continue;
    // An existing file is somebody's work.
    std::error_code failed;
    const std::string& output = session.options().output;
    if (!output.empty() && std::filesystem::is_regular_file(output, failed)) {
      session.complain(fmt::format("`{}` exists, and init overwrites nothing", output), "give another name");
      return kWrongInput;
    }
    return session.deliver(t.text, kDone);
  }
  const std::string suggestion = text::did_you_mean(wanted, names);
  session.complain(fmt::format("there is no template `{}`", wanted),
                   suggestion.empty() ? "templates are pair, cluster, web, quorum, storage" : suggestion);
  return kWrongInput;
}

}  // namespace nines::cli
