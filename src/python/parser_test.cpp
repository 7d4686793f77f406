// SPDX-License-Identifier: MIT
// Syntax: what is accepted, where errors are, how deep it may go. The shape of trees is tested by
// running them.
#include <gtest/gtest.h>

#include "cupel/python/parse.hpp"

namespace cupel::python {
namespace {

std::string error_of(const std::string& text) {
  try {
    parse(text, "x.py");
  } catch (const ScriptError& error) {
    return error.what();
  }
  return "no error";
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(PythonParser, KnowsWhatPositionsAre) {
  const auto tree = parse("x = 1\nfoo.bar(a, *b, c=2)\n", "x.py");
  ASSERT_EQ(tree->body.size(), 2U);
  auto& statement = ast::as<ast::Expression>(*tree->body[1]);
  auto& call = ast::as<ast::Call>(*statement.value);
  EXPECT_EQ(tree->text.substr(call.start, call.end - call.start), "foo.bar(a, *b, c=2)");
  EXPECT_EQ(tree->text.substr(call.function->start, call.function->end - call.function->start),
            "foo.bar");
  EXPECT_EQ(call.positional.size(), 2U);
  EXPECT_EQ(call.keywords[0]->name, "c");
}

TEST(PythonParser, AcceptsTheWholeLanguage) {
  const char* programs[] = {
      "",
      "\n\n# only a comment",
      "\xEF\xBB\xBFx = 1\n",
      "if a:\r\n  b\r\nelif c: d; e\r\nelse:\r\n  pass\r\n",
      "x = [\n  1,\n\n  2]  # two\ny = (yield_ := 3)\n",
      "def f(a, /, b: int = 1, *args: str, c, d=2, **kw) -> None: ...",
      "def f(*, a): pass\nlambda *a, b=1, **k: (a, b)\n",
      "async def f():\n  async with a as b, c: await d\n  async for x in y: pass\n  return [z "
      "async for z in w]\n",
      "@a.b(c)\n@d\nclass C(B, metaclass=M):\n  x: int\n  y: 'str' = 1\n",
      "with (open(a) as b, c() as (d, e),): pass\nwith (a): pass\nwith (a, b): pass\n",
      "try:\n  pass\nexcept (A, B) as e:\n  raise X from e\nexcept* C: pass\n",
      "try: pass\nfinally: pass\n",
      "match x:\n  case 1 | -2 | 'a': pass\n  case [a, *_] if a: pass\n  case {'k': v, **rest}: "
      "pass\n"
      "  case P(1, b=(c, d)) as e: pass\n  case a.b: pass\n  case (((_))): pass\n",
      "match = 1\nmatch.x\nmatch(1)\nprint(match, case)\ntype = 2\ntype X = int\n",
      "a, *b = c = d\na.b[1:2, ::3] += 4\ndel a, (b, c)\nx = *a, b\n",
      "f'{a!r:>{w}} {{}} {b=} {c:%Y-%m}' f\"{d['k']}\" rf'\\d{e}' 'plain'\n",
      "f'''{\n  x\n}'''\nf'{x:{\"a\"}}{ {1: 2}[1] }{lambda_}'\n",
      "0x_ff + 0o17 + 0b1 + 1_000 + 1. + .5 + 1e5 + 1E-5 + 123456789012345678901234567890\n",
      "1if x else 2\nnot a in b\na not in b is not c\na < b <= c != d\n",
      "x = a if b else c if d else lambda: e\nprint(*a, **b, c=1)\nf(x for x in y)\n",
      "for x, in y: break\nfor x in *a, b: continue\nelse: pass\nwhile (n := f()): pass\n",
      "from . import a\nfrom ...b.c import (d as e, f,)\nfrom x import *\nimport a.b as c, d\n",
      "global_ = 1\ndef f():\n  global a, b\n  def g():\n    nonlocal_ = 1\n",
      "def f[T: int, *Ts](x: T) -> T: return x\nclass C[T]: pass\n",
      "{**a, 'b': 1}\n{*a, 1}\n{a: b for a, b in c if d if e}\n[*a]\n",
      "x = '\\x41\\u00e9\\U0001F600\\101\\q\\\n'\nb'\\xff' rb'\\d'\n",
      "été = 1\n名 = 2\n",
  };
  for (const char* program : programs) {
    SCOPED_TRACE(program);
    EXPECT_EQ(error_of(program), "no error");
  }
}

TEST(PythonParser, SaysWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> cases[] = {
      {"x = = 1", "x.py:1:5: SyntaxError: invalid syntax"},
      {"print 'a'",
       "x.py:1:1: SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?"},
      {"print x",
       "x.py:1:1: SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?"},
      {"try: pass\nexcept A, e: pass",
       "x.py:2:8: SyntaxError: multiple exception types must be parenthesized"},
      {"if x:\npass",
       "x.py:2:1: IndentationError: expected an indented block after 'if' statement on line 1"},
      {"if x:\n    a\n  b",
       "x.py:3:3: IndentationError: unindent does not match any outer indentation level"},
      {"a\n  b", "x.py:2:3: IndentationError: unexpected indent"},
      {"if x:\n        a\n\tb",
       "x.py:3:2: TabError: inconsistent use of tabs and spaces in indentation"},
      {"f(1", "x.py:1:2: SyntaxError: '(' was never closed"},
      {"f(1]",
       "x.py:1:4: SyntaxError: closing parenthesis ']' does not match opening parenthesis '('"},
      {")", "x.py:1:1: SyntaxError: unmatched ')'"},
      {"x = 'a", "x.py:1:5: SyntaxError: unterminated string literal"},
      {"x = '''a", "x.py:1:5: SyntaxError: unterminated triple-quoted string literal"},
      {"1 = x",
       "x.py:1:1: SyntaxError: cannot assign to literal here. Maybe you meant '==' instead of "
       "'='?"},
      {"None = 1", "x.py:1:1: SyntaxError: cannot assign to None"},
      {"f() = 1",
       "x.py:1:1: SyntaxError: cannot assign to function call here. Maybe you meant '==' instead "
       "of '='?"},
      {"f(a=1, 2)", "x.py:1:8: SyntaxError: positional argument follows keyword argument"},
      {"f(a=1, a=2)", "x.py:1:8: SyntaxError: keyword argument repeated: a"},
      {"def f(a, a): pass",
       "x.py:1:10: SyntaxError: duplicate argument 'a' in function definition"},
      {"def f(a=1, b): pass",
       "x.py:1:12: SyntaxError: non-default argument follows default argument"},
      {"0777",
       "x.py:1:1: SyntaxError: leading zeros in decimal integer literals are not permitted; use an "
       "0o "
       "prefix for octal integers"},
      {"1abc", "x.py:1:1: SyntaxError: invalid decimal literal"},
      {"a <> b", "x.py:1:3: SyntaxError: '<>' is Python 2; write '!='"},
      {"3j", "x.py:1:1: SyntaxError: complex numbers are not supported"},
      {"return", "x.py:1:1: SyntaxError: 'return' outside function"},
      {"break", "x.py:1:1: SyntaxError: 'break' outside loop"},
      {"def f():\n  nonlocal x", "x.py:2:3: SyntaxError: no binding for nonlocal 'x' found"},
      {"yield 1", "x.py:1:1: SyntaxError: 'yield' outside function"},
      {"f'{}'", "x.py:1:4: SyntaxError: f-string: empty expression not allowed"},
      {"f'{a'", "x.py:1:4: SyntaxError: unterminated string literal"},
      {"f'}'", "x.py:1:3: SyntaxError: f-string: single '}' is not allowed"},
      {"\"\xFF\"",
       "x.py:1:2: SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff in position 1; "
       "save the file as UTF-8"},
      {"x = $", "x.py:1:5: SyntaxError: invalid syntax"},
      {"a b", "x.py:1:3: SyntaxError: invalid syntax"},
      {"[a b]", "x.py:1:4: SyntaxError: invalid syntax. Perhaps you forgot a comma?"},
      {"x = (1 +\n", "x.py:1:5: SyntaxError: '(' was never closed"},
      {"if x = 1: pass",
       "x.py:1:6: SyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?"},
  };
  for (const auto& [program, message] : cases) {
    SCOPED_TRACE(program);
    EXPECT_EQ(error_of(program), message);
  }
  EXPECT_EQ(error_of(std::string("a\0b", 3)),
            "x.py:1:2: SyntaxError: source code cannot contain null bytes");
}

TEST(PythonParser, StopsBeforeItsStackEnds) {
  const std::string deep[] = {
      repeat("(", 100000),
      repeat("[", 100000),
      "x = " + repeat("-", 100000) + "1",
      repeat("not ", 100000) + "x",
      repeat("lambda: ", 100000) + "1",
      repeat("x if y else ", 100000) + "z",
      "x" + repeat(".a", 100000),
      "f" + repeat("()", 100000),
      repeat("f(", 100000),
      repeat("{1:", 100000),
      "x = " + repeat("2**", 100000) + "2",
      repeat("f'{", 1000),
      repeat("f\"{f'{", 1000),
      "match x:\n  case " + repeat("(", 190) + "a" + repeat(")", 190) + ": pass\n",
  };
  for (const std::string& program : deep) {
    SCOPED_TRACE(program.substr(0, 30));
    error_of(program);
  }
  std::string nested;
  for (std::size_t i = 0; i < 99; ++i) nested += std::string(i, ' ') + "if x:\n";
  EXPECT_EQ(error_of(nested + std::string(99, ' ') + "pass\n"), "no error");
  EXPECT_EQ(error_of("x = 1" + repeat(" + 1", 50000)), "no error");
  EXPECT_EQ(error_of("if a: pass\n" + repeat("elif a: pass\n", 20000)), "no error");
}

TEST(PythonAssignments, AreReadWithoutRunning) {
  constexpr std::string_view kNames[] = {"revision", "down_revision", "branch_labels",
                                         "depends_on"};
  const auto read = [&](std::string_view text) { return read_assignments(text, kNames); };
  const Assignments found = read(
      "\"\"\"add phone\n\nRevision ID: 1a\n\"\"\"\nfrom typing import Union\n"
      "import sqlalchemy as sa\n\nrevision: str = '1a' 'b'\n"
      "down_revision: Union[str, Sequence[str], None] = (\"x\",\n   'y', )\n"
      "branch_labels = None\ndef upgrade():\n    revision = 'no'\n    if 1:\n        depends_on = "
      "'no'\n");
  EXPECT_EQ(found.docstring, "add phone\n\nRevision ID: 1a\n");
  EXPECT_EQ(found.values.at("revision"), (Assignment{Assignment::Kind::Text, {"1ab"}, 8}));
  EXPECT_EQ(found.values.at("down_revision"), (Assignment{Assignment::Kind::List, {"x", "y"}, 9}));
  EXPECT_EQ(found.values.at("branch_labels"), (Assignment{Assignment::Kind::None, {}, 11}));
  EXPECT_EQ(found.values.count("depends_on"), 0U);

  const auto kind = [&](std::string_view text) {
    const Assignments got = read(text);
    return got.values.contains("revision") ? got.values.at("revision").kind
                                           : Assignment::Kind::Dynamic;
  };
  using Kind = Assignment::Kind;
  EXPECT_EQ(kind("revision = ('a')"), Kind::Text);
  EXPECT_EQ(kind("revision = ('a',)"), Kind::List);
  EXPECT_EQ(kind("revision = 'a', 'b'"), Kind::List);
  EXPECT_EQ(kind("revision = ['a', 'b']"), Kind::List);
  EXPECT_EQ(kind("revision = {'a'}"), Kind::List);
  EXPECT_EQ(kind("x = revision = 'a'"), Kind::Text);
  EXPECT_EQ(kind("revision = 'a'; down_revision = 'b'"), Kind::Text);
  EXPECT_EQ(kind("revision = 'a' + 'b'"), Kind::Dynamic);
  EXPECT_EQ(kind("revision = f'a'"), Kind::Dynamic);
  EXPECT_EQ(kind("revision = f('a')"), Kind::Dynamic);
  EXPECT_EQ(kind("revision = 'a'\nif x:\n  revision = 'b'\n"), Kind::Dynamic);
  EXPECT_EQ(kind("revision = 'a'\nif x: revision = 'b'\n"), Kind::Dynamic);
  EXPECT_EQ(kind("revision, down_revision = 'a', 'b'"), Kind::Dynamic);
  EXPECT_EQ(kind("revision = 'a'\nx = ("), Kind::Text);
  EXPECT_EQ(kind("revision = 'a'\ndef f(): pass\nrevision = ['b']"), Kind::List);
  EXPECT_EQ(kind("f(revision='b')\nrevision = 'a'"), Kind::Text);
}

}  // namespace
}  // namespace cupel::python
