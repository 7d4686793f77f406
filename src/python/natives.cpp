// SPDX-License-Identifier: MIT
// Functions written in C++: their signatures, and what they see of a call.
#include <array>
#include <charconv>

#include "cupel/base/text.hpp"
#include "python/state.hpp"

namespace cupel::python {

/// `name(a, b=1, /, c="x", *args, d=..., **kwargs)`, read at the first call.
struct NativeFunction::Signature {
  Parameters parameters;
  Values defaults;
  Values keyword_defaults;
  bool raw = false;  ///< no parentheses: the function takes whatever comes
};

NativeFunction::NativeFunction(Class* cls, std::string signature, NativeCode code, bool binds)
    : Object(cls, kLayout), code(std::move(code)), binds(binds), text_(std::move(signature)) {
  name_ = std::string_view(text_).substr(0, text_.find('('));
  const std::size_t dot = name_.rfind('.');
  if (dot != std::string_view::npos) name_ = name_.substr(dot + 1);
}
NativeFunction::~NativeFunction() = default;

void NativeFunction::clear() {
  code = nullptr;
  doc = {};
  signature_.reset();
}

namespace {

/// A default: None, True, False, a number, a string, (), or `...` for "optional, without a value".
Value default_value(Interpreter& in, std::string_view text) {
  if (text == "None") return Value::none();
  if (text == "True") return Value(true);
  if (text == "False") return Value(false);
  if (text == "()") return make_tuple(in, {});
  if (text.size() >= 2 && (text[0] == '\'' || text[0] == '"')) {
    return make_str(in, text.substr(1, text.size() - 2));
  }
  if (text.starts_with("b'")) return make_bytes(in, text.substr(2, text.size() - 3));
  if (text.find('.') != std::string_view::npos && text != "...") {
    double real = 0;
    std::from_chars(text.data(), text.data() + text.size(), real);
    return Value(real);
  }
  std::int64_t integer = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), integer);
  return result.ec == std::errc() ? Value(integer) : Value();
}

}  // namespace

const NativeFunction::Signature& NativeFunction::signature() {
  if (signature_ != nullptr) return *signature_;
  signature_ = std::make_unique<Signature>();
  Signature& out = *signature_;
  Interpreter& in = cls()->heap().in;
  std::string_view text = text_;
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) {
    out.raw = true;
    return out;
  }
  text = text.substr(open + 1, text.rfind(')') - open - 1);
  Values args, kwargs;
  bool keyword_only = false;
  for (const std::string& item : text::split_list(text)) {
    Parameters& parameters = out.parameters;
    std::string_view part = item;
    if (part == "/") {
      parameters.positional_only = parameters.positional;
    } else if (part == "*") {
      keyword_only = true;
    } else if (part.starts_with("**")) {
      parameters.kwargs = true;
      kwargs.push_back(Value(in.intern(part.substr(2))));
    } else if (part[0] == '*') {
      parameters.args = keyword_only = true;
      args.push_back(Value(in.intern(part.substr(1))));
    } else {
      const std::size_t equals = part.find('=');
      parameters.names.push_back(Value(in.intern(text::trim(part.substr(0, equals)))));
      ++(keyword_only ? parameters.keyword_only : parameters.positional);
      const bool has_default = equals != std::string_view::npos;
      const Value value =
          has_default ? default_value(in, text::trim(part.substr(equals + 1))) : Value();
      const bool optional = has_default && !value.is_set();
      if (keyword_only) {
        out.keyword_defaults.push_back(optional ? Value::ellipsis() : value);
      } else if (has_default) {
        out.defaults.push_back(optional ? Value::ellipsis() : value);
      }
    }
  }
  for (Value& name : args) out.parameters.names.push_back(std::move(name));
  for (Value& name : kwargs) out.parameters.names.push_back(std::move(name));
  return out;
}

