// SPDX-License-Identifier: MIT
#include "cupel/base/version.hpp"

#include <dlfcn.h>
#include <sys/stat.h>

namespace cupel {

std::string_view library_version() { return CUPEL_VERSION; }

std::string library_build() {
  std::string build(library_version());
  Dl_info module{};
  struct stat file {};
  const void* here = reinterpret_cast<const void*>(&library_build);
  if (::dladdr(here, &module) == 0 || module.dli_fname == nullptr) return build;
  // A program's own name may be one that only its PATH explains.
  if (::stat(module.dli_fname, &file) != 0 && ::stat("/proc/self/exe", &file) != 0) return build;
  return build + " " + std::to_string(file.st_size) + " " + std::to_string(file.st_mtim.tv_sec) +
         "." + std::to_string(file.st_mtim.tv_nsec);
}

}  // namespace cupel
