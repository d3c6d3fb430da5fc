// write_cluster N BASE [ENVIRONMENT]: BASE.tra and BASE.lab, which `chains: {cluster: {file: BASE.tra, up: minimum}}`
// reads.
#include <cstdio>
#include <cstdlib>

#include "bench/cluster_chain.hpp"

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fputs("write_cluster N BASE [ENVIRONMENT]\n", stderr);
    return 2;
  }
  const auto n = static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10));
  if (nines::bench::write_cluster(n, argc > 3 ? std::strtod(argv[3], nullptr) : 0, argv[2])) return 0;
  std::perror(argv[2]);
  return 3;
}
