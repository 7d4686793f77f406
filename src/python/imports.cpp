// SPDX-License-Identifier: MIT
// import: modules are found at once and read when something of them is used, unless the script
// waits for an ImportError. What is nowhere is an error only when it is used.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "python/parser.hpp"
#include "python/state.hpp"

namespace cupel::python {

Value new_module(Interpreter& in, std::string_view name) {
  Str* interned = in.intern(name);
  auto* dict = new Dict(types(in).dict);
  const Value dict_holder(static_cast<Object*>(dict));
  Value module = make<Module>(types(in).module, interned, dict);
  dict->table.set(names(in).name, Value(static_cast<Object*>(interned)));
  dict->table.set(names(in).doc, Value::none());
  const std::size_t dot = name.rfind('.');
  dict->table.set(
      names(in).package,
      make_str(in, dot == std::string_view::npos ? std::string_view() : name.substr(0, dot)));
  return module;
}

// The path without `.` and `..`; an error if it leaves the root.
std::string allowed_path(Interpreter& in, const std::string& path) {
  const auto normal = [](std::string_view given) {
    std::vector<std::string> parts;
    for (std::string& part : text::split(given, '/')) {
      if (part.empty() || part == ".") continue;
      if (part == ".." && !parts.empty() && parts.back() != "..") {
        parts.pop_back();
      } else if (part != ".." || given[0] != '/') {
        parts.push_back(std::move(part));
      }
    }
    return (!given.empty() && given[0] == '/' ? "/" : "") + text::join(parts, "/");
  };
  const std::string clean = normal(path);
  const std::string& root = in.settings().root;
  if (root.empty()) return clean;
  const auto is_below = [&](const std::string& folder) {
    const std::string inside = normal(folder);
    return inside.empty()  ? !clean.starts_with("/") && !clean.starts_with("..")
           : inside == "/" ? clean.starts_with("/")
                           : clean == inside || clean.starts_with(inside + "/");
  };
  // Folders that the settings name are the project's, wherever they are.
  const std::vector<std::string>& path_folders = in.settings().path;
  if (!is_below(root) && std::none_of(path_folders.begin(), path_folders.end(), is_below)) {
    in.raise("PermissionError", "[Errno 13] Permission denied: '" + path +
                                    "' (scripts read only below '" + root + "')");
  }
  return clean;
}

namespace {

bool is_allowed(Interpreter& in, const std::string& path) {
  try {
    allowed_path(in, path);
    return true;
  } catch (const Raised&) {
    return false;
  }
}

/// Looks for a module's file in one folder.
bool find_in(Interpreter& in, const std::string& folder, const std::string& name, Module& module) {
  const Files* files = in.settings().files;
  if (files == nullptr) return false;
  const std::string base = folder.empty() ? name : path::join(folder, name);
  if (!is_allowed(in, base)) return false;
  const auto found = [&](const std::string& file, bool package) {
    module.file = file;
    module.package = package;
    module.state = Module::State::Unread;
  };
  if (files->is_file(base + "/__init__.py")) {
    found(base + "/__init__.py", true);
  } else if (files->is_file(base + ".py")) {
    found(base + ".py", false);
  } else if (files->is_directory(base)) {
    module.package = true;  // a namespace package: a folder without __init__.py
  } else {
    return false;
  }
  if (module.package) {
    const Value place = make_str(in, base);
    module.dict().table.set(names(in).path, make_list(in, Values{place}));
    module.dict().table.set(names(in).package, make_str(in, module.name()));
  }
  if (!module.file.empty()) module.dict().table.set(names(in).file, make_str(in, module.file));
  return true;
}

std::vector<std::string> folders_for(Interpreter& in, const Value* parent) {
  std::vector<std::string> folders;
  Value list = in.state().path;
  if (parent != nullptr) {
    const Value* own = parent->is(Layout::Module)
                           ? parent->as<Module>()->dict().table.find(*names(in).path)
                           : nullptr;
    if (own == nullptr) return folders;
    list = *own;
  }
  for (const Value& folder : in.items_of(list)) folders.push_back(in.str_of(folder));
  return folders;
}

Value missing_module(Interpreter& in, const std::string& name) {
  Value holder = new_module(in, name);
  Module& module = *holder.as<Module>();
  module.state = Module::State::Missing;
  module.missing = "No module named '" + name + "'";
  in.state().missing_modules.insert_or_assign(name, holder);
  return holder;
}

Value find_module(Interpreter& in, const std::string& name) {
  Interpreter::State& state = in.state();
  Table& loaded = state.modules.as<Dict>()->table;
  if (const Value* found = loaded.find(name)) return *found;
  const auto missing = state.missing_modules.find(name);
  if (missing != state.missing_modules.end()) return missing->second;
  in.check_stack();
  const std::size_t dot = name.rfind('.');
  Value parent;
  if (dot != std::string::npos) {
    parent = find_module(in, name.substr(0, dot));
    // A parent that failed to be found names what is missing.
    if (parent.is(Layout::Module) && parent.as<Module>()->state == Module::State::Missing) {
      if (state.settings.find_module) {
        const Value given = state.settings.find_module(in, name);
        if (given.is_set()) return given;
      }
      Value holder = missing_module(in, name);
      holder.as<Module>()->missing = parent.as<Module>()->missing;
      return holder;
    }
  }
  const std::string last = dot == std::string::npos ? name : name.substr(dot + 1);
  Value holder = new_module(in, name);
  bool found = false;
  if (parent.is_set() && parent.is(Layout::Module) && parent.as<Module>()->fill)
    load_module(in, *parent.as<Module>());
  for (const std::string& folder : folders_for(in, parent.is_set() ? &parent : nullptr)) {
    if (find_in(in, folder, last, *holder.as<Module>())) {
      found = true;
      break;
    }
  }
  if (!found && state.settings.find_module) {
    const Value given = state.settings.find_module(in, name);
    if (given.is_set()) {
      holder = given;
      found = true;
    }
  }
  if (!found) return missing_module(in, name);
  loaded.set(in.intern(name), holder);
  if (parent.is(Layout::Module)) {
    Table& names_of_parent = parent.as<Module>()->dict().table;
    if (names_of_parent.find(last) == nullptr) names_of_parent.set(in.intern(last), holder);
  }
  return holder;
}

std::string absolute_name(Interpreter& in, std::string_view name, std::uint32_t level,
                          Dict& globals) {
  if (level == 0) return std::string(name);
  const Value* package = globals.table.find(*names(in).package);
  std::string base = package == nullptr ? "" : in.str_of(*package);
  if (base.empty())
    in.raise("ImportError", "attempted relative import with no known parent package");
  for (std::uint32_t i = 1; i < level; ++i) {
    const std::size_t dot = base.rfind('.');
    if (dot == std::string::npos)
      in.raise("ImportError", "attempted relative import beyond top-level package");
    base.resize(dot);
  }
  return name.empty() ? base : base + "." + std::string(name);
}

}  // namespace

Value import_module(Interpreter& in, const std::string& name, bool eager) {
  Value module = find_module(in, name);
  if (eager && module.is(Layout::Module)) load_module(in, *module.as<Module>());
  return module;
}

Value import_name(Interpreter& in, std::string_view name, std::uint32_t level, Dict& globals,
                  bool eager, bool top) {
  const std::string full = absolute_name(in, name, level, globals);
  Value module = import_module(in, full, eager);
  if (!top) return module;
  return find_module(in, full.substr(0, full.find('.')));
}

Value import_from(Interpreter& in, const Value& source, Str* name, bool eager) {
  const Value module = source;
  Module* object = module.as<Module>();
  if (object == nullptr) {
    Value out;
    if (find_attr(in, module, name, out)) return out;
    in.raise("ImportError", "cannot import name '" + name->str() + "'");
  }
  const auto later = [&] { return make<Lazy>(types(in).lazy, module, name); };
  if (!eager && object->state != Module::State::Ready) {
    const Value* known =
        object->state == Module::State::Running ? object->dict().table.find(*name) : nullptr;
    return known != nullptr ? *known : later();
  }
  if (object->state != Module::State::Ready) load_module(in, *object);
  if (const Value* found = object->dict().table.find(*name)) {
    const Value held = *found;
    if (!held.is(Layout::Lazy) || !eager) return held;
    const Value value = resolve_lazy(in, held);
    object->dict().table.set(name, value);
    return value;
  }
  if (object->package) {
    const Value submodule =
        import_module(in, std::string(object->name()) + "." + name->str(), false);
    const bool there =
        !submodule.is(Layout::Module) || submodule.as<Module>()->state != Module::State::Missing;
    if (there) return submodule;
  }
  Value out;
  if (find_attr(in, module, name, out)) return out;
  if (!eager) return later();
  in.raise("ImportError", "cannot import name '" + name->str() + "' from '" +
                              std::string(object->name()) + "' (" +
                              (object->file.empty() ? "unknown location" : object->file) + ")");
}

void import_star(Interpreter& in, const Value& source, Dict& own_names) {
  const Value module = source;
  Module* object = module.as<Module>();
  if (object == nullptr) type_error(in, "import * needs a module");
  load_module(in, *object);
  Table& table = object->dict().table;
  if (const Value* all = table.find(*names(in).all)) {
    const Value list = *all;
    for (const Value& name : in.items_of(list)) {
      Str* interned = in.intern(in.view(name));
      own_names.table.set(interned, import_from(in, module, interned, false));
    }
    return;
  }
  for (std::size_t i = 0; i < table.slots(); ++i) {
    const Table::Entry entry = table.slot(i);
    const Str* name = entry.key.as<Str>();
    if (name != nullptr && !name->view().starts_with("_"))
      own_names.table.set(in, entry.key, entry.value);
  }
}

// --- reading ------------------------------------------------------------------------------------

namespace {

/// A package's own code runs before that of what is in it.
void load_parents(Interpreter& in, const Module& module) {
  const std::string name(module.name());
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    const Value* found = in.state().modules.as<Dict>()->table.find(name.substr(0, dot));
    const Value parent = found != nullptr ? *found : Value();
    if (parent.is(Layout::Module)) load_module(in, *parent.as<Module>());
  }
}

}  // namespace

