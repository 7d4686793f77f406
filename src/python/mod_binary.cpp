// SPDX-License-Identifier: MIT
// _binary: digests, base64, and UUIDs, for lib/hashlib.py, lib/base64.py and lib/uuid.py.
#include "cupel/base/text.hpp"
#include "cupel/python/types.hpp"
#include "python/hashes.hpp"
#include "python/modules.hpp"
#include "python/ordering.hpp"

namespace cupel::python {
namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode64(Call& call) {
  const std::string_view data = call.in.view(call[0]);
  if (!call[0].is(Layout::Bytes))
    type_error(call.in, "a bytes-like object is required, not '" +
                            std::string(call.in.type_name(call[0])) + "'");
  Text out;
  for (std::size_t i = 0; i < data.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, data.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(data[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out += k <= count ? kBase64[group >> (18 - 6 * k) & 63] : '=';
  }
  return make<Bytes>(types(call.in).bytes, std::move(out));
}

Value decode64(Call& call) {
  Text out;
  std::uint32_t group = 0;
  int count = 0, padding = 0;
  std::size_t characters = 0;
  for (const char c : call.in.view(call[0])) {
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::size_t value = kBase64.find(c);
    if (value == std::string_view::npos) continue;
    ++characters;
    group = group << 6 | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      for (int shift = 16; shift >= 0; shift -= 8) out += static_cast<char>(group >> shift);
      group = 0;
      count = 0;
    }
  }
  if (count == 1)
    return make_str(call.in, "Invalid base64-encoded string: number of data characters (" +
                                 std::to_string(characters) +
                                 ") cannot be 1 more than a multiple of 4");
  if (count != 0 && padding < 4 - count) return make_str(call.in, "Incorrect padding");
  if (count >= 2) out += static_cast<char>(group >> (6 * count - 8));
  if (count == 3) out += static_cast<char>(group >> 2);
  return make<Bytes>(types(call.in).bytes, std::move(out));
}

// --- UUID ------------------------------------------------------------------------------------

Uuid& uuid_of(const Value& value) { return native_part<Uuid>(value); }

bool parse_uuid(std::string_view text, Uuid& out) {
  std::string hex;
  std::string lower = text::to_lower(text);
  for (const std::string_view part : {"urn:", "uuid:"}) lower = text::replace_all(lower, part, "");
  for (const char c : lower) {
    if (c != '-' && c != '{' && c != '}') hex += c;
  }
  if (hex.size() != 32) return false;
  const auto value = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (std::size_t i = 0; i < 16; ++i) {
    const int high = value(hex[2 * i]), low = value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    out.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

Value wrap(Interpreter& in, const std::array<std::uint8_t, 16>& bytes) {
  auto uuid = std::make_unique<Uuid>();
  uuid->bytes = bytes;
  return in.instance(*in.state().uuid, std::move(uuid));
}

BigInt uuid_integer(const Uuid& uuid) {
  std::vector<std::uint32_t> limbs(4);
  for (std::size_t i = 0; i < 16; ++i)
    limbs[i / 4] |= static_cast<std::uint32_t>(uuid.bytes[15 - i]) << (8 * (i % 4));
  return BigInt::from_limbs(std::move(limbs), false);
}

Value init_uuid(Call& call) {
  Interpreter& in = call.in;
  auto uuid = std::make_unique<Uuid>();
  if (!call.is_none(1)) {
    if (!call[1].is(Layout::Str))
      in.raise(*types(in).attribute_error,
               "'" + std::string(in.type_name(call[1])) + "' object has no attribute 'replace'");
    if (!parse_uuid(call.view(1), *uuid)) value_error(in, "badly formed hexadecimal UUID string");
  } else if (!call.is_none(2)) {
    const std::string_view data = in.view(call[2]);
    if (data.size() != 16) value_error(in, "bytes is not a 16-char string");
    for (std::size_t i = 0; i < 16; ++i) uuid->bytes[i] = static_cast<std::uint8_t>(data[i]);
  } else if (!call.is_none(3)) {
    const BigInt number = to_big(call[3]);
    if (number.negative() || number.bit_length() > 128)
      value_error(in, "int is out of range (need a 128-bit value)");
    for (std::size_t i = 0; i < 16; ++i) {
      const std::uint32_t limb = i / 4 < number.limbs().size() ? number.limbs()[i / 4] : 0;
      uuid->bytes[15 - i] = static_cast<std::uint8_t>(limb >> (8 * (i % 4)));
    }
  } else {
    type_error(in, "one of the hex, bytes, bytes_le, fields, or int arguments must be given");
  }
  if (!call.is_none(4)) {
    uuid->bytes[6] = static_cast<std::uint8_t>((uuid->bytes[6] & 15) |
                                               static_cast<std::uint8_t>(call.integer(4) << 4));
    uuid->bytes[8] = static_cast<std::uint8_t>((uuid->bytes[8] & 63) | 128);
  }
  call[0].as<Instance>()->data = std::move(uuid);
  return {};
}

std::optional<int> uuid_order(Call& call, bool) {
  const Uuid* other = native<Uuid>(call[1]);
  if (other == nullptr) return std::nullopt;
  return order_of_values(uuid_of(call[0]).bytes, other->bytes);
}

void setup_uuid(Interpreter& in, Module& module) {
  Class& cls = in.make_class("UUID", {}, "uuid");
  in.add(module, "UUID", Value(static_cast<Object*>(&cls)));
  in.state().uuid = &cls;
  using Bytes16 = std::array<std::uint8_t, 16>;
  in.add_method(cls,
                "__init__(self, hex=None, bytes=None, int=None, version=None, *, is_safe=None)",
                init_uuid);
  in.add_method(cls, "__str__(self)",
                [](Call& call) -> Value { return make_str(call.in, uuid_text(uuid_of(call[0]))); });
  in.add_method(cls, "__repr__(self)", [](Call& call) -> Value {
    return make_str(call.in, "UUID('" + uuid_text(uuid_of(call[0])) + "')");
  });
  in.add_method(cls, "__int__(self)", [](Call& call) -> Value {
    return make_int(call.in, uuid_integer(uuid_of(call[0])));
  });
  in.add_method(cls, "__hash__(self)", [](Call& call) -> Value {
    std::uint64_t hash = 14695981039346656037U;
    for (const std::uint8_t byte : uuid_of(call[0]).bytes) hash = (hash ^ byte) * 1099511628211U;
    return Value(static_cast<std::int64_t>(hash));
  });
  add_comparisons(in, cls, uuid_order);
  in.add_property(cls, "hex", [](Interpreter& inner, const Value& self) {
    return make_str(inner, text::replace_all(uuid_text(uuid_of(self)), "-", ""));
  });
  in.add_property(cls, "int", [](Interpreter& inner, const Value& self) {
    return make_int(inner, uuid_integer(uuid_of(self)));
  });
  in.add_property(cls, "urn", [](Interpreter& inner, const Value& self) {
    return make_str(inner, "urn:uuid:" + uuid_text(uuid_of(self)));
  });
  in.add_property(cls, "bytes", [](Interpreter& inner, const Value& self) {
    return make_bytes(
        inner, std::string_view(reinterpret_cast<const char*>(uuid_of(self).bytes.data()), 16));
  });
  in.add_property(cls, "version", [](Interpreter&, const Value& self) {
    const Uuid& uuid = uuid_of(self);
    return (uuid.bytes[8] & 0xC0) == 0x80 ? Value(uuid.bytes[6] >> 4) : Value::none();
  });
  in.add_function(module, "uuid4()", [](Call& call) -> Value {
    Bytes16 bytes{};
    random_bytes(bytes.data(), bytes.size());
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 15) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 63) | 0x80);
    return wrap(call.in, bytes);
  });
}

}  // namespace

