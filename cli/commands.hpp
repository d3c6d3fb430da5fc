// The commands, one file each. Each gives the exit code.
#pragma once

#include "cli/session.hpp"

namespace nines::cli {

int run_check(Session& session);
int run_compare(Session& session);
int run_explain(Session& session);
int run_export(Session& session);
int run_init(Session& session);
int run_simulate(Session& session);
int run_solve(Session& session);

}  // namespace nines::cli
