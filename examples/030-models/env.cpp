// SPDX-License-Identifier: MIT
#include <cupel/cli.hpp>

#include "models.hpp"
#include "models_example_revisions.hpp"

int main(int argc, char** argv) {
  return cupel::cli::run(argc, argv, models_example::revisions(),
                         {{"the models of notes", notes::declare}, {"audit", audit::declare}});
}
