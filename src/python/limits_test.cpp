// SPDX-License-Identifier: MIT
// Limits of steps, memory and depth.
#include <gtest/gtest.h>

#include "python/fixture.hpp"

namespace cupel::python {
namespace {

std::string limited(const std::string& text, std::uint64_t steps,
                    std::size_t memory = std::size_t{64} << 20) {
  Settings settings;
  settings.max_steps = steps;
  settings.max_memory = memory;
  Interpreter in(std::move(settings));
  try {
    in.load(text, "script.py");
  } catch (const ScriptError& error) {
    return error.details().exception;
  }
  return "no error";
}

TEST(PythonLimits, EndlessLoopsEnd) {
  constexpr std::uint64_t kSteps = 100'000;
  EXPECT_EQ(limited("while True: pass", kSteps), "LimitError");
  EXPECT_EQ(limited("while True:\n    try:\n        while True: pass\n    except BaseException: "
                    "pass\n    finally: pass",
                    kSteps),
            "LimitError");
  EXPECT_EQ(limited("def f():\n    while True: yield 1\nsum(f())", kSteps), "LimitError");
  EXPECT_EQ(limited("import itertools\nlist(itertools.count())", kSteps), "LimitError");
  EXPECT_EQ(limited("for x in iter(int, 1): pass", kSteps), "LimitError");
  EXPECT_EQ(limited("l = [1]\nfor x in l: l.append(x)", kSteps), "LimitError");
  EXPECT_EQ(limited("import re\nre.match('(a*)*b', 'a' * 40)", kSteps), "LimitError");
  EXPECT_EQ(limited("class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().x",
                    kSteps) == "no error",
            false);
  EXPECT_EQ(limited("import time\ntime.sleep(1e9)", kSteps), "LimitError");
  EXPECT_EQ(limited("x = 3 ** 50000\nwhile True: x = x * x % (3 ** 49999)", kSteps), "LimitError");
  EXPECT_EQ(limited("sorted(range(10 ** 9))", kSteps), "LimitError");
}

TEST(PythonLimits, MemoryIsBounded) {
  constexpr std::uint64_t kSteps = 100'000'000;
  constexpr std::size_t kMemory = std::size_t{8} << 20;
  EXPECT_EQ(limited("x = 'a' * 10 ** 9", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("x = [0] * 10 ** 9", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("x = 'a'\nwhile True: x += x", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("x = []\nwhile True: x.append('abc' + str(len(x)))", kSteps, kMemory),
            "LimitError");
  EXPECT_EQ(limited("'%100000000d' % 1 + 'x' * 10 ** 8", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("'a'.ljust(10 ** 9)", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("f'{1:99999999}' * 5", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("bytes(10 ** 9)", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("','.join(['a' * 1000] * 10 ** 6)", kSteps, kMemory), "LimitError");
  EXPECT_EQ(limited("2 ** 10 ** 10", kSteps, kMemory), "OverflowError");
  EXPECT_EQ(limited("1 << 10 ** 9", kSteps, kMemory), "OverflowError");
}

TEST(PythonLimits, RecursionIsBounded) {
  constexpr std::uint64_t kSteps = 100'000'000;
  EXPECT_EQ(limited("def f(): f()\nf()", kSteps), "RecursionError");
  EXPECT_EQ(limited("class A:\n    def __repr__(self): return repr(self)\nrepr(A())", kSteps),
            "RecursionError");
  EXPECT_EQ(limited("class A:\n    def __eq__(self, o): return self == o\nA() == A()", kSteps),
            "RecursionError");
  EXPECT_EQ(limited("l = []\nfor i in range(100000): l = [l]\nrepr(l)", kSteps), "RecursionError");
  EXPECT_EQ(limited("l = m = []\nfor i in range(100000): l, m = [l], [m]\nl == m", kSteps),
            "RecursionError");
  EXPECT_EQ(limited("t = ()\nfor i in range(100000): t = (t,)\nhash(t)", kSteps), "RecursionError");
  EXPECT_EQ(limited("import json\nl = []\nfor i in range(100000): l = [l]\njson.dumps(l)", kSteps),
            "RecursionError");
  EXPECT_EQ(limited("import json\njson.loads('[' * 100000)", kSteps), "RecursionError");
  EXPECT_EQ(limited("eval('(' * 100000)", kSteps), "SyntaxError");
  EXPECT_EQ(limited("x = int\nfor i in range(100000): x = x | (int if i % 2 else str)", kSteps),
            "no error");
  EXPECT_EQ(
      limited(
          "isinstance(1, tuple)\nt = (int,)\nfor i in range(100000): t = (t,)\nisinstance('', t)",
          kSteps),
      "RecursionError");
  EXPECT_EQ(limited("def g(n):\n    yield from g(n + 1)\nlist(g(0))", kSteps), "RecursionError");
  EXPECT_EQ(
      limited("f = lambda: 1\nfor i in range(100000):\n    f = (lambda g: lambda: g())(f)\nf()",
              kSteps),
      "RecursionError");
  // Destroying deep structures needs no stack either.
  EXPECT_EQ(limited("l = []\nfor i in range(300000): l = [l]\ndel l", kSteps), "no error");
}

TEST(PythonLimits, AnInterpreterGoesOnAfterALimit) {
  Settings settings;
  settings.max_steps = 10'000;
  Interpreter in(std::move(settings));
  const Value module =
      in.load("def loop():\n    while True: pass\ndef fine(): return 5\n", "script.py");
  EXPECT_THROW(in.call(in.attribute(module, "loop")), ScriptError);
  EXPECT_EQ(in.to_int64(in.call(in.attribute(module, "fine"))), 5);
}

}  // namespace
}  // namespace cupel::python
