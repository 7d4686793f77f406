// SPDX-License-Identifier: MIT
// A revision in Python. Its header is read without running it; the file is parsed when a run checks
// its steps, and run when its turn comes.
#include <utility>

#include "alembic/runtime_state.hpp"
#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"

namespace cupel::alembic {
namespace {

/// Codes of the lines `# cupel: allow DS001 because REASON`.
std::vector<std::string> allows_of(std::string_view text) {
  std::vector<std::string> codes;
  constexpr std::string_view kMark = "# cupel: allow ";
  for (std::size_t at = text.find(kMark); at != std::string_view::npos; at = text.find(kMark, at)) {
    at += kMark.size();
    const std::string_view line = text.substr(at, text.substr(at).find('\n'));
    const std::size_t because = line.find(" because ");
    if (because == std::string_view::npos) continue;
    for (std::string& code : text::split_list(std::string(line.substr(0, because))))
      codes.push_back(text::to_upper(code));
  }
  return codes;
}

/// How a revision says yes, in this language.
std::string in_python(const std::string& hint) {
  constexpr std::string_view kOffline = "if (!op.is_offline())";
  if (hint.find(kOffline) != std::string::npos)
    return text::replace_all(hint, kOffline, "if not context.is_offline_mode()");
  constexpr std::string_view kBegin = ".allows = {\"";
  constexpr std::string_view kEnd = "\"} in the revision";
  const std::size_t begin = hint.find(kBegin);
  const std::size_t end = hint.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos) return hint;
  const std::size_t code = begin + kBegin.size();
  return hint.substr(0, begin) + "# cupel: allow " + hint.substr(code, end - code) +
         " because <reason>, in the file" + hint.substr(end + kEnd.size());
}

constexpr std::string_view kHeaderNames[] = {"revision", "down_revision", "branch_labels",
                                             "depends_on"};

using Assignment = python::Assignment;

/// The first paragraph of a docstring on one line, as Alembic shows it.
std::string message_of(std::string_view docstring) {
  std::string message;
  for (const std::string& line : text::split(text::trim(docstring), '\n')) {
    const std::string_view words = text::trim(line);
    if (words.empty()) break;
    if (!message.empty()) message += ' ';
    message += words;
  }
  return message;
}

/// What follows "Create Date:" in a docstring.
std::string created_of(std::string_view docstring) {
  constexpr std::string_view kMark = "Create Date:";
  const std::size_t at = docstring.find(kMark);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = docstring.substr(at + kMark.size());
  return std::string(text::trim(rest.substr(0, rest.find('\n'))));
}

/// Texts of a header's value, where the file was run to know them.
std::vector<std::string> texts_of(python::Interpreter& in, const python::Value& value,
                                  std::string_view name, const std::string& path) {
  if (!value.is_set() || value.is_none()) return {};
  if (in.is_str(value)) return {std::string(in.view(value))};
  const auto refuse = [&](const python::Value& got) {
    throw InputError(
        {path}, std::string(name) + " must be a text or a tuple of texts, got " + in.repr_of(got),
        "write it in quotes");
  };
  if (in.is_integer(value) || value.is_float()) refuse(value);
  std::vector<std::string> texts;
  for (const python::Value& item : in.items_of(value)) {
    if (!in.is_str(item)) refuse(item);
    texts.emplace_back(in.view(item));
  }
  return texts;
}

class PyMigration final : public script::Migration {
 public:
  PyMigration(Runtime::State& state, revision::Revision info, std::string text)
      : Migration(std::move(info)),
        state_(&state),
        checksum_(text::checksum(text)),
        allows_(allows_of(text)) {}

  std::string checksum() const override { return checksum_; }
  bool is_plain_sql() const override { return false; }
  std::span<const std::string> allows() const override { return allows_; }

  void check(revision::Direction, const dialect::Dialect&) const override {
    python::parse(state_->settings.files->read(info().path), info().path);
  }

  void run(revision::Direction direction, context::Operations& op) const override {
    const Running running(*state_, op);
    python::Interpreter& in = state_->interpreter();
    op.set_place([this, &in] { return place_in(in.stack()); });
    const bool up = direction == revision::Direction::Upgrade;
    try {
      python::Value& module = state_->modules[info().path];
      if (!module.is_set()) module = in.load(info().path);
      const python::Value function = in.find_attribute(module, up ? "upgrade" : "downgrade");
      if (!function.is_set()) throw no_function(up);
      in.call(function);
    } catch (const python::ScriptError& error) {
      rethrow(error);
    }
  }

