// SPDX-License-Identifier: MIT
// str() and repr().
#include <charconv>
#include <cmath>

#include "python/state.hpp"
#include "python/unicode.hpp"

namespace cupel::python {
namespace {

void append_hex(Text& out, char letter, std::uint32_t value, int digits) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '\\';
  out += letter;
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out += kHex[value >> shift & 15];
}

void append_escape(Text& out, char32_t point) {
  if (point <= 0xFF) {
    append_hex(out, 'x', point, 2);
  } else if (point <= 0xFFFF) {
    append_hex(out, 'u', point, 4);
  } else {
    append_hex(out, 'U', point, 8);
  }
}

char quote_for(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos
             ? '"'
             : '\'';
}

bool append_common(Text& out, char c, char quote) {
  switch (c) {
    case '\\':
      out += "\\\\";
      return true;
    case '\n':
      out += "\\n";
      return true;
    case '\r':
      out += "\\r";
      return true;
    case '\t':
      out += "\\t";
      return true;
    default:
      break;
  }
  if (c != quote) return false;
  out += '\\';
  out += c;
  return true;
}

}  // namespace

Text repr_text(std::string_view text, bool ascii_only) {
  const char quote = quote_for(text);
  Text out;
  out.reserve(text.size() + 2);
  out += quote;
  for (std::size_t i = 0; i < text.size();) {
    if (append_common(out, text[i], quote)) {
      ++i;
      continue;
    }
    std::size_t length = 0;
    const char32_t point = unicode::decode(text, i, length);
    const bool plain =
        point < 0x80 ? point >= 32 && point != 127 : !ascii_only && unicode::is_printable(point);
    if (plain) {
      out += text.substr(i, length);
    } else {
      append_escape(out, point);
    }
    i += length;
  }
  return out += quote;
}

Text repr_bytes(std::string_view data) {
  const char quote = quote_for(data);
  Text out = "b";
  out += quote;
  for (const char c : data) {
    if (append_common(out, c, quote)) continue;
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 32 && byte < 127) {
      out += c;
    } else {
      append_hex(out, 'x', byte, 2);
    }
  }
  return out += quote;
}

Text to_ascii(std::string_view repr) {
  Text out;
  for (std::size_t i = 0; i < repr.size();) {
    std::size_t length = 0;
    const char32_t point = unicode::decode(repr, i, length);
    if (point < 0x80) {
      out += repr[i];
    } else {
      append_escape(out, point);
    }
    i += length;
  }
  return out;
}

// The shortest digits that read back as the same number; an exponent outside of 1e-4 <= x < 1e16.
std::string repr_double(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific).ptr;
  std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const bool negative = text[0] == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t e = text.find('e');
  int exponent = 0;
  const char* digits_end = text.data() + text.size();
  const char* first = text.data() + e + 1;
  std::from_chars(*first == '+' ? first + 1 : first, digits_end, exponent);
  std::string digits(1, text[0]);
  if (e > 2) digits += text.substr(2, e - 2);
  std::string out = negative ? "-" : "";
  if (exponent < -4 || exponent >= 16) {
    out += digits[0];
    if (digits.size() > 1) out += "." + digits.substr(1);
    out += exponent < 0 ? "e-" : "e+";
    const std::string number = std::to_string(std::abs(exponent));
    return out + (number.size() < 2 ? "0" : "") + number;
  }
  if (exponent < 0)
    return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return out + digits + std::string(whole - digits.size(), '0') + ".0";
  return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

namespace {

/// A container that is being printed already prints as `...`.
class Printing {
 public:
  Printing(Interpreter& in, const Object* object) : in_(in), object_(object) {
    again_ = in.state().printing[object]++ > 0;
  }
  ~Printing() {
    auto& printing = in_.state().printing;
    if (--printing[object_] == 0) printing.erase(object_);
  }
  Printing(const Printing&) = delete;
  Printing& operator=(const Printing&) = delete;
  bool again() const { return again_; }

