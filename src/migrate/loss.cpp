// SPDX-License-Identifier: MIT
// See loss.hpp.
#include "cupel/migrate/loss.hpp"

#include <fmt/core.h>

namespace cupel::migrate {
namespace {

std::string amount(const Loss& loss) {
  if (!loss.count) return "; how much that is cannot be counted";
  const std::string number = *loss.count > kMostCounted
                                 ? "more than " + std::to_string(kMostCounted)
                                 : std::to_string(*loss.count);
  return fmt::format(", and {} {}{} with it", number, loss.is_values ? "value" : "row",
                     *loss.count == 1 ? "" : "s");
}

std::string message_of(const std::vector<Loss>& losses) {
  return losses.size() == 1 ? "the run would destroy data: revision '" + losses[0].revision + "' " +
                                  losses[0].description + amount(losses[0])
                            : fmt::format("the run would destroy data in {} steps", losses.size());
}

/// The revision itself is the better place for a yes, since it is reviewed.
std::string hint_of(const Loss& loss) {
  const std::string in_the_revision =
      loss.place.file.empty()
          ? fmt::format(".allows = {{\"{}\"}} in the revision", loss.code)
          : fmt::format(
                "-- cupel: allow {} because <reason>, above the statement; or beside it: cupel "
                "approve {} --because <reason>",
                loss.code, loss.revision);
  return "if that is meant, say so: " + in_the_revision + "; or run with --allow-destructive";
}

}  // namespace

std::string to_string(const Loss& loss) {
  const std::string where =
      loss.place.file.empty()
          ? "revision '" + loss.revision + "'"
          : loss.place.file + (loss.place.line == 0 ? "" : ":" + std::to_string(loss.place.line));
  return where + ": " + loss.description + amount(loss) + " (" + loss.code + ")";
}

DestructionRefused::DestructionRefused(std::vector<Loss> losses)
    : Error(message_of(losses), hint_of(losses.front())), losses_(std::move(losses)) {
  for (const Loss& loss : losses_) add_note(migrate::to_string(loss));
}

}  // namespace cupel::migrate
