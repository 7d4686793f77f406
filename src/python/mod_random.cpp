// SPDX-License-Identifier: MIT
// _random: the Mersenne Twister with CPython's way of seeding, so that a seeded script gives the
// same numbers.
#include <sys/random.h>

#include <array>
#include <cstring>

#include "python/modules.hpp"

namespace cupel::python {

void random_bytes(void* memory, std::size_t size) {
  auto* out = static_cast<unsigned char*>(memory);
  while (size > 0) {
    const ssize_t got = getrandom(out, std::min<std::size_t>(size, 256), 0);
    if (got <= 0) throw Error("the operating system gives no random bytes");
    out += got;
    size -= static_cast<std::size_t>(got);
  }
}

namespace {

struct Twister : NativeData {
  std::array<std::uint32_t, 624> state{};
  std::size_t at = 624;

  void seed(std::uint32_t value) {
    state[0] = value;
    for (std::uint32_t i = 1; i < 624; ++i)
      state[i] = 1812433253U * (state[i - 1] ^ (state[i - 1] >> 30)) + i;
    at = 624;
  }

  void seed(const std::vector<std::uint32_t>& key) {
    seed(19650218U);
    std::size_t i = 1, j = 0;
    for (std::size_t k = std::max<std::size_t>(624, key.size()); k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1664525U)) + key[j] +
                 static_cast<std::uint32_t>(j);
      if (++i >= 624) {
        state[0] = state[623];
        i = 1;
      }
      if (++j >= key.size()) j = 0;
    }
    for (std::size_t k = 623; k > 0; --k) {
      state[i] = (state[i] ^ ((state[i - 1] ^ (state[i - 1] >> 30)) * 1566083941U)) -
                 static_cast<std::uint32_t>(i);
      if (++i >= 624) {
        state[0] = state[623];
        i = 1;
      }
    }
    state[0] = 0x80000000U;
  }

  std::uint32_t next() {
    if (at >= 624) {
      for (std::size_t k = 0; k < 624; ++k) {
        const std::uint32_t y = (state[k] & 0x80000000U) | (state[(k + 1) % 624] & 0x7FFFFFFFU);
        state[k] = state[(k + 397) % 624] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908B0DFU : 0);
      }
      at = 0;
    }
    std::uint32_t y = state[at++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680U;
    y ^= (y << 15) & 0xEFC60000U;
    return y ^ (y >> 18);
  }
};

Value bits(Call& call) {
  Twister& twister = native_part<Twister>(call[0]);
  std::int64_t count = call.integer(1);
  if (count < 0) value_error(call.in, "number of bits must be non-negative");
  if (count == 0) return Value(0);
  if (count > 100'000) throw BigInt::TooLarge();
  if (count <= 32) return Value(static_cast<std::int64_t>(twister.next() >> (32 - count)));
  std::vector<std::uint32_t> limbs;
  for (; count > 0; count -= 32) {
    std::uint32_t part = twister.next();
    if (count < 32) part >>= 32 - count;
    limbs.push_back(part);
  }
  return make_int(call.in, BigInt::from_limbs(std::move(limbs), false));
}

}  // namespace

void fill_random(Interpreter& in, Module& module) {
  Class& cls = in.add_class(module, "Random");
  in.add_method(cls, "__init__(self, x=None)", [](Call& call) -> Value {
    auto twister = std::make_unique<Twister>();
    std::vector<std::uint32_t> key(8);
    random_bytes(key.data(), key.size() * sizeof(std::uint32_t));
    twister->seed(key);
    call[0].as<Instance>()->data = std::move(twister);
    return {};
  });
  in.add_method(cls, "_seed_integer(self, n)", [](Call& call) -> Value {
    std::vector<std::uint32_t> key = to_big(call[1]).limbs();
    if (key.empty()) key.push_back(0);
    native_part<Twister>(call[0]).seed(key);
    return {};
  });
  in.add_method(cls, "random(self)", [](Call& call) -> Value {
    Twister& twister = native_part<Twister>(call[0]);
    const std::uint32_t a = twister.next() >> 5, b = twister.next() >> 6;
    return Value((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
  });
  in.add_method(cls, "getrandbits(self, k)", bits);
}

}  // namespace cupel::python
