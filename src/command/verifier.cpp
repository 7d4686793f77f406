// SPDX-License-Identifier: MIT
// See verifier.hpp.
//
// Each revision goes up, down and up again on top of all that came before it. What is there after
// the way back is compared with what was there before; the second way up only has to run: it starts
// from the same schema.
#include "command/verifier.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "command/comparison.hpp"
#include "command/filter.hpp"
#include "command/kept_rows.hpp"
#include "command/made_rows.hpp"
#include "command/replay.hpp"
#include "cupel/base/text.hpp"
#include "cupel/diff/rules.hpp"
#include "cupel/revision/resolve.hpp"
#include "revision/other_order.hpp"

namespace cupel::command {
namespace {

using Microseconds = std::chrono::microseconds;
using revision::Index;

class Stopwatch {
 public:
  Microseconds time() const {
    const auto now = std::chrono::steady_clock::now();
    return std::max(Microseconds(1), std::chrono::duration_cast<Microseconds>(now - begun_));
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

class Verifier {
 public:
  Verifier(Project& project, const VerifyRequest& request, VerifyPart part, bool is_thorough)
      : is_thorough_(is_thorough),
        project_(&project),
        graph_(&project.graph()),
        request_(&request),
        part_(part),
        all_(revisions_to_verify(project, request)),
        seed_(project, request.seed),
        made_(project.dialect(), request.rows),
        broken_(graph_->size()) {}

  VerifyReport run() {
    replay_ = std::make_unique<Replay>(*project_);
    seed_.run(*replay_, "");
    rise_to_start();
    before_ = schema();
    for (std::size_t i = part_.first; i < part_.end; ++i) {
      if (project_->is_interrupted && project_->is_interrupted())
        throw Interrupted("interrupted; the scratch database is gone");
      if (request_->on_step) request_->on_step(i + 1, all_.size(), graph_->id(all_[i]));
      report_.revisions.push_back(entry_for(all_[i]));
      if (!is_broken(all_[i])) try_revision(all_[i]);
    }
    replay_->forget();
    is_sound_ = is_thorough_ || schema() == before_;
    for (const auto& [table, refusal] : made_.refused())
      report_.unfilled.emplace(model::to_string(table), refusal);
    report_.has_models = project_->has_target();
    if (part_.end == all_.size()) try_end();
    return std::move(report_);
  }
  /// False if reading all of the database in the end shows another schema than the steps have
  /// shown.
  bool is_sound() const { return is_sound_; }

 private:
  /// An inspector may have read only what has changed since it was asked last.
  model::Schema schema() {
    if (is_thorough_) replay_->forget();
    return replay_->schema();
  }

  void try_end() {
    if (std::find(broken_.begin(), broken_.end(), 1) != broken_.end()) return;
    try_other_order();
    if (report_.has_models) compare_with_models();
  }

  bool has_rows() const { return !seed_.empty() || !made_.empty(); }

  /// What belongs to a revision that has just run.
  void put_rows(const std::string& revision, const model::Schema& schema) {
    seed_.run(*replay_, revision);
    made_.fill(replay_->connection(), schema);
  }

  /// By revision: what has run when the part begins.
  std::vector<char> done_before() const {
    const std::vector<Index> from =
        request_->from.empty() ? std::vector<Index>() : revision::resolve(*graph_, request_->from);
    std::vector<char> done = graph_->mark_ancestors(from);
    for (std::size_t i = 0; i < part_.first; ++i) done[static_cast<std::size_t>(all_[i])] = 1;
    return done;
  }

  /// One by one if there are rows to be put in between.
  void rise_to_start() {
    const std::vector<char> done = done_before();
    const auto has_later = [&](Index index) {
      const std::span<const Index> children = graph_->all_children(index);
      return std::any_of(children.begin(), children.end(),
                         [&](Index child) { return done[static_cast<std::size_t>(child)] != 0; });
    };
    for (const Index index : graph_->order()) {
      if (done[static_cast<std::size_t>(index)] == 0 || (!has_rows() && has_later(index))) continue;
      rows_ = replay_->upgrade(graph_->id(index));
      if (has_rows()) put_rows(graph_->id(index), schema());
    }
  }

  VerifiedRevision entry_for(Index index) const {
    const revision::Revision& info = graph_->at(index);
    return {info.id, info.message, info.path, {}, {}, {}, !is_broken(index)};
  }

  bool is_broken(Index index) const { return broken_[static_cast<std::size_t>(index)] != 0; }

  void try_revision(Index index) {
    const std::string& id = graph_->id(index);
    VerifiedRevision& entry = report_.revisions.back();
    std::optional<KeptRows> rows;
    if (has_rows()) rows.emplace(*replay_, before_, project_->dialect());
    const Stopwatch up;
    try {
      rows_ = replay_->upgrade(id);
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      return upgrade_failed(index, error);
    }
    entry.up = up.time();
    model::Schema after = schema();
    go_back_and_forth(index, after, rows);
    before_ = std::move(after);
    put_rows(id, before_);
  }

  void upgrade_failed(Index index, const Error& error) {
    const std::vector<char> lost = graph_->mark_descendants({&index, 1});
    for (std::size_t i = 0; i < lost.size(); ++i) broken_[i] |= lost[i];
    VerifyFinding& finding = add("VF001", index, "it does not run");
    take_words(finding, error);
    if (runs_alone(index)) {
      finding.code = "VF006";
      finding.message = "it does not run after the revisions of another branch, only without them";
      finding.hint =
          "let it depend on what it needs (depends_on), or write it so that either "
          "order will do";
    }
    start_anew();
  }

  /// True if the other branches are why it does not run.
  bool runs_alone(Index index) {
    const std::vector<char> needed = graph_->mark_ancestors({&index, 1});
    const bool needs_all = std::none_of(
        report_.revisions.begin(), report_.revisions.end(), [&](const VerifiedRevision& other) {
          return other.is_tried &&
                 needed[static_cast<std::size_t>(*graph_->find(other.revision))] == 0;
        });
    if (needs_all) return false;
    try {
      Replay(*project_).upgrade(graph_->id(index));
      return true;
    } catch (const Interrupted&) {
      throw;
    } catch (const Error&) {
      return false;
    }
  }

  void go_back_and_forth(Index index, const model::Schema& after,
                         const std::optional<KeptRows>& rows) {
    const std::string& id = graph_->id(index);
    VerifiedRevision& entry = report_.revisions.back();
    try {
      project_->migrations().get(id).check(revision::Direction::Downgrade, project_->dialect());
    } catch (const Error& error) {
      if (allows(id, "VF002")) return;
      take_words(add("VF002", index, "it has no downgrade"), error);
      return;
    }
    const Stopwatch down;
    try {
      replay_->downgrade(id + "-1");
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      take_words(add("VF003", index, "its downgrade does not run"), error);
      if (!(schema() == after)) start_anew();
      return;
    }
    entry.down = down.time();
    const bool is_restored = judge_restored(index, rows);
    const Stopwatch again;
    try {
      replay_->upgrade(id);
      entry.again = again.time();
      if (is_restored || schema() == after) return;
    } catch (const Interrupted&) {
      throw;
    } catch (const Error& error) {
      if (is_restored)
        take_words(add("VF005", index, "it does not run again after its downgrade"), error);
    }
    start_anew();
  }

  bool judge_restored(Index index, const std::optional<KeptRows>& rows) {
    const std::string& id = graph_->id(index);
    const model::Schema restored = schema();
    if (!(restored == before_)) {
      std::vector<diff::Finding> differences = compare(before_, restored, nullptr, nullptr);
      if (!differences.empty()) {
        if (!allows(id, "VF004"))
          add("VF004", index, "its downgrade does not restore what was there before").differences =
              std::move(differences);
        return false;
      }
    }
    if (!rows || allows(id, "VF008")) return true;
    std::vector<std::string> lost = rows->lost(KeptRows(*replay_, restored, project_->dialect()));
    if (lost.empty()) return true;
    add("VF008", index, "its way up and back loses data").notes = std::move(lost);
    return false;
  }

  /// The scratch database is not what it should be: another one, with all that runs.
  void start_anew() {
    replay_ = std::make_unique<Replay>(*project_);
    seed_.run(*replay_, "");
    made_.forget();
    if (has_rows()) {
      for (const Index index : graph_->order()) {
        if (is_broken(index) || !is_applied(index)) continue;
        replay_->upgrade(graph_->id(index));
        if (graph_->id(index) != current()) put_rows(graph_->id(index), schema());
      }
      return;
    }
    for (const std::string& row : rows_) replay_->upgrade(row);
  }

  bool is_applied(Index index) const {
    std::vector<Index> tops;
    for (const std::string& row : rows_) tops.push_back(*graph_->find(row));
    return graph_->mark_ancestors(tops)[static_cast<std::size_t>(index)] != 0;
  }

  /// The revision that is being tried; its rows come when it is done.
  const std::string& current() const { return report_.revisions.back().revision; }

  void try_other_order() {
    const std::vector<Index> order = revision::other_order(*graph_);
    if (order == graph_->order()) return;
    Replay replay(*project_);
    for (const Index index : order) {
      try {
        replay.upgrade(graph_->id(index));
      } catch (const Interrupted&) {
        throw;
      } catch (const Error& error) {
        VerifyFinding& finding =
            add("VF006", index, "it runs only if another branch has run before it");
        finding.hint = "name the revision that it needs in depends_on";
        take_words(finding, error);
        return;
      }
    }
    const model::Schema schema = replay.schema();
    if (schema == before_) return;
    std::vector<diff::Finding> differences = compare(before_, schema, nullptr, nullptr);
    if (differences.empty()) return;
    VerifyFinding& finding = report_.findings.emplace_back();
    finding.code = "VF006";
    finding.message = "the schema depends on which branch runs first";
    finding.hint = "name in depends_on what must come before";
    finding.differences = std::move(differences);
  }

  void compare_with_models() {
    const std::unique_ptr<diff::Normalizer> normalizer =
        project_->dialect().make_normalizer(replay_->connection());
    const std::string default_schema =
        project_->dialect().make_inspector(replay_->connection())->default_schema();
    const Filter filter(*project_, default_schema);
    std::vector<diff::Finding> differences =
        compare(before_, project_->target().schema, normalizer.get(), &filter);
    report_.compared_models = true;
    if (differences.empty()) return;
    VerifyFinding& finding = report_.findings.emplace_back();
    finding.code = "VF007";
    finding.message = "the revisions do not make what the models say";
    finding.differences = std::move(differences);
    finding.hint = "write the way there: cupel revision --autogenerate -m \"...\"";
  }

  std::vector<diff::Finding> compare(const model::Schema& from, const model::Schema& to,
                                     diff::Normalizer* normalizer, const Filter* filter) const {
    diff::Options options;
    options.guess_renames = false;
    options.normalizer = normalizer;
    if (filter != nullptr) {
      options.is_included = [filter](const model::ObjectKey& key, const std::string& part) {
        return filter->includes(key, part);
      };
    }
    return compare_refusing_renames(from, to, project_->dialect().diff_rules(), std::move(options))
        .findings;
  }

  bool allows(const std::string& id, const std::string& code) const {
    const script::Migration& migration = project_->migrations().get(id);
    const auto has = [&](std::span<const std::string> codes) {
      return std::find(codes.begin(), codes.end(), code) != codes.end();
    };
    if (has(migration.allows())) return true;
    for (const script::WrittenStatement& written :
         migration.statements(revision::Direction::Upgrade, project_->dialect()))
      if (has(written.allows)) return true;
    return false;
  }

  VerifyFinding& add(std::string code, Index index, std::string message) {
    VerifyFinding& finding = report_.findings.emplace_back();
    finding.code = std::move(code);
    finding.revision = graph_->id(index);
    finding.path = graph_->at(index).path;
    finding.message = std::move(message);
    return finding;
  }

  static void take_words(VerifyFinding& finding, const Error& error) {
    finding.notes.emplace_back(error.what());
    for (const std::string& note : error.notes())
      if (!note.starts_with("rolled back;")) finding.notes.push_back(note);
    if (finding.hint.empty()) finding.hint = error.hint();
  }

  bool is_thorough_;
  bool is_sound_ = true;
  Project* project_;
  const revision::Graph* graph_;
  const VerifyRequest* request_;
  VerifyPart part_;
  std::vector<Index> all_;
  Seed seed_;
  MadeRows made_;
  std::vector<char> broken_;  ///< by revision: it, or what it stands on, does not run
  std::unique_ptr<Replay> replay_;
  std::vector<std::string> rows_;  ///< of the scratch database's version table
  model::Schema before_;
  VerifyReport report_;
};

}  // namespace

std::vector<Index> revisions_to_verify(Project& project, const VerifyRequest& request) {
  const revision::Graph& graph = project.graph();
  if (request.from.empty()) return graph.order();
  const std::vector<char> done = graph.mark_ancestors(revision::resolve(graph, request.from));
  std::vector<Index> order;
  for (const Index index : graph.order())
    if (done[static_cast<std::size_t>(index)] == 0) order.push_back(index);
  return order;
}

VerifyReport verify_part(Project& project, const VerifyRequest& request, VerifyPart part) {
  Verifier quick(project, request, part, /*is_thorough=*/false);
  VerifyReport report = quick.run();
  if (quick.is_sound()) return report;
  return Verifier(project, request, part, /*is_thorough=*/true).run();
}

}  // namespace cupel::command
