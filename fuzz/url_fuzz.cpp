// SPDX-License-Identifier: MIT
// Any text: no crash, and what parses prints to something that parses to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "cupel/driver/url.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  try {
    const driver::Url url = driver::parse_url({reinterpret_cast<const char*>(data), size});
    if (driver::parse_url(driver::to_string_with_password(url)) != url) std::abort();
    driver::to_display(url);
  } catch (const UsageError&) {
  }
  return 0;
}
