// SPDX-License-Identifier: MIT
// MD5, SHA-1, SHA-256 and SHA-512 of a text.
#pragma once

#include <string>
#include <string_view>

namespace cupel::python {

/// The digest's bytes; `name` is md5, sha1, sha224, sha256, sha384 or sha512. Empty for any other
/// name.
std::string digest(std::string_view name, std::string_view data);

}  // namespace cupel::python