void load_module(Interpreter& in, Module& module) {
  const Value keep(static_cast<Object*>(&module));
  switch (module.state) {
    case Module::State::Ready:
    case Module::State::Running:
      return;
    case Module::State::Missing:
    case Module::State::Failed:
      in.raise(*types(in).module_not_found, module.missing);
    case Module::State::Unread:
      break;
  }
  in.check_stack();
  load_parents(in, module);
  if (module.state != Module::State::Unread) return;  // a parent imported it
  module.state = Module::State::Running;
  try {
    if (module.fill) {
      const auto fill = std::move(module.fill);
      module.fill = nullptr;
      fill(in, module);
    } else if (!module.file.empty()) {
      std::string text = in.settings().files->read(allowed_path(in, module.file));
      run_file(in, std::move(text), module.file, module, true);
    }
    module.state = Module::State::Ready;
  } catch (const Raised& raised) {
    module.state = Module::State::Failed;
    module.missing = "module '" + std::string(module.name()) +
                     "' cannot be imported: " + in.describe(raised.exception);
    throw;
  } catch (...) {
    module.state = Module::State::Failed;
    module.missing = "module '" + std::string(module.name()) + "' cannot be imported";
    throw;
  }
}

Value run_file(Interpreter& in, std::string text, const std::string& path, Module& module,
               bool tolerant) {
  Table& table = module.dict().table;
  if (!module.file.empty()) table.set(names(in).file, make_str(in, module.file));
  const Value code = compile(in, parse_unchecked(std::move(text), path), false, tolerant);
  return run_code(in, *code.as<Code>(), module.dict(), module.dict());
}

}  // namespace cupel::python
