// SPDX-License-Identifier: MIT
// CUPEL_API marks what a shared libcupel exports; everything else is hidden.
#pragma once

#if defined(__GNUC__)
#define CUPEL_API __attribute__((visibility("default")))
#else
#define CUPEL_API
#endif