namespace {

/// The built-in functions have texts of their own for a wrong number of arguments; what is bound
/// to C++ functions of an embedder reads like functions of a script.
void check_count(Interpreter& in, const NativeFunction& function, const Parameters& parameters,
                 std::size_t defaults, const Value* self, const Arguments& arguments) {
  if (!function.builtin || parameters.args || arguments.keywords > 0 ||
      parameters.positional == 0 || parameters.keyword_only > 0 || parameters.kwargs) {
    return;
  }
  const std::size_t own = function.binds ? 1 : 0;
  const std::size_t all = arguments.positional + (self != nullptr ? 1 : 0);
  if (all < own) return;
  const std::size_t given = all - own;
  const std::size_t most = parameters.positional - own, least = most - std::min(most, defaults);
  if (given >= least && given <= most) return;
  const std::string name(function.name());
  const auto plural = [](std::size_t n) { return n == 1 ? " argument" : " arguments"; };
  if (least == most && most < 2) {
    const Value* owner = own == 0 ? nullptr : self != nullptr ? self : arguments.values;
    const std::string full =
        (owner != nullptr ? std::string(in.type_name(*owner)) + "." : "") + name;
    type_error(in, full +
                       (most == 0 ? "() takes no arguments (" : "() takes exactly one argument (") +
                       std::to_string(given) + " given)");
  }
  const std::size_t bound = given < least ? least : most;
  const char* how = least == most ? "" : given < least ? "at least " : "at most ";
  type_error(in, name + " expected " + how + std::to_string(bound) + plural(bound) + ", got " +
                     std::to_string(given));
}

[[noreturn]] void wrong_owner(Interpreter& in, const NativeFunction& function, const Value* first) {
  const std::string owner(function.owner->name()), name(function.name());
  if (first == nullptr) {
    type_error(in, function.takes_class
                       ? owner + "." + name + "(): not enough arguments"
                       : "unbound method " + owner + "." + name + "() needs an argument");
  }
  const std::string type(in.type_name(*first));
  if (!function.takes_class) {
    type_error(in, "descriptor '" + name + "' for '" + owner + "' objects doesn't apply to a '" +
                       type + "' object");
  }
  const Class* cls = first->as<Class>();
  if (cls == nullptr)
    type_error(in, owner + "." + name + "(X): X is not a type object (" + type + ")");
  const std::string other(cls->name());
  type_error(in,
             owner + "." + name + "(" + other + "): " + other + " is not a subtype of " + owner);
}

/// What a method is called on decides what C++ reads.
void check_owner(Interpreter& in, const NativeFunction& function, const Value* first) {
  const Class* cls = first == nullptr       ? nullptr
                     : function.takes_class ? first->as<Class>()
                                            : in.class_of(*first);
  if (cls == nullptr || !cls->is_subclass_of(*function.owner)) wrong_owner(in, function, first);
}

}  // namespace

Value call_native(Interpreter& in, NativeFunction& function, const Value* self,
                  const Arguments& arguments) {
  const Value keep(static_cast<Object*>(&function));
  in.check_stack();
  if (--in.state().steps_left == 0) in.tick();
  if (function.owner != nullptr) {
    check_owner(in, function,
                self != nullptr            ? self
                : arguments.positional > 0 ? arguments.values
                                           : nullptr);
  }
  const NativeFunction::Signature& signature = function.signature();
  if (signature.raw) {
    Values values;
    Arguments given = arguments;
    if (self != nullptr) {
      values.reserve(arguments.positional + arguments.keywords + 1);
      values.push_back(*self);
      values.insert(values.end(), arguments.values,
                    arguments.values + arguments.positional + arguments.keywords);
      given.values = values.data();
      ++given.positional;
    }
    Call call(in, given, std::span<const Value>(given.values, given.positional), function.name());
    Value result = function.code(call);
    return result.is_set() ? result : Value::none();
  }
  const std::size_t count = signature.parameters.slots();
  std::array<Value, 8> few;
  Values many;
  if (count > few.size()) many.resize(count);
  Value* slots = count > few.size() ? many.data() : few.data();
  check_count(in, function, signature.parameters, signature.defaults.size(), self, arguments);
  bind_arguments(in, signature.parameters, function.name(), signature.defaults,
                 signature.keyword_defaults, self, arguments, slots);
  for (std::size_t i = 0; i < count; ++i) {
    if (slots[i].kind() != Kind::Ellipsis) continue;
    // The mark of "optional": what was not passed is Unset.
    const std::size_t first = signature.parameters.positional - signature.defaults.size();
    const bool marked =
        i < signature.parameters.positional
            ? i >= first && signature.defaults[i - first].kind() == Kind::Ellipsis
            : i - signature.parameters.positional < signature.keyword_defaults.size() &&
                  signature.keyword_defaults[i - signature.parameters.positional].kind() ==
                      Kind::Ellipsis;
    if (marked) slots[i] = Value();
  }
  Call call(in, arguments, std::span<const Value>(slots, count), function.name());
  Value result = function.code(call);
  return result.is_set() ? result : Value::none();
}

namespace {

[[noreturn]] void wrong_argument(const Call& call, std::size_t i, std::string_view expected) {
  type_error(call.in, std::string(call.function()) + "() argument " + std::to_string(i + 1) +
                          " must be " + std::string(expected) + ", not " +
                          (call[i].is_none() ? "None" : std::string(call.in.type_name(call[i]))));
}

}  // namespace

std::string_view Call::view(std::size_t i) const {
  const Str* text = bound_[i].as<Str>();
  if (text == nullptr) wrong_argument(*this, i, "str");
  return text->view();
}
std::string Call::text(std::size_t i) const { return std::string(view(i)); }
std::string Call::text_or_empty(std::size_t i) const {
  return is_none(i) ? std::string() : text(i);
}
std::int64_t Call::integer(std::size_t i) const {
  if (const auto* big = bound_[i].as<IntObject>(); big != nullptr && !big->value.to_int64())
    in.raise("OverflowError", "Python int too large to convert to C ssize_t");
  return to_index(in, bound_[i]);
}
double Call::real(std::size_t i) const {
  if (const auto value = in.to_double(bound_[i])) return *value;
  if (const Value* found = lookup_override(in, bound_[i], names(in).float_)) {
    const Value method = *found;
    if (const auto value = in.to_double(call_special(in, method, bound_[i]))) return *value;
  }
  type_error(in, "must be real number, not " + std::string(in.type_name(bound_[i])));
}
bool Call::truth(std::size_t i) const { return in.truth(bound_[i]); }

}  // namespace cupel::python
