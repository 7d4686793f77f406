// SPDX-License-Identifier: MIT
// Shows every effect to every family of common rules. See common_judge.hpp.
#include "lint/common_judge.hpp"

#include <array>

#include "cupel/ops/services.hpp"
#include "lint/rules.hpp"

namespace cupel::lint {
namespace {

const Details kNoDetails;

class CommonJudge final : public RevisionJudge {
 public:
  explicit CommonJudge(const CommonFacts& facts) : facts_(facts) {
    for (const auto make :
         {data_family, shape_family, compat_family, replaced_family, values_family, keys_family,
          index_family, tables_family, names_family, rows_family})
      families_.push_back(make(facts_));
  }

  void see(const Step& step, const State& state, const Report& report) override {
    Findings out(report);
    for (const auto& family : families_) family->begin_step(step, state, out);
    for (std::size_t i = 0; i < step.effects.size(); ++i) {
      const auto found = step.details.find(i);
      see(step.effects[i],
          {step, found == step.details.end() ? kNoDetails : found->second, state, so_far_}, out);
      so_far_.note(step.effects[i], state);
    }
  }

  void end_revision(const State& after, const Report& report) override {
    Findings out(report);
    for (const auto& family : families_) family->end(after, so_far_, out);
  }

 private:
  void see(const Effect& effect, const Sight& sight, Findings& out) {
    for (const auto& family : families_) family->see(effect, sight, out);
    const auto* operation = std::get_if<ops::Operation>(&effect);
    if (operation == nullptr) return;
    if (const auto* rename = std::get_if<ops::RenameTable>(operation))
      return rebuilt(*rename, sight, out);
    std::visit([&](const auto& it) { changes_of(it, sight, out); }, *operation);
  }

  template <typename T>
  void changes_of(const T& operation, const Sight& sight, Findings& out) {
    if constexpr (std::is_constructible_v<ops::TableChangeVariant, const T&>)
      change(operation.table, operation, sight, out);
  }
  /// Some databases do not say of which table.
  void changes_of(const ops::DropIndex& drop, const Sight& sight, Findings& out) {
    if (!drop.table.name.empty()) return change(drop.table, drop, sight, out);
    for (const model::Table& table : sight.state.schema.tables)
      if (table.name.schema == drop.table.schema && table.find_index(drop.name) != nullptr)
        return change(table.name, drop, sight, out);
  }
  void changes_of(const ops::AlterTable& alter, const Sight& sight, Findings& out) {
    for (const ops::TableChange& it : alter.changes) change(alter.table, it, sight, out);
    for (const model::Constraint& it : alter.extra_constraints)
      change(alter.table, ops::AddConstraint{alter.table, it}, sight, out);
  }

  /// The last step of a rebuild by hand: a table made here takes the name of one that was dropped.
  void rebuilt(const ops::RenameTable& rename, const Sight& sight, Findings& out) {
    const ObjectName name(rename.table.schema, rename.new_name);
    const auto old = so_far_.dropped.find(name);
    const model::Table* made = sight.table(rename.table);
    if (!so_far_.has_made(rename.table) || old == so_far_.dropped.end() || made == nullptr) return;
    for (const ops::TableChange& it : changes_between(old->second, *made))
      change(name, it, sight, out);
  }

  void change(const ObjectName& table, const ops::TableChange& change, const Sight& sight,
              Findings& out) {
    for (const auto& family : families_) family->change(table, change, sight, out);
  }

  CommonFacts facts_;
  SoFar so_far_;
  std::vector<std::unique_ptr<Family>> families_;
};

}  // namespace

std::unique_ptr<RevisionJudge> make_common_judge(const CommonFacts& facts) {
  return std::make_unique<CommonJudge>(facts);
}

// Findings

Finding& Findings::add(std::string_view code, const FilePosition& place, std::string object,
                       std::string message) {
  flush();
  const Rule* rule = find_common_rule(code);
  if (rule == nullptr) throw Bug("no rule '" + std::string(code) + "'");
  Finding& finding = pending_.emplace();
  finding.code = code;
  finding.severity = rule->severity;
  finding.place = place;
  finding.object = std::move(object);
  finding.message = std::move(message);
  return finding;
}

void Findings::flush() {
  if (!pending_) return;
  Finding finding = std::move(*pending_);
  pending_.reset();
  report_(std::move(finding));
}

// Families

Family::~Family() = default;
void Family::begin_step(const Step&, const State&, Findings&) {}
void Family::see(const Effect&, const Sight&, Findings&) {}
void Family::change(const ObjectName&, const ops::TableChange&, const Sight&, Findings&) {}
void Family::end(const State&, const SoFar&, Findings&) {}

std::string Family::type_words(const model::Type& type) const {
  try {
    return facts_.writer->type_text(type);
  } catch (const UsageError&) {
    return "another type";
  }
}

std::string Family::quoted(const std::vector<std::string>& names) const {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + quote(name);
  return text;
}

// Sight

bool Sight::is_in_use(const ObjectName& table) const {
  return !so_far.has_made(table) && state.is_old(table);
}

bool Sight::may_hold_rows(const ObjectName& table) const {
  return is_in_use(table) && state.rows_of(table) != 0;
}

// What was done so far

namespace {

/// Carries what is known about a table or column to its new name.
class Noter {
 public:
  Noter(SoFar& so_far, const State& state) : so_far_(so_far), state_(state) {}

