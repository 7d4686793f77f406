// SPDX-License-Identifier: MIT
// See hashes.hpp. All of them fill blocks with a one bit, zeros and the length, and differ in how a
// block is mixed.
#include "python/hashes.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace cupel::python {
namespace {

std::string padded(std::string_view data, std::size_t block, bool big_endian) {
  std::string out(data);
  out += '\x80';
  const std::size_t length_size = block / 8;
  while (out.size() % block != block - length_size) out += '\0';
  const std::uint64_t bits = static_cast<std::uint64_t>(data.size()) * 8;
  for (std::size_t i = 0; i < length_size; ++i) {
    const std::size_t byte = big_endian ? length_size - 1 - i : i;
    out += byte < 8 ? static_cast<char>(bits >> (8 * byte)) : '\0';
  }
  return out;
}

template <class Word>
Word load(const std::string& data, std::size_t at, bool big_endian) {
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    const std::size_t byte = big_endian ? sizeof(Word) - 1 - i : i;
    word |= static_cast<Word>(static_cast<unsigned char>(data[at + i])) << (8 * byte);
  }
  return word;
}

template <class Word>
void store(std::string& out, Word word, bool big_endian) {
  for (std::size_t i = 0; i < sizeof(Word); ++i) {
    const std::size_t byte = big_endian ? sizeof(Word) - 1 - i : i;
    out += static_cast<char>(word >> (8 * byte));
  }
}

