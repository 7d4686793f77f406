// SPDX-License-Identifier: MIT
// See guess.hpp.
#include "diff/guess.hpp"

#include <algorithm>

#include "cupel/base/text.hpp"
#include "diff/similar.hpp"

namespace cupel::diff {
namespace {

using model::Column;
using model::ObjectName;
using model::Table;

/// How well a removed and an added thing match.
struct Match {
  std::size_t from = 0;
  std::size_t to = 0;
  bool equal = false;      ///< all but the name
  bool supported = false;  ///< something else speaks for it: the place, the name
  int score = 0;           ///< the best one is asked
  std::string why;
};

/// Takes what is beyond doubt and asks about the rest, each thing in one question at most.
class Judge {
 public:
  Judge(const Options& options, RenameDecision& result) : options_(options), result_(result) {}

  template <typename MakeRename>
  void run(std::vector<Match> matches, const MakeRename& make) {
    std::erase_if(matches, [&](const Match& it) { return is_denied(make(it)); });
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.score > b.score; });
    const std::vector<Match> all = matches;
    while (!matches.empty()) {
      const Match best = matches.front();
      if (options_.guess_renames && is_sure(best, all)) {
        result_.renames.push_back(make(best));
      } else {
        result_.questions.push_back({make(best), best.why});
      }
      std::erase_if(matches,
                    [&](const Match& it) { return it.from == best.from || it.to == best.to; });
    }
  }

 private:
  bool is_denied(const Rename& rename) const {
    const auto& denied = options_.not_renames;
    return std::find(denied.begin(), denied.end(), rename) != denied.end();
  }

  static bool is_sure(const Match& match, const std::vector<Match>& all) {
    if (!match.equal || !match.supported) return false;
    return std::none_of(all.begin(), all.end(), [&](const Match& other) {
      const bool rivals = (other.from == match.from) != (other.to == match.to);
      return rivals && other.equal;
    });
  }

  const Options& options_;
  RenameDecision& result_;
};

std::string joined(const std::vector<std::string>& reasons) { return text::join(reasons, ", "); }

// Tables

bool is_renamed_from(const std::vector<Rename>& renames, const ObjectName& name) {
  return std::any_of(renames.begin(), renames.end(),
                     [&](const Rename& it) { return it.table == name; });
}
bool is_renamed_to(const std::vector<Rename>& renames, const ObjectName& name) {
  return std::any_of(renames.begin(), renames.end(), [&](const Rename& it) {
    return it.table.schema == name.schema && it.new_name == name.name;
  });
}

struct Candidate {
  const Table* table = nullptr;
  StoredTable stored;
  std::size_t shape = 0;  ///< the same for tables whose columns have the same names
};

std::size_t shape_of(const Table& table) {
  std::size_t shape = table.columns.size();
  for (const Column& column : table.columns) shape += std::hash<std::string>()(column.name);
  return shape;
}

class TableGuess {
 public:
  TableGuess(const Side& from, const Side& to, const DiffRules& rules, const Options& options,
             RenameDecision& result)
      : from_(from), to_(to), rules_(rules), options_(options), result_(result) {}

  void run() {
    collect(from_, to_, removed_, [&](const Table& table) {
      return is_renamed_from(result_.renames, table.name) ||
             (options_.is_owned && !options_.is_owned(model::key_of(table)));
    });
    if (removed_.empty()) return;
    collect(to_, from_, added_,
            [&](const Table& table) { return is_renamed_to(result_.renames, table.name); });
    // Of very many only those are looked at that have columns of the same names.
    constexpr std::size_t kMany = 20000;
    const bool many = removed_.size() * added_.size() > kMany;
    std::vector<Match> matches;
    for (std::size_t i = 0; i < removed_.size(); ++i) {
      for (std::size_t j = 0; j < added_.size(); ++j) {
        if (!many || removed_[i].shape == added_[j].shape) consider(i, j, matches);
      }
    }
    Judge(options_, result_).run(std::move(matches), [&](const Match& it) {
      return Rename{removed_[it.from].table->name, {}, added_[it.to].table->name.name};
    });
  }

 private:
  template <typename IsOut>
  void collect(const Side& side, const Side& other, std::vector<Candidate>& out,
               const IsOut& is_out) const {
    for (const Table* table : side.tables()) {
      if (other.find(rules_.stored_name(table->name)) != nullptr) continue;
      if (is_out(*table) || table->partition_of) continue;
      out.push_back({table, side.stored(*table), shape_of(*table)});
    }
  }

  void consider(std::size_t i, std::size_t j, std::vector<Match>& matches) const {
    const Table& from = removed_[i].stored.table;
    const Table& to = added_[j].stored.table;
    if (from.name.schema != to.name.schema || from.columns.empty() || to.columns.empty()) return;
    constexpr std::size_t kTelling = 3;  // two columns of one type are found in many tables
    const std::size_t common = common_columns(from, to);
    const std::size_t most = std::max(from.columns.size(), to.columns.size());
    const bool similar = similar_names(from.name.name, to.name.name);
    const bool same_key =
        from.primary_key.has_value() == to.primary_key.has_value() &&
        (!from.primary_key || from.primary_key->columns == to.primary_key->columns);
    const bool all = common == most && same_key;
    const bool many = common * 10 >= most * 7 && common >= kTelling;
    const bool some = common * 2 >= most && similar;
    if (!all && !many && !some) return;
    std::vector<std::string> reasons;
    reasons.push_back(all ? "the same columns"
                          : std::to_string(common) + " of " + std::to_string(most) +
                                " columns are the same");
    if (similar) reasons.emplace_back("a similar name");
    matches.push_back({.from = i,
                       .to = j,
                       .equal = all,
                       .supported = similar || common >= kTelling,
                       .score = static_cast<int>(common * 100 / most) + (similar ? 50 : 0),
                       .why = joined(reasons)});
  }

