// The `assemblies:` section, and the copies that components with `of:` make of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/description/model.hpp"
#include "model/description/read_expression.hpp"
#include "model/description/reader.hpp"

namespace nines {

// Entries of the file, in its order: infrastructure, then components. Names in expressions are their numbers.
struct WrittenEntries {
  std::vector<Component> list;
  std::vector<const text::Entry*> entries;

  [[nodiscard]] std::size_t size() const { return list.size(); }
};

// What is made of the entries: `list` as Model::components, without holds.
struct Instances {
  std::vector<Component> list;
  std::vector<std::vector<ComponentId>> of;  // by written entry: itself, or its copies by number
};

class AssemblyTable {
 public:
  // Reads `assemblies:`. `resolve` finds components and infrastructure by name.
  void read(Reader& reader, const text::Node& tree, const WrittenEntries& written, const Resolve& resolve);

  // Whether some assembly names this entry.
  [[nodiscard]] bool names(ComponentId written) const { return named_[written] != 0; }
  [[nodiscard]] bool has(const std::string& name) const { return number_.contains(name); }

  // Follows each `of:`. Reports those that name nothing, assemblies that hold themselves, and more than a million
  // units. `top`: the entries that stand for themselves, the others being there in copies alone. Nothing is made when
  // a problem was reported.
  [[nodiscard]] Instances expand(Reader& reader, const WrittenEntries& written, const std::vector<char>& top);

  void warn_of_unused(Reader& reader) const;

 private:
  struct Assembly {
    const text::Entry* entry = nullptr;
    Expression what;
    std::vector<ComponentId> members;  // components that it names, each once, ascending
    bool used = false;
  };
  static constexpr std::uint32_t kNoAssembly = UINT32_MAX;

  void find_of(Reader& reader, const WrittenEntries& written);
  [[nodiscard]] bool report_circles(Reader& reader, const WrittenEntries& written);
  [[nodiscard]] bool report_nested_beta(Reader& reader, const WrittenEntries& written);

  std::vector<Assembly> list_;
  std::map<std::string, std::uint32_t> number_;
  std::vector<char> named_;
  std::vector<std::uint32_t> of_;  // by written entry
};

// What a name in `hits` means: of a component with `of:` all that is in its copies.
[[nodiscard]] std::vector<ComponentId> all_in(std::vector<ComponentId> of_name,
                                              const std::vector<Component>& components);

}  // namespace nines
