// SPDX-License-Identifier: MIT
#include "models.hpp"

namespace notes {

using namespace cupel;

template <typename T>
mapping::Parts entity() {
  return parts<T>(column("id", &T::id).primary_key(),
                  column("created", &T::created).server_default(now()));
}

void declare(Schema& schema) {
  schema.add(map<Author>("author", entity<Author>(),  //
                         column("name", &Author::name).length(80),
                         column("email", &Author::email).length(200).unique()));
  schema.add(map<Note>(
      "note", entity<Note>(),
      column("author_id", &Note::author_id).references("author.id").on_delete("CASCADE").index(),
      column("title", &Note::title).length(80), column("body", &Note::body, Text()),
      column("mood", &Note::mood).server_default("calm"),
      column("is_pinned", &Note::is_pinned).server_default(false),
      column("attachment", &Note::attachment).nullable(),
      named("ck_note_title", check("length(title) > 0")),
      named("ix_note_newest", index(key(&Note::created).desc()))));
}

}  // namespace notes
