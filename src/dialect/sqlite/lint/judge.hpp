// SPDX-License-Identifier: MIT
// The rules that only SQLite has. Test: judge_test.cpp
#pragma once

#include <memory>

#include "cupel/lint/judge.hpp"

namespace cupel::dialect::sqlite {

std::unique_ptr<lint::RevisionJudge> make_lint_judge();

}  // namespace cupel::dialect::sqlite
