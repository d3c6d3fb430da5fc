// Builds a tree of nodes from the events of the YAML parser.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "model/text/node.hpp"
#include "model/text/problem.hpp"
#include "model/text/read.hpp"

namespace nines::text {

// Thrown by the builder to leave the parser early; caught where the parser is called.
struct StopParsing {};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Sources& sources, Place part, std::size_t skipped, const ReadLimits& limits)
      : text_(sources.excerpt(part)), part_(part), skipped_(skipped), limits_(limits) {}

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

  [[nodiscard]] Place place(std::size_t begin, std::size_t end) const;
  Problem& report(std::size_t begin, std::size_t end, std::string code, std::string message, std::string label,
                  std::string help);

  Node root;
  Problems problems;
  int documents = 0;

 private:
  struct Frame {
    Node node;
    bool has_key = false;
    Entry entry;           // the key that waits for its value
    bool refused = false;  // the pending entry was reported: leave it out
    std::unordered_map<std::string, Place> keys;
  };

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const;
  [[nodiscard]] std::size_t end_of_scalar(std::size_t begin, const std::string& value, bool& quoted);
  void check_properties(std::size_t begin, const std::string& tag, YAML::anchor_t anchor);
  void count(std::size_t begin);
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind);
  void close();
  void add(Node node);
  void take_key(Node node);

  std::string_view text_;
  Place part_;
  std::size_t skipped_;  // bytes of a byte order mark that the parser does not count
  ReadLimits limits_;
  std::vector<Frame> frames_;
  std::size_t nodes_ = 0;
};

}  // namespace nines::text
