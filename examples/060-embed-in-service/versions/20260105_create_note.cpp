// revision: 3f1c5a7e9b20
// down_revision:
// message: create the table of notes
#include <cupel/cupel.hpp>

using namespace cupel;

const Revision create_note{
    .id = "3f1c5a7e9b20",
    .message = "create the table of notes",
    .upgrade =
        [](Operations& op) {
          op.create_table("note", {Column("id", Integer()).primary_key(),
                                   Column("text", String(200)).not_null(),
                                   Column("created", DateTime()).server_default(now())});
          op.bulk_insert("note", {"text"},
                         {{"  Welcome!  "}, {"This note came with the program."}});
        },
    .downgrade = [](Operations& op) { op.drop_table("note"); },
};
