// SPDX-License-Identifier: MIT
// Any cupel.toml and any .env: settings, or an error with a place; no crash. A NUL byte parts the
// two files.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/config.hpp"
#include "cli/dotenv.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cupel;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t part = text.find('\0');
  MemoryFiles files;
  files.write("cupel.toml", text.substr(0, part));
  if (part != std::string_view::npos) files.write(".env", text.substr(part + 1));
  cli::GlobalOptions options;
  try {
    cli::load_config(files, options,
                     [](const std::string&) -> std::optional<std::string> { return std::nullopt; });
  } catch (const UsageError&) {
  } catch (const InputError&) {
  }
  return 0;
}