std::string uuid_text(const Uuid& uuid) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[uuid.bytes[i] >> 4];
    out += kHex[uuid.bytes[i] & 15];
  }
  return out;
}

Value make_uuid(Interpreter& in, std::string_view text) {
  if (in.state().uuid == nullptr) import_module(in, "_binary", true);
  Uuid uuid;
  if (!parse_uuid(text, uuid)) value_error(in, "badly formed hexadecimal UUID string");
  return wrap(in, uuid.bytes);
}

void fill_binary(Interpreter& in, Module& module) {
  in.add_function(module, "digest(name, data)", [](Call& call) -> Value {
    const std::string_view data = call.in.view(call[1]);
    call.in.tick(1 + data.size() / 16);
    return make_bytes(call.in, digest(call.view(0), data));
  });
  in.add_function(module, "encode64(data)", encode64);
  in.add_function(module, "decode64(data)", decode64);
  in.add_function(module, "random_bytes(size)", [](Call& call) -> Value {
    const std::int64_t size = call.integer(0);
    if (size < 0 || size > (1 << 24)) value_error(call.in, "negative argument not allowed");
    std::string data(static_cast<std::size_t>(size), '\0');
    random_bytes(data.data(), data.size());
    return make_bytes(call.in, data);
  });
  setup_uuid(in, module);
}

}  // namespace cupel::python
