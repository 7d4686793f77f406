// SPDX-License-Identifier: MIT
// See md5.hpp.
#include "model/md5.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace cupel::model {
namespace {

using State = std::array<std::uint32_t, 4>;

/// floor(2^32 * |sin(i + 1)|), as the standard defines them.
std::array<std::uint32_t, 64> make_sines() {
  std::array<std::uint32_t, 64> sines{};
  for (std::size_t i = 0; i < sines.size(); ++i) {
    sines[i] = static_cast<std::uint32_t>(std::floor(std::fabs(std::sin(i + 1.0)) * 4294967296.0));
  }
  return sines;
}

std::uint32_t word_at(const char* bytes) {
  std::uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(bytes[i]);
  return word;
}

void add_block(State& state, const char* block) {
  static const std::array<std::uint32_t, 64> kSines = make_sines();
  static constexpr int kShifts[4][4] = {
      {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  static constexpr std::uint32_t kFactor[4] = {1, 5, 3, 7};
  static constexpr std::uint32_t kOffset[4] = {0, 1, 5, 0};
  auto [a, b, c, d] = state;
  for (std::uint32_t i = 0; i < 64; ++i) {
    const std::uint32_t round = i / 16;
    const std::uint32_t mixed = round == 0   ? ((b & c) | (~b & d))
                                : round == 1 ? ((d & b) | (~d & c))
                                : round == 2 ? (b ^ c ^ d)
                                             : (c ^ (b | ~d));
    const std::uint32_t word = word_at(block + 4 * ((i * kFactor[round] + kOffset[round]) % 16));
    const std::uint32_t sum = a + mixed + kSines[i] + word;
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kShifts[round][i % 4]);
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
}

}  // namespace

std::string md5_hex(std::string_view text) {
  std::string padded(text);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  const std::uint64_t bits = std::uint64_t{text.size()} * 8;
  for (int i = 0; i < 8; ++i) padded += static_cast<char>(bits >> (8 * i) & 0xFF);

  State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for (std::size_t i = 0; i < padded.size(); i += 64) add_block(state, padded.data() + i);

  std::string hex;
  for (const std::uint32_t word : state) {
    for (int shift = 0; shift < 32; shift += 8) {
      hex += "0123456789abcdef"[word >> (shift + 4) & 0xF];
      hex += "0123456789abcdef"[word >> shift & 0xF];
    }
  }
  return hex;
}

}  // namespace cupel::model
