// SPDX-License-Identifier: MIT
#include "models.hpp"

namespace audit {

using namespace cupel;

void declare(Schema& schema) {
  schema.add(map<Event>("audit_event",  //
                        column("number", &Event::number).primary_key(),
                        column("what", &Event::what).length(200),
                        column("note_id", &Event::note_id).references("note.id")));
}

}  // namespace audit
