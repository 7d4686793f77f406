// SPDX-License-Identifier: MIT
// xxHash, compiled in: Debian's library has no need to be there.
#pragma once

#define XXH_INLINE_ALL
#if defined(__SANITIZE_ADDRESS__)
#define XXH_NO_INLINE_HINTS 1  // at -Og what it insists on inlining cannot be
#endif
#include <xxhash.h>