 private:
  /// The innermost line of this file; or of any, where that is the file's own.
  FilePosition place_in(const std::vector<python::TraceLine>& stack) const {
    for (const python::TraceLine& line : stack)
      if (line.position.file == info().path) return line.position;
    return {info().path};
  }
  NotSupported no_function(bool up) const {
    const std::string word = up ? "upgrade" : "downgrade";
    NotSupported error("revision '" + info().id + "' has no function " + word + "()",
                       up ? "add it: def upgrade(): ..."
                          : "it cannot be undone; restore a backup, or write the function");
    error.set_where(info().path);
    return error;
  }

  /// A database's refusal stays one, since runs are tried again for some of them.
  [[noreturn]] void rethrow(const python::ScriptError& error) const {
    state_->traceback = error.traceback();
    if (!error.details().native) throw located(error);
    try {
      std::rethrow_exception(error.details().native);
    } catch (const UsageError& native) {  // the command line is not what is wrong here
      throw InputError(error.position(), native.message(), in_python(native.hint()));
    } catch (Error& native) {
      const FilePosition& place = error.position();
      if (!place.file.empty()) native.set_where(place.file + ":" + std::to_string(place.line));
      native.set_hint(in_python(native.hint()));
      throw;
    }
  }
  python::ScriptError located(const python::ScriptError& error) const {
    python::ScriptError shown = error;
    const std::vector<python::TraceLine>& trace = error.details().trace;
    for (auto line = trace.rbegin(); line != trace.rend(); ++line) {
      const FilePosition& place = line->position;
      // Of <alembic.op> and the like nobody can open the file.
      if (place == error.position() || place.file.empty() || place.file[0] == '<') continue;
      shown.add_note("called from " + place.file + ":" + std::to_string(place.line) + ", in " +
                     line->function);
    }
    return shown;
  }

  Runtime::State* state_;
  std::string checksum_;
  std::vector<std::string> allows_;
};

/// A header whose values are computed: the file is run.
void read_by_running(Runtime::State& state, revision::Revision& info, const std::string& text) {
  python::Interpreter& in = state.interpreter();
  const python::Value module = in.load(text, info.path);
  in.guarded([&] {
    const auto texts = [&](std::string_view name) {
      return texts_of(in, in.find_attribute(module, name), name, info.path);
    };
    const std::vector<std::string> id = texts("revision");
    info.id = id.empty() ? std::string() : id.front();
    info.parents = texts("down_revision");
    info.branch_labels = texts("branch_labels");
    info.depends_on = texts("depends_on");
  });
}

}  // namespace

std::unique_ptr<script::Migration> read_py_migration(Runtime::State& state, std::string path,
                                                     std::string text) {
  const std::string name = path::file_name(path);
  if (name == "__init__.py" || name.starts_with(".#")) return nullptr;
  const python::Assignments header = python::read_assignments(text, kHeaderNames);
  revision::Revision info;
  info.path = std::move(path);
  const std::string docstring = header.docstring.value_or("");
  info.message = message_of(docstring);
  info.created = created_of(docstring);
  bool dynamic = false;
  const auto items = [&](std::string_view key) -> std::vector<std::string> {
    const auto found = header.values.find(key);
    if (found == header.values.end()) return {};
    if (found->second.kind == Assignment::Kind::Dynamic) dynamic = true;
    return found->second.items;
  };
  const std::vector<std::string> id = items("revision");
  info.id = id.empty() ? std::string() : id.front();
  info.parents = items("down_revision");
  info.branch_labels = items("branch_labels");
  info.depends_on = items("depends_on");
  if (dynamic) read_by_running(state, info, text);
  if (!info.id.empty())
    return std::make_unique<PyMigration>(state, std::move(info), std::move(text));
  // A file without `revision` is a helper of the others, unless it cannot be read at all.
  python::parse(std::move(text), info.path);
  return nullptr;
}

}  // namespace cupel::alembic