 private:
  Interpreter& in_;
  const Object* object_;
  bool again_;
};

Text join_reprs(Interpreter& in, const Value& owner, const char* open, const char* close) {
  in.check_stack();
  const Printing printing(in, owner.object());
  if (printing.again()) return Text(open) + "..." + close;
  const bool list = owner.is(Layout::List);
  const auto items = [&]() -> const Values& {
    return list ? owner.as<List>()->items : owner.as<Tuple>()->items;
  };
  Text out = open;
  for (std::size_t i = 0; i < items().size(); ++i) {
    in.tick();
    if (i > 0) out += ", ";
    const Value item = items()[i];
    out += to_repr(in, item);
  }
  if (!list && items().size() == 1) out += ",";
  return out += close;
}

Text repr_table(Interpreter& in, const Object* owner, const Table& table, ViewKind kind,
                const char* open, const char* close) {
  in.check_stack();
  const Printing printing(in, owner);
  if (printing.again()) return Text(open) + "..." + close;
  Text out = open;
  bool first = true;
  for (std::size_t i = 0; i < table.slots(); ++i) {
    in.tick();
    const Table::Entry entry = table.slot(i);
    if (!entry.key.is_set()) continue;
    if (!first) out += ", ";
    first = false;
    if (kind == ViewKind::Values) {
      out += to_repr(in, entry.value);
      continue;
    }
    out += to_repr(in, entry.key);
    if (kind == ViewKind::Items) out += ": " + to_repr(in, entry.value);
  }
  return out += close;
}

std::string address(const Object* object) {
  char buffer[20];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, reinterpret_cast<std::uintptr_t>(object), 16)
          .ptr;
  return "0x" + std::string(buffer, end);
}

std::string class_title(Interpreter& in, const Class& cls) {
  std::string name(cls.name());
  if (const Value* qualified = cls.dict().table.find(*names(in).qualname)) {
    if (qualified->is(Layout::Str)) name = in.view(*qualified);
  }
  const Value* module = cls.dict().table.find(*names(in).module);
  const std::string_view where =
      module == nullptr ? std::string_view("builtins") : in.view(*module);
  return where == "builtins" || where.empty() ? name : std::string(where) + "." + name;
}

Text repr_set(Interpreter& in, const Value& value) {
  const Set& set = *value.as<Set>();
  const bool plain = set.cls() == types(in).set;
  const std::string name(set.cls()->name());
  if (set.table.empty()) return Text(name) + "()";
  Text items = repr_table(in, &set, set.table, ViewKind::Keys, "{", "}");
  return plain ? items : Text(name) + "(" + items + ")";
}

Text repr_view(Interpreter& in, const DictView& view) {
  const Table& table = view.dict.as<Dict>()->table;
  switch (view.kind) {
    case ViewKind::Keys:
      return repr_table(in, &view, table, ViewKind::Keys, "dict_keys([", "])");
    case ViewKind::Values:
      return repr_table(in, &view, table, ViewKind::Values, "dict_values([", "])");
    case ViewKind::Items:
      break;
  }
  const Value items =
      make_list(in, in.items_of(Value(static_cast<Object*>(const_cast<DictView*>(&view)))));
  return "dict_items(" + to_repr(in, items) + ")";
}

Text repr_exception(Interpreter& in, const ExceptionObject& exception) {
  Text out(exception.cls()->name());
  out += "(";
  const Values args = shown_args(in, exception);
  for (std::size_t i = 0; i < args.size(); ++i) out += (i > 0 ? ", " : "") + to_repr(in, args[i]);
  return out + ")";
}

Text str_exception(Interpreter& in, const ExceptionObject& exception) {
  if (exception.args.empty()) return {};
  if (exception.args.size() == 1) {
    const Value only = exception.args[0];
    const bool key = exception.cls()->is_subclass_of(*in.exception_class("KeyError"));
    return key ? to_repr(in, only) : to_str(in, only);
  }
  if (exception.args.size() >= 2 &&
      exception.cls()->is_subclass_of(*in.exception_class("OSError"))) {
    Text out = "[Errno " + to_str(in, exception.args[0]) + "] " + to_str(in, exception.args[1]);
    if (exception.args.size() > 2) out += ": " + to_repr(in, exception.args[2]);
    return out;
  }
  return to_repr(in, make_tuple(in, exception.args));
}

Text repr_object(Interpreter& in, const Value& value) {
  Object* object = value.object();
  const auto bound = [&](const Value& function) {
    Value name;
    find_attr(in, function, names(in).qualname, name);
    return std::string(in.view(name));
  };
  switch (object->layout()) {
    case Layout::Function:
      return Text("<function " + static_cast<Function*>(object)->qualified_name->str() + " at " +
                  address(object) + ">");
    case Layout::Native:
      return Text("<built-in function " +
                  std::string(static_cast<NativeFunction*>(object)->name()) + ">");
    case Layout::Method: {
      const Method& method = *static_cast<Method*>(object);
      if (method.function.is(Layout::Native)) {
        return Text("<built-in method " +
                    std::string(method.function.as<NativeFunction>()->name()) + " of " +
                    std::string(in.type_name(method.self)) + " object at " + address(object) + ">");
      }
      return Text("<bound method " + bound(method.function) + " of ") + to_repr(in, method.self) +
             ">";
    }
    case Layout::Class:
      return Text("<class '" + class_title(in, *static_cast<Class*>(object)) + "'>");
    case Layout::Module: {
      const Module& module = *static_cast<Module*>(object);
      return Text("<module '" + std::string(module.name()) + "'" +
                  (module.file.empty() ? " (built-in)" : " from '" + module.file + "'") + ">");
    }
    case Layout::Generator:
      return Text("<generator object " +
                  static_cast<Generator*>(object)->frame.code->qualified_name->str() + " at " +
                  address(object) + ">");
    default:
      return Text("<" + class_title(in, *object->cls()) + " object at " + address(object) + ">");
  }
}

}  // namespace

