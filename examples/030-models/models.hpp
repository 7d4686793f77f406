// SPDX-License-Identifier: MIT
// The notes of a team: two libraries' worth of structs. One is mapped in models.cpp, the other,
// which could live in a library of its own, in audit.cpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <cupel/models.hpp>
#include <optional>
#include <string>
#include <vector>

namespace notes {

enum class Mood { calm, angry };
inline cupel::EnumNames enum_names(Mood) { return {"mood", {"calm", "angry"}}; }

/// What all tables have.
struct Entity {
  std::int64_t id = 0;
  std::chrono::system_clock::time_point created;
};

struct Author : Entity {
  std::string name;
  std::optional<std::string> email;
};

struct Note : Entity {
  std::int64_t author_id = 0;
  std::string title;
  std::string body;
  Mood mood = Mood::calm;
  bool is_pinned = false;
  std::vector<std::byte> attachment;
};

void declare(cupel::Schema& schema);

}  // namespace notes

namespace audit {

struct Event {
  std::int64_t number = 0;
  std::string what;
  std::optional<std::int64_t> note_id;
};

void declare(cupel::Schema& schema);

}  // namespace audit
