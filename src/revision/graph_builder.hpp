// SPDX-License-Identifier: MIT
// Builds a Graph in passes, one file each: names (graph_builder.cpp), edges, the order and cycles
// (order.cpp), labels (labels.cpp). What is wrong becomes a Problem and is left out, so that later
// passes only see sound parts.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cupel/revision/graph.hpp"

namespace cupel::revision {

class GraphBuilder {
 public:
  GraphBuilder(std::vector<std::shared_ptr<const Revision>> revisions,
               std::vector<Problem> problems) {
    graph_.revisions_ = std::move(revisions);
    graph_.problems_ = std::move(problems);
  }
  Graph build() &&;

 private:
  using Adjacency = Graph::Adjacency;
  void take_revisions();
  void take_labels();
  void take_label(Index owner, const std::string& label);
  void link();
  void link_revision(Index index);
  std::vector<Index> known_parents(Index index);
  std::vector<Index> known_dependencies(Index index);
  void make_order();
  void rank_all();
  void visit_from(Index start);
  void report_cycle(std::vector<Index> cycle);
  void spread_labels();

  Problem& report(Problem::Kind kind, Index index, std::string message, std::string hint);
  /// "did you mean 'x'?", or `otherwise`; only for the first few problems, since it looks at every
  /// name.
  std::string nearest_hint(Index asking, std::string_view name, std::string otherwise);

  Graph graph_;
  std::unordered_map<std::string_view, Index> index_of_;  // views into graph_.revisions_
  std::vector<std::string> names_;                        // for nearest_hint, made on demand
  int hints_left_ = 10;
  static constexpr int kMostCycles = 10;
  int cycles_left_ = kMostCycles;

  struct Frame {
    Index node;
    std::size_t next;
  };
  std::vector<Frame> path_;  // of the depth-first walk
  std::vector<char> state_;
};

}  // namespace cupel::revision
