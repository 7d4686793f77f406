// SPDX-License-Identifier: MIT
// The cupel program: the command line without revisions of its own.
#include "cupel/cli.hpp"

int main(int argc, char** argv) { return cupel::cli::run(argc, argv); }
