#include "model/markov/over_time/system_course.hpp"

#include "model/structure/join.hpp"

namespace nines::markov {

UpDown SystemCourse::module(std::size_t m, std::size_t time, bool mean) {
  const auto& parts = up_.parts_by_level(m);
  auto& weighed = weighed_[m];
  if (!weighed) weighed = std::make_unique<Weighed>(up_.diagrams(m), parts.size());
  for (std::size_t level = 0; level < parts.size(); ++level)
    weighed->variables[level].probability = mean ? parts_.mean(parts[level], time) : parts_.at(parts[level], time);
  structure::Weights& weights = weighed->weights;
  weights.forget();
  return {weights.up(up_.whole(m)), weights.down(up_.whole(m))};
}

UpDown SystemCourse::of(const Expression& expression, std::size_t time) {
  if (expression.terms.size() == 1) return module(expression.terms[0].name, time, false);
  Expression own = expression;  // over the numbers of its own modules
  std::vector<structure::Side> sides;
  for (auto& term : own.terms) {
    if (term.op != Expression::Op::name) continue;
    const UpDown one = module(term.name, time, false);
    term.name = static_cast<ComponentId>(sides.size());
    sides.push_back({one.up, one.down, 0});
  }
  const structure::Side whole = structure::join(own, sides).whole;
  return {whole.up, whole.down()};
}

tl::expected<std::vector<UpDown>, std::string> SystemCourse::at(std::span<const double> times) {
  if (auto done = parts_.go_to(times); !done) return tl::unexpected(done.error());
  std::vector<UpDown> result;
  for (std::size_t k = 0; k < times.size(); ++k) result.push_back(of(dissection_.partition.joined, k));
  return result;
}

bool SystemCourse::is_one_part() const {
  return dissection_.partition.modules.size() == 1 && up_.parts_by_level(0).size() == 1 &&
         parts_.has_mean(up_.parts_by_level(0)[0]);
}

tl::expected<SystemCourse::Means, std::string> SystemCourse::means(std::span<const double> times) {
  Means means;
  if (is_one_part()) {
    if (auto done = parts_.go_to(times); !done) return tl::unexpected(done.error());
    for (std::size_t k = 0; k < times.size(); ++k) means.until.push_back(module(0, k, true));
    means.error_bound = parts_.error_bound();
    return means;
  }
  QuadratureOptions options;
  options.noise = parts_.error_bound();
  const auto values = [&](std::span<const double> at) -> Values {
    const auto found = this->at(at);
    if (!found) return tl::unexpected(found.error());
    std::vector<std::vector<double>> both;
    for (const UpDown& one : *found) both.push_back({one.up, one.down});
    return both;
  };
  const auto integrals = integrate(times, parts_.shortest_h(), parts_.bends(), values, options);
  if (!integrals) return tl::unexpected(integrals.error());
  for (std::size_t k = 0; k < times.size(); ++k)
    means.until.push_back({integrals->until[k][0] / times[k], integrals->until[k][1] / times[k]});
  means.error_bound = integrals->error_bound;
  return means;
}

}  // namespace nines::markov