  std::size_t common_columns(const Table& from, const Table& to) const {
    std::size_t common = 0;
    for (const Column& column : from.columns) {
      const Column* other = to.find_column(column.name);
      if (other != nullptr && same_column_type(column.type, other->type, rules_)) ++common;
    }
    return common;
  }

  const Side& from_;
  const Side& to_;
  const DiffRules& rules_;
  const Options& options_;
  RenameDecision& result_;
  std::vector<Candidate> removed_;
  std::vector<Candidate> added_;
};

// Columns

struct Place {
  const Column* column = nullptr;
  std::string behind;      ///< the last column before it that both tables have
  std::size_t number = 0;  ///< among those behind that one
};

class ColumnGuess {
 public:
  ColumnGuess(const Side& from_side, const Table& from, const Side& to_side, const Table& to,
              const DiffRules& rules, const Options& options, RenameDecision& result)
      : original_(from), rules_(rules), options_(options), result_(result) {
    diff_.from = from_side.stored(from);
    diff_.to = to_side.stored(to);
  }

  void run() {
    const Table& from = diff_.from.table;
    const Table& to = diff_.to.table;
    const std::vector<Place> removed =
        places(from, to, [&](const std::string& name) { return is_decided(name, true); });
    const std::vector<Place> added =
        places(to, from, [&](const std::string& name) { return is_decided(name, false); });
    std::vector<Match> matches;
    for (std::size_t i = 0; i < removed.size(); ++i) {
      for (std::size_t j = 0; j < added.size(); ++j) {
        if (const auto match = consider(removed[i], added[j])) {
          matches.push_back(*match);
          matches.back().from = i;
          matches.back().to = j;
        }
      }
    }
    Judge(options_, result_).run(std::move(matches), [&](const Match& it) {
      return Rename{original_.name, removed[it.from].column->name, added[it.to].column->name};
    });
  }

 private:
  bool is_decided(const std::string& column, bool old) const {
    return std::any_of(result_.renames.begin(), result_.renames.end(), [&](const Rename& it) {
      return it.table == original_.name && (old ? it.column : it.new_name) == column;
    });
  }

  template <typename IsDecided>
  static std::vector<Place> places(const Table& table, const Table& other,
                                   const IsDecided& is_decided) {
    std::vector<Place> result;
    std::string behind;
    std::size_t number = 0;
    for (const Column& column : table.columns) {
      if (other.find_column(column.name) != nullptr) {
        behind = column.name;
        number = 0;
      } else if (is_decided(column.name)) {
        ++number;
      } else {
        result.push_back({&column, behind, number++});
      }
    }
    return result;
  }

  std::optional<Match> consider(const Place& from, const Place& to) const {
    const bool similar = similar_names(from.column->name, to.column->name);
    const bool same_place = from.behind == to.behind && from.number == to.number;
    const ColumnDiff diff = compare_columns(diff_, *from.column, *to.column, rules_);
    const bool in_key = is_in_key(diff_.from.table, *from.column);
    const bool equal = !diff.type && !diff.nullable && !diff.server_default && !diff.computed &&
                       !diff.identity && !diff.autoincrement &&
                       in_key == is_in_key(diff_.to.table, *to.column);
    const bool likely = equal || (similar && (!diff.type || same_place));
    if (!likely) return std::nullopt;
    std::vector<std::string> reasons;
    if (!diff.type) reasons.emplace_back("the same type");
    if (same_place) reasons.emplace_back("the same place");
    if (similar) reasons.emplace_back("a similar name");
    return Match{
        .equal = equal,
        .supported = same_place || similar,
        .score = (equal ? 8 : 0) + (diff.type ? 0 : 4) + (similar ? 2 : 0) + (same_place ? 1 : 0),
        .why = joined(reasons)};
  }

  static bool is_in_key(const Table& table, const Column& column) {
    if (!table.primary_key) return false;
    const std::vector<std::string>& key = table.primary_key->columns;
    return std::find(key.begin(), key.end(), column.name) != key.end();
  }

  const Table& original_;
  const DiffRules& rules_;
  const Options& options_;
  RenameDecision& result_;
  TableDiff diff_;
};

/// Looked at first, for it costs nothing: most tables have all their columns on both sides.
bool lacks_a_column(const Table& table, const Table& other) {
  return std::any_of(table.columns.begin(), table.columns.end(), [&](const Column& column) {
    return other.find_column(column.name) == nullptr;
  });
}

}  // namespace

void guess_tables(const Side& from, const Side& to, const DiffRules& rules, const Options& options,
                  RenameDecision& result) {
  TableGuess(from, to, rules, options, result).run();
}

void guess_columns(const Side& from_side, const Table& from, const Side& to_side, const Table& to,
                   const DiffRules& rules, const Options& options, RenameDecision& result) {
  if (from.partition_of || to.partition_of) return;
  if (!lacks_a_column(from, to) || !lacks_a_column(to, from)) return;
  ColumnGuess(from_side, from, to_side, to, rules, options, result).run();
}

}  // namespace cupel::diff