std::string md5(std::string_view data) {
  static const std::array<std::uint32_t, 64> kSine = [] {
    std::array<std::uint32_t, 64> table{};
    for (std::size_t i = 0; i < 64; ++i)
      table[i] = static_cast<std::uint32_t>(
          std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
    return table;
  }();
  static constexpr int kShifts[4][4] = {
      {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  std::array<std::uint32_t, 4> state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
  const std::string text = padded(data, 64, false);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      std::uint32_t f = 0;
      std::size_t word = i;
      switch (i / 16) {
        case 0:
          f = (b & c) | (~b & d);
          break;
        case 1:
          f = (d & b) | (~d & c);
          word = (5 * i + 1) % 16;
          break;
        case 2:
          f = b ^ c ^ d;
          word = (3 * i + 5) % 16;
          break;
        default:
          f = c ^ (b | ~d);
          word = (7 * i) % 16;
          break;
      }
      const std::uint32_t mixed =
          a + f + kSine[i] + load<std::uint32_t>(text, at + 4 * word, false);
      a = d;
      d = c;
      c = b;
      b += std::rotl(mixed, kShifts[i / 16][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
  std::string out;
  for (const std::uint32_t word : state) store(out, word, false);
  return out;
}

std::string sha1(std::string_view data) {
  std::array<std::uint32_t, 5> state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  const std::string text = padded(data, 64, true);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 16; ++i) w[i] = load<std::uint32_t>(text, at + 4 * i, true);
    for (std::size_t i = 16; i < 80; ++i)
      w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < 80; ++i) {
      std::uint32_t f = 0, k = 0;
      switch (i / 20) {
        case 0:
          f = (b & c) | (~b & d);
          k = 0x5A827999;
          break;
        case 1:
          f = b ^ c ^ d;
          k = 0x6ED9EBA1;
          break;
        case 2:
          f = (b & c) | (b & d) | (c & d);
          k = 0x8F1BBCDC;
          break;
        default:
          f = b ^ c ^ d;
          k = 0xCA62C1D6;
          break;
      }
      const std::uint32_t next = std::rotl(a, 5) + f + e + k + w[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
  }
  std::string out;
  for (const std::uint32_t word : state) store(out, word, true);
  return out;
}

std::vector<unsigned> primes(std::size_t count) {
  std::vector<unsigned> found;
  for (unsigned n = 2; found.size() < count; ++n) {
    bool prime = true;
    for (const unsigned p : found) prime = prime && n % p != 0;
    if (prime) found.push_back(n);
  }
  return found;
}

/// The first 64 bits behind the point of a root of a prime: found bit by bit with whole numbers.
std::uint64_t root_fraction(unsigned prime, int degree) {
  // The largest x with x^degree <= prime * 2^(64 * degree), by bisection in 128 bits where it fits.
  using Wide = unsigned __int128;
  std::uint64_t whole = 1;
  while (true) {
    const std::uint64_t next = whole + 1;
    if ((degree == 2 ? next * next : next * next * next) > prime) break;
    whole = next;
  }
  // Newton by bits: compare (whole + f / 2^64)^degree with prime, f in 64 bits, using limbs of 32
  // bits.
  std::uint64_t fraction = 0;
  for (int bit = 63; bit >= 0; --bit) {
    const std::uint64_t trial = fraction | (std::uint64_t{1} << bit);
    // value = whole * 2^64 + trial, at most 2^70; multiply limb by limb.
    const std::array<std::uint64_t, 3> v{trial & 0xFFFFFFFF, trial >> 32, whole};
    std::vector<std::uint64_t> product{1};
    for (int i = 0; i < degree; ++i) {
      std::vector<std::uint64_t> next(product.size() + 3, 0);
      for (std::size_t x = 0; x < product.size(); ++x) {
        Wide carry = 0;
        for (std::size_t y = 0; y < 3 || carry != 0; ++y) {
          const Wide sum = static_cast<Wide>(next[x + y]) +
                           (y < 3 ? static_cast<Wide>(product[x]) * v[y] : 0) + carry;
          next[x + y] = static_cast<std::uint64_t>(sum & 0xFFFFFFFF);
          carry = sum >> 32;
        }
      }
      product = std::move(next);
    }
    std::uint64_t high = 0;
    for (std::size_t i = product.size(); i-- > static_cast<std::size_t>(2 * degree);)
      high = (high << 32) | product[i];
    if (high < prime) fraction = trial;
  }
  return fraction;
}

template <class Word, std::size_t Rounds>
struct Sha2Shape;
template <>
struct Sha2Shape<std::uint32_t, 64> {
  static constexpr int kBig0[3] = {2, 13, 22}, kBig1[3] = {6, 11, 25}, kSmall0[3] = {7, 18, 3},
                       kSmall1[3] = {17, 19, 10};
};
template <>
struct Sha2Shape<std::uint64_t, 80> {
  static constexpr int kBig0[3] = {28, 34, 39}, kBig1[3] = {14, 18, 41}, kSmall0[3] = {1, 8, 7},
                       kSmall1[3] = {19, 61, 6};
};

template <class Word, std::size_t Rounds>
std::string sha2(std::string_view data, std::array<Word, 8> state, std::size_t length) {
  using Shape = Sha2Shape<Word, Rounds>;
  static const std::array<Word, Rounds> kConstants = [] {
    std::array<Word, Rounds> table{};
    const std::vector<unsigned> list = primes(Rounds);
    for (std::size_t i = 0; i < Rounds; ++i)
      table[i] = static_cast<Word>(root_fraction(list[i], 3) >> (64 - 8 * sizeof(Word)));
    return table;
  }();
  const auto big = [](Word x, const int(&r)[3]) {
    return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ std::rotr(x, r[2]);
  };
  const auto small = [](Word x, const int(&r)[3]) {
    return std::rotr(x, r[0]) ^ std::rotr(x, r[1]) ^ (x >> r[2]);
  };
  const std::size_t block = 16 * sizeof(Word);
  const std::string text = padded(data, block, true);
  for (std::size_t at = 0; at < text.size(); at += block) {
    std::array<Word, Rounds> w{};
    for (std::size_t i = 0; i < 16; ++i) w[i] = load<Word>(text, at + sizeof(Word) * i, true);
    for (std::size_t i = 16; i < Rounds; ++i)
      w[i] =
          w[i - 16] + small(w[i - 15], Shape::kSmall0) + w[i - 7] + small(w[i - 2], Shape::kSmall1);
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < Rounds; ++i) {
      const Word first = h + big(e, Shape::kBig1) + ((e & f) ^ (~e & g)) + kConstants[i] + w[i];
      const Word second = big(a, Shape::kBig0) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    const std::array<Word, 8> mixed{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += mixed[i];
  }
  std::string out;
  for (const Word word : state) store(out, word, true);
  out.resize(length);
  return out;
}

/// Square roots of primes, from the `first`.
template <class Word>
std::array<Word, 8> root_state(std::size_t first, int shift) {
  std::array<Word, 8> state{};
  const std::vector<unsigned> list = primes(first + 8);
  for (std::size_t i = 0; i < 8; ++i)
    state[i] = static_cast<Word>(root_fraction(list[first + i], 2) >> shift);
  return state;
}

}  // namespace

std::string digest(std::string_view name, std::string_view data) {
  if (name == "md5") return md5(data);
  if (name == "sha1") return sha1(data);
  if (name == "sha256") return sha2<std::uint32_t, 64>(data, root_state<std::uint32_t>(0, 32), 32);
  // SHA-224 begins with the lower halves of what SHA-384 begins with.
  if (name == "sha224") return sha2<std::uint32_t, 64>(data, root_state<std::uint32_t>(8, 0), 28);
  if (name == "sha512") return sha2<std::uint64_t, 80>(data, root_state<std::uint64_t>(0, 0), 64);
  if (name == "sha384") return sha2<std::uint64_t, 80>(data, root_state<std::uint64_t>(8, 0), 48);
  return {};
}

}  // namespace cupel::python
