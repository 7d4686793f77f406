// revision: 8d2e4f60a1b3
// down_revision: 3f1c5a7e9b20
// message: pin notes, and call the text body
#include <cupel/cupel.hpp>

using namespace cupel;

// SQLite can do the first of these in place; the CHECK makes cupel rebuild the table, once for
// both.
const Revision pin_notes{
    .id = "8d2e4f60a1b3",
    .down_revision = {"3f1c5a7e9b20"},
    .message = "pin notes, and call the text body",
    .upgrade =
        [](Operations& op) {
          op.batch("note", [](BatchOperations& note) {
            note.alter_column("text", {.new_column_name = "body"});
            note.add_column(Column("pinned", Boolean()).not_null().server_default(false_value()));
            note.create_check_constraint("ck_note_body", "length(body) > 0");
          });
          op.execute("UPDATE note SET pinned = 1 WHERE id = :first", {{"first", 1}});
        },
    .downgrade =
        [](Operations& op) {
          op.batch("note", [](BatchOperations& note) {
            note.drop_constraint("ck_note_body");
            note.drop_column("pinned");
            note.alter_column("body", {.new_column_name = "text"});
          });
        },
};
