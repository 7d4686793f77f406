// revision: c4a6081b2d3e
// down_revision: 8d2e4f60a1b3
// message: trim old notes
#include <cupel/cupel.hpp>

using namespace cupel;

/// What SQL's trim() would do too; here to show that a revision may compute in C++.
static std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "-"
                                    : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

const Revision trim_notes{
    .id = "c4a6081b2d3e",
    .down_revision = {"8d2e4f60a1b3"},
    .message = "trim old notes",
    .upgrade =
        [](Operations& op) {
          for (const Row note : op.rows("SELECT id, body FROM note"))
            op.execute("UPDATE note SET body = :body WHERE id = :id",
                       {{"body", trimmed(note.text(1))}, {"id", note[0]}});
        },
    .downgrade = [](Operations&) {},  // nothing to undo
};