  template <typename T>
  void operator()(const T&) {}

  void operator()(const ops::Operation& operation) { std::visit(*this, operation); }
  void operator()(const ChangeRows& change) {
    if (change.verb != ChangeRows::Verb::Update) return;
    for (const std::string& column : change.columns) so_far_.written.insert({change.table, column});
  }
  void operator()(const ops::CreateTable& create) {
    if (state_.schema.find_table(create.table.name) == nullptr)
      so_far_.made.insert(create.table.name);
  }
  void operator()(const ops::DropTable& drop) {
    if (so_far_.made.erase(drop.table) > 0) return;
    if (state_.is_old(drop.table)) so_far_.dropped_in_use.insert(drop.table);
    if (const model::Table* table = state_.schema.find_table(drop.table))
      so_far_.dropped.insert_or_assign(drop.table, *table);
    else if (drop.was)
      so_far_.dropped.insert_or_assign(drop.table, *drop.was);
  }
  void operator()(const ops::RenameTable& rename) {
    const ObjectName to(rename.table.schema, rename.new_name);
    if (so_far_.made.erase(rename.table) > 0) so_far_.made.insert(to);
    move(so_far_.added, rename.table, to);
    std::set<ColumnKey> written;
    for (const auto& [table, column] : so_far_.written)
      written.insert({table == rename.table ? to : table, column});
    so_far_.written = std::move(written);
  }
  void operator()(const ops::AlterTable& alter) {
    for (const ops::TableChange& change : alter.changes)
      std::visit(
          [&](auto one) {
            one.table = alter.table;
            (*this)(one);
          },
          change);
  }
  void operator()(const ops::AddColumn& add) {
    so_far_.added.insert_or_assign(ColumnKey(add.table, add.column.name), add.column);
  }
  void operator()(const ops::DropColumn& drop) { so_far_.added.erase({drop.table, drop.column}); }
  void operator()(const ops::AlterColumn& alter) {
    const auto added = so_far_.added.find({alter.table, alter.column});
    if (added != so_far_.added.end()) {
      if (alter.nullable) added->second.nullable = *alter.nullable;
      if (alter.server_default.drops()) added->second.server_default.reset();
      if (alter.server_default.sets()) added->second.server_default = alter.server_default.value;
    }
    if (!alter.new_name) return;
    if (auto node = so_far_.added.extract(ColumnKey(alter.table, alter.column))) {
      node.key().second = *alter.new_name;
      so_far_.added.insert(std::move(node));
    }
    if (so_far_.written.erase({alter.table, alter.column}) > 0)
      so_far_.written.insert({alter.table, *alter.new_name});
  }
  void operator()(const ops::AddConstraint& add) {
    const auto* check = std::get_if<model::CheckConstraint>(&add.constraint);
    if (check == nullptr) return;
    static constexpr std::string_view kEnd = " IS NOT NULL";
    const std::string& text = check->expression;
    if (text.size() <= kEnd.size()) return;
    for (std::size_t i = 0; i < kEnd.size(); ++i)
      if (std::toupper(static_cast<unsigned char>(text[text.size() - kEnd.size() + i])) != kEnd[i])
        return;
    so_far_.not_null_checks.insert(dotted(add.table, text.substr(0, text.size() - kEnd.size())));
  }

 private:
  static void move(std::map<ColumnKey, model::Column>& columns, const ObjectName& from,
                   const ObjectName& to) {
    std::map<ColumnKey, model::Column> moved;
    for (auto& [key, column] : columns)
      moved.emplace(ColumnKey(key.first == from ? to : key.first, key.second), std::move(column));
    columns = std::move(moved);
  }
  SoFar& so_far_;
  const State& state_;
};

}  // namespace

void SoFar::note(const Effect& effect, const State& state) {
  std::visit(Noter(*this, state), effect);
}

const model::Column* SoFar::added_column(const ObjectName& table, const std::string& column) const {
  const auto found = added.find({table, column});
  return found == added.end() ? nullptr : &found->second;
}

// Words

std::string column_of(const std::string& column, const ObjectName& table) {
  return "column '" + column + "' of table '" + to_string(table) + "'";
}
std::string table_words(const ObjectName& table) { return "table '" + to_string(table) + "'"; }
std::string dotted(const ObjectName& table, const std::string& column) {
  return to_string(table) + "." + column;
}

std::string rows_words(std::int64_t rows) {
  if (rows < 0) return "the rows";
  std::string number = std::to_string(rows);
  for (std::size_t i = number.size(); i > 3; i -= 3) number.insert(i - 3, ",");
  return "about " + number + (rows == 1 ? " row" : " rows");
}

}  // namespace cupel::lint
