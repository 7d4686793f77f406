// SPDX-License-Identifier: MIT
// The list of modules that come with the interpreter.
#include "python/modules.hpp"

#include "cupel/python/parse.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): literals are trees

Value literal_value(Interpreter& in, const Expr& node, std::string_view text) {
  const auto items = [&](const Row<Expr*>& list) {
    Values out;
    for (const Expr* item : list) out.push_back(literal_value(in, *item, text));
    return out;
  };
  switch (node.kind) {
    case ExprKind::Constant: {
      const auto& constant = static_cast<const Constant&>(node);
      switch (constant.type) {
        case ConstantKind::None:
          return Value::none();
        case ConstantKind::True:
          return Value(true);
        case ConstantKind::False:
          return Value(false);
        case ConstantKind::Ellipsis:
          return Value::ellipsis();
        case ConstantKind::Int:
          return Value(constant.integer);
        case ConstantKind::BigInt:
          return in.integer(constant.text);
        case ConstantKind::Float:
          return Value(constant.real);
        case ConstantKind::Str:
          return make_str(in, constant.text);
        case ConstantKind::Bytes:
          return make_bytes(in, constant.text);
      }
      break;
    }
    case ExprKind::Unary: {
      const auto& unary_node = static_cast<const Unary&>(node);
      if (unary_node.op == UnaryOp::Not || unary_node.op == UnaryOp::Invert) break;
      return unary(in, unary_node.op, literal_value(in, *unary_node.operand, text));
    }
    case ExprKind::Tuple:
      return make_tuple(in, items(static_cast<const ast::Tuple&>(node).items));
    case ExprKind::List:
      return make_list(in, items(static_cast<const ast::List&>(node).items));
    case ExprKind::Set: {
      Value set = in.set();
      for (const Value& item : items(static_cast<const ast::Set&>(node).items))
        set.as<python::Set>()->table.set(in, item, Value::none());
      return set;
    }
    case ExprKind::Dict: {
      const auto& dict = static_cast<const ast::Dict&>(node);
      Value made = make_dict(in);
      for (std::size_t i = 0; i < dict.keys.size(); ++i) {
        if (dict.keys[i] == nullptr) value_error(in, "malformed node or string");
        made.as<python::Dict>()->table.set(in, literal_value(in, *dict.keys[i], text),
                                           literal_value(in, *dict.values[i], text));
      }
      return made;
    }
    default:
      break;
  }
  const Source::Point start = Source{{}, std::string(text), {}}.at(node.start);
  value_error(in, "malformed node or string on line " + std::to_string(start.line));
}

Value lazy_name(Interpreter& in, const std::string& module, std::string_view name) {
  return import_from(in, import_module(in, module, false), in.intern(name), false);
}

void setup_modules(Interpreter& in) {
  in.add_module("_runtime", fill_runtime);
  in.add_module("_sys", fill_sys);
  in.add_module("_time", fill_time);
  in.add_module("_random", fill_random);
  in.add_module("_json", fill_json);
  in.add_module("_decimal", fill_decimal);
  in.add_module("_binary", fill_binary);
  in.add_module("math", fill_math);
  in.add_module("re", fill_re);
  in.add_module("datetime", fill_datetime);
  for (const LibraryModule& module : library_modules())
    in.add_source_module(module.name, module.text);
  // Read when a script opens a file.
  in.state().builtins().table.set(in.intern("open"), lazy_name(in, "io", "open"));
}

}  // namespace cupel::python
