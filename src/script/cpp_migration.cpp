// SPDX-License-Identifier: MIT
// See cpp_migration.hpp.
#include "script/cpp_migration.hpp"

#include <exception>
#include <utility>

#include "context/unwind.hpp"

namespace cupel::script {
namespace {

revision::Revision info_of(const CppRevision& revision) {
  revision::Revision info;
  info.id = revision.id;
  info.parents = revision.down_revision;
  info.depends_on = revision.depends_on;
  info.branch_labels = revision.branch_labels;
  info.message = revision.message;
  info.path = revision.path;
  info.created = revision.created;
  return info;
}

class CppMigration final : public Migration {
 public:
  explicit CppMigration(CppRevision revision)
      : Migration(info_of(revision)), revision_(std::move(revision)) {}
  std::string checksum() const override { return revision_.checksum; }
  bool is_plain_sql() const override { return false; }
  std::span<const std::string> allows() const override { return revision_.allows; }

  void check(revision::Direction direction, const dialect::Dialect&) const override {
    if (direction == revision::Direction::Upgrade || revision_.downgrade) return;
    throw NotSupported("revision '" + info().id + "' has no downgrade function",
                       "restore a backup, or write what undoes it into its .downgrade");
  }

  void run(revision::Direction direction, context::Operations& op) const override {
    check(direction, op.dialect());
    const bool up = direction == revision::Direction::Upgrade;
    const auto& body = up ? revision_.upgrade : revision_.downgrade;
    if (!body) return;
    try {
      if (!revision_.no_transaction) return body(op);
      op.autocommit_block([&] { body(op); });
    } catch (const UsageError& error) {
      // Wrong arguments of a call in a revision are a wrong file, not a wrong command line.
      InputError wrong({}, error.message(), error.hint());
      wrong.set_where(error.where());
      for (const std::string& note : error.notes()) wrong.add_note(note);
      name_revision(wrong);
      throw wrong;
    } catch (Error& error) {
      name_revision(error);
      throw;
    } catch (const std::exception& error) {
      // The author's own exception stays inside: std::rethrow_if_nested() gives it back.
      std::throw_with_nested(foreign_error(up, error.what()));
    } catch (const context::Unwind&) {
      throw;
    } catch (...) {
      std::throw_with_nested(foreign_error(up, "something that is no std::exception"));
    }
  }

 private:
  void name_revision(Error& error) const {
    if (error.where().empty()) {
      error.set_where(name());
    } else if (error.where().find(name()) == std::string::npos) {
      error.add_note("in " + name());
    }
  }
  Error foreign_error(bool up, const char* what) const {
    Error error(std::string("the ") + (up ? "upgrade" : "downgrade") +
                " function threw an exception: " + what);
    error.set_where(name());
    return error;
  }
  std::string name() const { return "revision '" + info().id + "'"; }
  CppRevision revision_;
};

class UnlinkedMigration final : public Migration {
 public:
  explicit UnlinkedMigration(revision::Revision info) : Migration(std::move(info)) {}
  std::string checksum() const override { return {}; }
  bool is_plain_sql() const override { return false; }
  void run(revision::Direction direction, context::Operations& op) const override {
    check(direction, op.dialect());
  }
  void check(revision::Direction, const dialect::Dialect&) const override {
    NotSupported error(
        "revision '" + info().id + "' is written in C++ and not linked into this program",
        "build the project's own program (cupel_add_migrations in CMake) and run it instead of "
        "cupel");
    error.set_where(info().path);
    throw error;
  }
};

}  // namespace

std::unique_ptr<Migration> make_cpp_migration(CppRevision revision) {
  return std::make_unique<CppMigration>(std::move(revision));
}
std::unique_ptr<Migration> make_unlinked_migration(revision::Revision info) {
  return std::make_unique<UnlinkedMigration>(std::move(info));
}

}  // namespace cupel::script
