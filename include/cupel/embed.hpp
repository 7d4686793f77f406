// SPDX-License-Identifier: MIT
// Migrations inside an application: cupel::upgrade("sqlite:///app.db", "head", app::revisions()) at
// start-up, or the same on a handle that is open already. See docs/cpp.md and
// examples/060-embed-in-service. Needs no command line and reads no environment.
#pragma once

#include "cupel/command/embed.hpp"
