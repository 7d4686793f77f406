// SPDX-License-Identifier: MIT
// The graph of revisions: parents, children, heads, labels, dependencies, and the one order in
// which things run. Entry point: Graph::build. What the current rows of a database mean for it:
// resolve.hpp and plan.hpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cupel/base/error.hpp"
#include "cupel/revision/revision.hpp"

namespace cupel::revision {

/// Which edges count: `down_revision` only, or `depends_on` as well.
enum class Edges { Parents, All };

/// Something wrong with the set of files. Reading goes on without the wrong part;
/// Graph::require_sound refuses.
struct Problem {
  enum class Kind {
    EmptyId,            ///< the file has no id; it is left out of the graph
    IllegalId,          ///< an id with a character that targets need, or a reserved word
    DuplicateId,        ///< two files with one id; the first one (`other_path`) is read, `path` is
                        ///< ignored
    IllegalLabel,       ///< as IllegalId, for a branch label
    DuplicateLabel,     ///< a label used twice, or equal to an id; the first one counts
    MissingParent,      ///< a parent that no file defines
    MissingDependency,  ///< a dependency that neither an id nor a label defines
    Cycle,              ///< ids are the cycle, each a parent of the next, the last of the first
    DependencyCycle,    ///< a cycle that needs at least one `depends_on`
    UnreadableFile,     ///< a file whose header says nothing; it is left out of the graph
  };
  Kind kind = Kind::EmptyId;
  /// The revisions concerned, the offending one first; then, where there is one, the missing id or
  /// the label.
  std::vector<std::string> ids;
  /// The file to look at; may be empty.
  std::string path;
  std::string other_path;
  /// As in an Error: what is wrong, and what to change.
  std::string message;
  std::string hint;
  /// Where in `path`, from 1, and the text of that line; 0 and empty if only the file is known.
  std::size_t line = 0;
  std::size_t column = 0;
  std::string source_line;

  bool operator==(const Problem&) const = default;
};

/// An immutable graph over a set of revisions; copies share these. Memory and building time are
/// linear in the files.
/// Two sets with the same headers give the same graph, whatever the files are called and in which
/// order they come (but for duplicates).
class CUPEL_API Graph {
 public:
  /// An empty graph.
  Graph() = default;
  /// Never throws for what the files say: see problems().
  /// `problems` are those that are known before; they stay the first ones.
  static Graph build(std::vector<Revision> revisions, std::vector<Problem> problems = {});
  /// The same for revisions that somebody else points at too; none may be null.
  static Graph build(std::vector<std::shared_ptr<const Revision>> revisions,
                     std::vector<Problem> problems = {});

  std::size_t size() const { return revisions_.size(); }
  bool empty() const { return revisions_.empty(); }
  const Revision& at(Index index) const { return *revisions_[static_cast<std::size_t>(index)]; }
  const std::string& id(Index index) const { return at(index).id; }
  /// By exact id; nullopt if no file defines it.
  std::optional<Index> find(std::string_view id) const;
  /// The revision whose file declares the label.
  std::optional<Index> find_label(std::string_view label) const;
  /// All ids and all labels that begin with `prefix`, as (name, revision), ids first, each sorted.
  std::vector<std::pair<std::string, Index>> find_prefix(std::string_view prefix) const;
  /// Ids, then labels: the candidates for "did you mean".
  std::vector<std::string> names() const;

  /// Parents that exist, in the order of the file.
  std::span<const Index> parents(Index index) const;
  /// Dependencies that exist, in the order of the file, labels resolved.
  std::span<const Index> dependencies(Index index) const;
  /// Parents, then dependencies, without repetition.
  std::span<const Index> all_parents(Index index) const;
  /// By `down_revision`, sorted by id.
  std::span<const Index> children(Index index) const;
  /// Children and dependants, sorted by id.
  std::span<const Index> all_children(Index index) const;
  /// The dependencies that say something new: no ancestors of a parent or of another dependency.
  std::vector<Index> normalised_dependencies(Index index) const;

  /// No child by `down_revision`. A head that another revision depends on is no real head
  /// ("effective head").
  bool is_head(Index index) const { return children(index).empty(); }
  bool is_real_head(Index index) const { return all_children(index).empty(); }
  bool is_base(Index index) const { return at(index).parents.empty(); }
  bool is_branchpoint(Index index) const { return children(index).size() > 1; }
  bool is_mergepoint(Index index) const { return at(index).parents.size() > 1; }

  /// Each sorted by id.
  std::vector<Index> heads() const;
  std::vector<Index> real_heads() const;
  std::vector<Index> bases() const;
  std::vector<Index> branchpoints() const;
  std::vector<Index> mergepoints() const;

  /// The labels of the branches that the revision lies on, sorted: declared here, by an ancestor,
  /// or by a descendant with nothing but single-parent, single-child revisions between the two.
  const std::vector<std::string>& labels(Index index) const;

  /// Every revision once, parents and dependencies before what needs them. A merge's parents come
  /// in the order of its file, each branch finished before the next; unrelated heads come by their
  /// ids, in a project of .py files by those. `upgrade` runs so, `downgrade` and `history` back.
  const std::vector<Index>& order() const { return order_; }
  /// Place in order(), from 0.
  int rank(Index index) const { return rank_[static_cast<std::size_t>(index)]; }
  /// Sorts by rank, oldest first, and drops repetitions.
  void sort_by_rank(std::vector<Index>& revisions) const;

  /// True for a true ancestor; a revision is not its own.
  bool is_ancestor(Index ancestor, Index descendant, Edges edges = Edges::All) const;
  /// One flag per revision: `from` and its ancestors, or `from` and its descendants.
  std::vector<char> mark_ancestors(std::span<const Index> from, Edges edges = Edges::All) const;
  std::vector<char> mark_descendants(std::span<const Index> from, Edges edges = Edges::All) const;
  /// Drops every revision that is an ancestor of another one of the list, and repetitions; keeps
  /// the order.
  std::vector<Index> maximal(std::span<const Index> revisions, Edges edges = Edges::All) const;

  /// What is wrong with the files, in a stable order; empty for a sound graph.
  const std::vector<Problem>& problems() const { return problems_; }
  /// Throws RevisionError with the first problem ("and N more"), InputError if that is a file that
  /// cannot be read, unless the graph is sound. For everything that writes.
  void require_sound() const;

 private:
  friend class GraphBuilder;
  // Compressed rows: the neighbours of i are items[offsets[i]..offsets[i + 1]).
  struct Adjacency {
    std::vector<int> offsets;
    std::vector<Index> items;
    std::span<const Index> of(Index index) const;
  };
  std::vector<Index> select(bool (Graph::*predicate)(Index) const) const;

  std::vector<std::shared_ptr<const Revision>> revisions_;  // sorted by id
  std::vector<std::pair<std::string, Index>> labels_;       // sorted by label
  Adjacency parents_, dependencies_, all_parents_, children_, all_children_;
  std::vector<Index> order_;
  std::vector<int> rank_;
  std::vector<int> label_set_;  // per revision, into label_sets_
  std::vector<std::vector<std::string>> label_sets_;
  std::vector<Problem> problems_;
};

}  // namespace cupel::revision
