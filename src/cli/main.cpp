// SPDX-License-Identifier: MIT
// The cupel program: the command line without revisions of its own.
#include "cupel/cli.hpp"
#include "cupel/command/process.hpp"

int main(int argc, char** argv) {
  cupel::command::own_process();
  return cupel::cli::run(argc, argv);
}
