// Chains in PRISM's explicit format (prismmodelchecker.org/manual/Appendices/ExplicitModelFiles): transitions in
// `NAME.tra`, labels of states in `NAME.lab` beside it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "model/description/drawn_chain.hpp"
#include "model/description/reader.hpp"

namespace nines {

// The files of one model file's chains, each read once however many designs and points of a sweep there are.
class ChainFiles {
 public:
  // Names of files are relative to `folder`. `sources` takes up a file in which something is wrong, and no other: they
  // may be large.
  ChainFiles(text::Sources& sources, std::string folder) : sources_(sources), folder_(std::move(folder)) {}

  // The chain of the file that `file` names, its up states those with the label; null when a problem was reported, with
  // its place in the model or in one of the files. `label_at`: where the label is written, if it is.
  [[nodiscard]] std::shared_ptr<const DrawnChain> read(Reader& reader, const text::Node& file, const std::string& label,
                                                       const text::Node* label_at);

 private:
  struct Outcome {
    std::shared_ptr<const DrawnChain> chain;  // null: something is wrong
    text::Problems problems;                  // in the files; those below are told at each place that asks
    std::string missing, help;                // a file that can't be read
    std::vector<std::string> labels;          // of the file,
    bool labelled = false;                    // among them the one that was asked for
    bool never_up = false;
  };
  [[nodiscard]] Outcome load(const std::string& name, const std::string& label);

  text::Sources& sources_;
  std::string folder_;
  std::map<std::pair<std::string, std::string>, Outcome> known_;  // by path and label
};

}  // namespace nines