Text builtin_repr(Interpreter& in, const Value& value) {
  switch (value.kind()) {
    case Kind::Unset:
      return "<unset>";
    case Kind::None:
      return "None";
    case Kind::NotImplemented:
      return "NotImplemented";
    case Kind::Ellipsis:
      return "Ellipsis";
    case Kind::Bool:
      return value.boolean() ? "True" : "False";
    case Kind::Int:
      return Text(std::to_string(value.integer()));
    case Kind::Float:
      return Text(repr_double(value.real()));
    case Kind::Object:
      break;
  }
  Object* object = value.object();
  switch (object->layout()) {
    case Layout::Int: {
      const BigInt& number = static_cast<IntObject*>(object)->value;
      if (number.bit_length() > 14300) {
        value_error(in, "Exceeds the limit (4300 digits) for integer string conversion");
      }
      in.tick(number.limbs().size());
      return Text(number.to_string());
    }
    case Layout::Float:
      return Text(repr_double(static_cast<FloatObject*>(object)->value));
    case Layout::Str:
      return repr_text(static_cast<Str*>(object)->view());
    case Layout::Bytes:
      if (object->cls()->is_subclass_of(*types(in).bytearray)) {
        return "bytearray(" + repr_bytes(static_cast<Bytes*>(object)->view()) + ")";
      }
      return repr_bytes(static_cast<Bytes*>(object)->view());
    case Layout::List:
      return join_reprs(in, value, "[", "]");
    case Layout::Tuple:
      return join_reprs(in, value, "(", ")");
    case Layout::Dict:
      return repr_table(in, object, static_cast<Dict*>(object)->table, ViewKind::Items, "{", "}");
    case Layout::Set:
      return repr_set(in, value);
    case Layout::DictView:
      return repr_view(in, *static_cast<DictView*>(object));
    case Layout::Range: {
      const RangeObject& range = *static_cast<RangeObject*>(object);
      Text out = Text("range(" + std::to_string(range.start) + ", " + std::to_string(range.stop));
      if (range.step != 1) out += Text(", " + std::to_string(range.step));
      return out + ")";
    }
    case Layout::Slice: {
      const SliceObject& slice = *static_cast<SliceObject*>(object);
      return "slice(" + to_repr(in, slice.start) + ", " + to_repr(in, slice.stop) + ", " +
             to_repr(in, slice.step) + ")";
    }
    case Layout::Exception:
      return repr_exception(in, *static_cast<ExceptionObject*>(object));
    default:
      return repr_object(in, value);
  }
}

Text builtin_str(Interpreter& in, const Value& value) {
  if (const Str* text = value.as<Str>()) return Text(text->view());
  if (const auto* exception = value.as<ExceptionObject>()) return str_exception(in, *exception);
  return to_repr(in, value);
}

Text to_repr(Interpreter& in, const Value& value) {
  if (value.is(Layout::Lazy)) return to_repr(in, resolve_lazy(in, value));
  in.check_stack();
  if (const Value* found = lookup_override(in, value, names(in).repr)) {
    const Value method = *found;
    const Value result = call_special(in, method, value);
    if (!result.is(Layout::Str)) {
      type_error(in,
                 "__repr__ returned non-string (type " + std::string(in.type_name(result)) + ")");
    }
    return Text(result.as<Str>()->view());
  }
  return builtin_repr(in, value);
}

Text to_str(Interpreter& in, const Value& value) {
  if (value.is(Layout::Lazy)) return to_str(in, resolve_lazy(in, value));
  if (const Value* found = lookup_override(in, value, names(in).str)) {
    const Value method = *found;
    const Value result = call_special(in, method, value);
    if (!result.is(Layout::Str)) {
      type_error(in,
                 "__str__ returned non-string (type " + std::string(in.type_name(result)) + ")");
    }
    return Text(result.as<Str>()->view());
  }
  return builtin_str(in, value);
}

}  // namespace cupel::python
