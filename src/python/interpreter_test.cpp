// SPDX-License-Identifier: MIT
// The interpreter from C++: values, native functions and classes, callbacks, errors both ways.
#include "cupel/python/interpreter.hpp"

#include <gtest/gtest.h>

#include "cupel/python/types.hpp"
#include "python/fixture.hpp"

namespace cupel::python {
namespace {

class PythonTest : public testing::Test, protected Fixture {
 protected:
  Value run(const std::string& text) { return in_.load(text, "script.py"); }
  Value get(const Value& module, std::string_view name) { return in_.attribute(module, name); }
  std::string repr(const std::string& expression) {
    Value names = in_.dict();
    return in_.repr_of(in_.evaluate(expression, *names.as<Dict>()));
  }
  std::string error_of(const std::string& text) {
    try {
      run(text);
    } catch (const ScriptError& error) {
      return error.what();
    }
    return "no error";
  }
  Interpreter in_{settings()};
};

TEST_F(PythonTest, RunsAFileAndCallsItsFunctions) {
  const Value module = run("revision = 'ab12'\ndef upgrade(a, *, b=2):\n    return a + b\n");
  EXPECT_EQ(in_.str_of(get(module, "revision")), "ab12");
  const Value five[] = {Value(5)};
  EXPECT_EQ(in_.to_int64(in_.call(get(module, "upgrade"), five)), 7);
  const std::pair<std::string_view, Value> keywords[] = {{"b", Value(10)}};
  EXPECT_EQ(in_.to_int64(in_.call(get(module, "upgrade"), five, keywords)), 15);
  EXPECT_FALSE(in_.find_attribute(module, "downgrade").is_set());
}

TEST_F(PythonTest, ValuesGoBothWays) {
  EXPECT_EQ(in_.repr_of(Value(std::int64_t{-5})), "-5");
  EXPECT_EQ(in_.repr_of(Value(true)), "True");
  EXPECT_EQ(in_.repr_of(Value(2.5)), "2.5");
  EXPECT_EQ(in_.repr_of(Value::none()), "None");
  EXPECT_EQ(in_.repr_of(in_.str("é'")), "\"é'\"");
  EXPECT_EQ(in_.repr_of(in_.bytes("a\xff")), "b'a\\xff'");
  EXPECT_EQ(in_.repr_of(in_.list({Value(1), in_.str("a")})), "[1, 'a']");
  EXPECT_EQ(in_.repr_of(in_.tuple({Value(1)})), "(1,)");
  EXPECT_EQ(in_.repr_of(in_.integer("-123456789012345678901234567890")),
            "-123456789012345678901234567890");
  Value dict = in_.dict();
  dict.as<Dict>()->table.set(in_, in_.str("k"), Value(1));
  in_.set_item(dict, in_.str("l"), in_.tuple());
  EXPECT_EQ(in_.repr_of(dict), "{'k': 1, 'l': ()}");
  EXPECT_EQ(in_.repr_of(make_date(in_, 2024, 2, 29)), "datetime.date(2024, 2, 29)");
  EXPECT_EQ(in_.str_of(make_datetime(in_, 2024, 1, 2, 3, 4, 5, 6, 3600)),
            "2024-01-02 03:04:05.000006+01:00");
  EXPECT_EQ(in_.str_of(make_timedelta(in_, 1, 60, 0)), "1 day, 0:01:00");
  EXPECT_EQ(in_.repr_of(make_decimal(in_, "1.50")), "Decimal('1.50')");
  EXPECT_EQ(in_.str_of(make_uuid(in_, "12345678123456781234567812345678")),
            "12345678-1234-5678-1234-567812345678");
  const Value module =
      run("import datetime, decimal, uuid\nd = datetime.datetime(2024, 5, 6, 7, 8, "
          "tzinfo=datetime.timezone.utc)\n"
          "m = decimal.Decimal('2.50') * 2\nu = uuid.UUID(int=1)\nbig = 2 ** 70\n");
  const Value date = get(module, "d");
  ASSERT_NE(native<DateTime>(date), nullptr);
  EXPECT_EQ(native<DateTime>(date)->minute, 8);
  EXPECT_EQ(offset_of(in_, date), 0);
  EXPECT_EQ(iso_text(in_, date, ' '), "2024-05-06 07:08:00+00:00");
  EXPECT_EQ(decimal_text(get(module, "m")), "5.00");
  EXPECT_EQ(uuid_text(*native<Uuid>(get(module, "u"))), "00000000-0000-0000-0000-000000000001");
  EXPECT_EQ(in_.to_int64(get(module, "big")), std::nullopt);
  EXPECT_EQ(in_.to_double(get(module, "big")), 1180591620717411303424.0);
  EXPECT_EQ(in_.repr_of(datetime_from_iso(in_, "2024-01-02 03:04:05.5")),
            "datetime.datetime(2024, 1, 2, 3, 4, 5, 500000)");
  EXPECT_FALSE(datetime_from_iso(in_, "yesterday").is_set());
}

TEST_F(PythonTest, NativeFunctionsHavePythonsSignatures) {
  Module& op = in_.add_module("alembic.op", [](Interpreter& in, Module& module) {
    in.add_function(module, "add_column(table_name, column, *, schema=None, if_exists=...)",
                    [](Call& call) -> Value {
                      return call.in.str(call.text(0) + "/" + call.in.str_of(call[1]) + "/" +
                                         call.text_or_empty(2) + (call.has(3) ? "/given" : ""));
                    });
    in.add_function(module, "all_of(first, *rest, **named)", [](Call& call) -> Value {
      return call.in.str(call.in.repr_of(call[0]) + call.in.repr_of(call[1]) +
                         call.in.repr_of(call[2]));
    });
  });
  EXPECT_EQ(op.name(), "alembic.op");
  run("from alembic import op\nprint(op.add_column('t', 5), op.add_column(column=1, "
      "table_name='x', schema='s', if_exists=None))\n"
      "print(op.all_of(1, 2, 3, z=4))");
  EXPECT_EQ(printed, "t/5/ x/1/s/given\n1(2, 3){'z': 4}\n");
  EXPECT_EQ(
      error_of("from alembic import op\n\nop.add_column('t')"),
      "script.py:3:1: TypeError: add_column() missing 1 required positional argument: 'column'");
  EXPECT_EQ(error_of("from alembic import op\nop.add_column('t', 1, 2)"),
            "script.py:2:1: TypeError: add_column() takes 2 positional arguments but 3 were given");
  EXPECT_EQ(error_of("from alembic import op\nop.add_column('t', 1, shema=2)"),
            "script.py:2:1: TypeError: add_column() got an unexpected keyword argument 'shema'");
  EXPECT_EQ(error_of("from alembic import op\nop.add_column(5, 1)"),
            "script.py:2:1: TypeError: add_column() argument 1 must be str, not int");
}

struct ColumnData : NativeData {
  std::string name;
  std::vector<std::string> tests;
};

TEST_F(PythonTest, NativeClassesAreExtendedByScripts) {
  in_.add_module("sqlalchemy", [](Interpreter& in, Module& module) {
    Class& column = in.add_class(module, "Column");
    in.add_method(column, "__init__(self, name, *args)", [](Call& call) -> Value {
      auto data = std::make_unique<ColumnData>();
      data->name = call.text(1);
      call[0].as<Instance>()->data = std::move(data);
      return {};
    });
    in.add_property(
        column, "name",
        [](Interpreter& inner, const Value& self) {
          return inner.str(native<ColumnData>(self)->name);
        },
        [](Interpreter& inner, const Value& self, const Value& value) {
          native<ColumnData>(self)->name = inner.str_of(value);
        });
    in.add_method(column, "__eq__(self, other)", [](Call& call) -> Value {
      return call.in.str(native<ColumnData>(call[0])->name + " = " + call.in.repr_of(call[1]));
    });
    in.add_method(column, "__add__(self, other)", [](Call& call) -> Value {
      return call.in.str(native<ColumnData>(call[0])->name + " + " + call.in.str_of(call[1]));
    });
    in.add_method(column, "__radd__(self, other)", [](Call& call) -> Value {
      return call.in.str(call.in.str_of(call[1]) + " + " + native<ColumnData>(call[0])->name);
    });
    in.add_method(column, "__getitem__(self, key)", [](Call& call) -> Value { return call[1]; });
    in.add_method(column, "__getattr__(self, name)", [](Call& call) -> Value {
      if (call.view(1).starts_with("_")) call.in.raise("AttributeError", call.view(1));
      return call.in.str("dynamic " + call.text(1));
    });
    in.add_method(column, "__call__(self, *args, **kwargs)",
                  [](Call& call) -> Value { return call[1]; });
    in.add_method(column, "__repr__(self)", [](Call& call) -> Value {
      return call.in.str("Column(" + native<ColumnData>(call[0])->name + ")");
    });
    in.add_method(column, "__hash__(self)", [](Call&) -> Value { return Value(7); });
    in.add_method(column, "__len__(self)", [](Call&) -> Value { return Value(3); });
    in.add_method(column, "__iter__(self)", [](Call& call) -> Value {
      return call.in.call_method(call.in.list({Value(1), Value(2)}), "__iter__");
    });
    in.add_class_method(column, "make(cls, name)", [](Call& call) -> Value {
      return call.in.call(call[0], std::span(&call[1], 1));
    });
    in.add_static_method(column, "twice(x)",
                         [](Call& call) -> Value { return Value(call.integer(0) * 2); });
  });
  run("from sqlalchemy import Column\nc = Column('id')\nprint(c, c == 5, c + 1, 2 + c, c['k'], "
      "c.anything, c(1, 2), len(c), list(c), bool(c), {c: 1}[c])\n"
      "c.name = 'renamed'\nprint(c.name, Column.make('m'), Column.twice(4), hasattr(c, '_x'))\n"
      "class Key(Column):\n    def __init__(self, name):\n        super().__init__('key_' + "
      "name)\n        self.extra = 1\n"
      "    def __repr__(self):\n        return 'K' + super().__repr__()\n"
      "k = Key('a')\nprint(k, k.extra, k == 1, isinstance(k, Column), k.other, type(k).__mro__[1] "
      "is Column)");
  EXPECT_EQ(printed,
            "Column(id) id = 5 id + 1 2 + id k dynamic anything (1, 2) 3 [1, 2] True 1\n"
            "renamed Column(m) 8 False\nKColumn(key_a) 1 key_a = 1 True dynamic other True\n");
}

TEST_F(PythonTest, CppCallsBackAndExceptionsGoBothWays) {
  in_.add_module("host", [](Interpreter& in, Module& module) {
    Class& error = in.make_class("HostError", {in.exception_class("Exception")}, "host");
    in.add(module, "HostError", Value(static_cast<Object*>(&error)));
    in.add_function(module, "each(items, function)", [](Call& call) -> Value {
      Values results;
      for (const Value& item : call.in.items_of(call[0]))
        results.push_back(call.in.call(call[1], std::span(&item, 1)));
      return call.in.list({results.begin(), results.end()});
    });
    in.add_function(module, "fail(message)", [&error](Call& call) -> Value {
      call.in.raise(error, call.view(0), std::make_exception_ptr(UsageError("the C++ error")));
    });
    in.add_function(module, "throw_native()", [](Call&) -> Value { throw UsageError("from C++"); });
    in.add_function(module, "guard(function)", [](Call& call) -> Value {
      try {
        return call.in.call(call[0]);
      } catch (const Raised& raised) {
        return call.in.str("caught " + call.in.describe(raised.exception));
      }
    });
    Class& manager = in.add_class(module, "Manager");
    in.add_method(manager, "__enter__(self)",
                  [](Call& call) -> Value { return call.in.str("entered"); });
    in.add_method(manager, "__exit__(self, kind, value, traceback)", [](Call& call) -> Value {
      call.in.settings().print(
          "exit " + (call.is_none(2) ? std::string("none") : call.in.describe(call[2])) + "\n");
      return Value(true);
    });
  });
  run("import host\nprint(host.each([1, 2], lambda v: v * 10))\n"
      "try:\n    host.fail('m')\nexcept host.HostError as e:\n    print('script caught', e)\n"
      "def bad():\n    raise KeyError('k')\nprint(host.guard(bad))\n"
      "with host.Manager() as m:\n    print(m)\n    raise ValueError('inside')\n");
  EXPECT_EQ(printed,
            "[10, 20]\nscript caught m\ncaught KeyError: 'k'\nentered\nexit ValueError: inside\n");
  try {
    run("import host\ntry:\n    host.throw_native()\nexcept Exception:\n    "
        "print('never')\nfinally:\n    print('finally')\n");
    FAIL();
  } catch (const ScriptError& error) {
    EXPECT_EQ(error.position().line, 3U);
    ASSERT_NE(error.details().native, nullptr);
    EXPECT_THROW(std::rethrow_exception(error.details().native), UsageError);
  }
  EXPECT_TRUE(printed.ends_with("finally\n")) << printed;
  EXPECT_EQ(printed.find("never"), std::string::npos);
  try {
    run("import host\n\nhost.fail('lost')\n");
    FAIL();
  } catch (const ScriptError& error) {
    EXPECT_EQ(std::string(error.what()), "script.py:3:1: HostError: lost");
    EXPECT_THROW(std::rethrow_exception(error.details().native), UsageError);
  }
}

TEST_F(PythonTest, ErrorsReadLikePythonsOwn) {
  try {
    run("def inner(x):\n    return x.missing + 1\n\ndef outer():\n    inner(5)\n\nouter()\n");
    FAIL();
  } catch (const ScriptError& error) {
    EXPECT_EQ(
        error.traceback(),
        "Traceback (most recent call last):\n"
        "  File \"script.py\", line 7, in <module>\n    outer()\n"
        "  File \"script.py\", line 5, in outer\n    inner(5)\n"
        "  File \"script.py\", line 2, in inner\n    return x.missing + 1\n           ^^^^^^^^^\n"
        "AttributeError: 'int' object has no attribute 'missing'");
    EXPECT_EQ(error.position().line, 2U);
    EXPECT_EQ(error.source_line(), "    return x.missing + 1");
    EXPECT_EQ(error.details().exception, "AttributeError");
  }
  try {
    run("def upgrade():\n    prnt('x')\nupgrade()");
    FAIL();
  } catch (const ScriptError& error) {
    EXPECT_EQ(error.hint(), "did you mean 'print'?");
  }
  try {
    run("x = (1,\n  2");
    FAIL();
  } catch (const ScriptError& error) {
    EXPECT_EQ(
        error.traceback(),
        "  File \"script.py\", line 1\n    x = (1,\n        ^\nSyntaxError: '(' was never closed");
  }
}

TEST_F(PythonTest, LoggingAndWarningsGoToTheLog) {
  run("import logging, warnings\nlog = logging.getLogger('alembic.x')\nlog.info('did %s', "
      "5)\nlog.debug('not shown')\nlogging.warning('w')\n"
      "warnings.warn('old', DeprecationWarning)");
  ASSERT_EQ(logged.size(), 3U);
  EXPECT_EQ(logged[0].topic, "alembic.x");
  EXPECT_EQ(logged[0].message, "did 5");
  EXPECT_EQ(logged[1].level, LogLevel::Warning);
  EXPECT_EQ(logged[2].message, "DeprecationWarning: old");
}

TEST_F(PythonTest, TheClockAndTheEnvironmentAreGiven) {
  Settings given = settings();
  given.environment = {{"DATABASE_URL", "x://y"}};
  Interpreter in(std::move(given));
  in.load(
      "import os, datetime\nprint(os.environ['DATABASE_URL'], os.getenv('HOME'), "
      "datetime.datetime.utcnow())",
      "script.py");
  EXPECT_EQ(printed, "x://y None 2023-11-14 22:13:20\n");
}

TEST_F(PythonTest, SourceModulesAreRead) {
  in_.add_source_module("helper", "def twice(x):\n    return x * 2\n");
  run("import helper\nprint(helper.twice(4))");
  EXPECT_EQ(printed, "8\n");
}

TEST_F(PythonTest, EvaluatesExpressions) {
  EXPECT_EQ(repr("[x * 2 for x in (1, 2)] + ['a']"), "[2, 4, 'a']");
  EXPECT_EQ(repr("(lambda a: a ** 2)(3)"), "9");
}

TEST_F(PythonTest, KeepsCirclesUntilTheEnd) {
  run("class A: pass\na = A()\na.me = a\na.f = lambda: a\nl = [a]\nl.append(l)\ndef g():\n    "
      "yield a\nx = g()\nnext(x)\n");
}

TEST_F(PythonTest, MethodsTakeTheirOwnObjectsOnly) {
  EXPECT_EQ(error_of("list.append(5, 1)").substr(0, 80),
            "script.py:1:1: TypeError: descriptor 'append' for 'list' objects doesn't apply t");
  for (const char* text :
       {"list.__new__(dict)", "list.__new__(5)", "list.__new__()", "str.upper()",
        "bytearray.append(5, 1)", "import datetime\ndatetime.date.isoformat(5)",
        "import decimal\ndecimal.Decimal.__add__(5, 1)",
        "import decimal\nobject.__new__(decimal.Decimal) + 1",
        "import uuid\nuuid.UUID.__new__(uuid.UUID).hex",
        "import datetime\nobject.__new__(datetime.datetime).year", "BaseException.__init__(5)",
        "import re\nobject.__new__(re.Pattern).match('x')", "dict.fromkeys.__func__(5, 1)"}) {
    EXPECT_NE(error_of(text).find("TypeError"), std::string::npos)
        << text << ": " << error_of(text);
  }
}

// A function is compiled when it is first called, and wrong syntax in it is found before.
TEST_F(PythonTest, SyntaxIsCheckedBeforeAFunctionIsCalled) {
  EXPECT_EQ(error_of("def f():\n    break\n"), "script.py:2:5: SyntaxError: 'break' outside loop");
  EXPECT_EQ(error_of("def f():\n    def g():\n        nonlocal x\n"),
            "script.py:3:9: SyntaxError: no binding for nonlocal 'x' found");
  run("def f():\n    def g(a, *, b=1):\n        return a + b + outer\n    outer = 10\n    return "
      "g\n"
      "print(f()(1), f.__qualname__, f().__qualname__)");
  EXPECT_EQ(printed, "12 f f.<locals>.g\n");
}

TEST_F(PythonTest, TheSameLineOverAndOverIsCounted) {
  try {
    run("def f(n):\n    return f(n + 1)\nf(0)");
    FAIL() << "no error";
  } catch (const ScriptError& error) {
    // How often depends on the room that a compiler's frames need.
    const std::string text = error.traceback();
    const std::size_t repeated = text.find("           ^^^^^^^^\n  [Previous line repeated ");
    ASSERT_NE(repeated, std::string::npos) << text;
    EXPECT_EQ(text.substr(text.find(" more times]")),
              " more times]\nRecursionError: maximum recursion depth exceeded");
    EXPECT_LT(text.size(), 600U);
  }
}

}  // namespace
}  // namespace cupel::python
