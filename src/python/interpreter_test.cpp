// SPDX-License-Identifier: MIT
// The interpreter from C++: values, native functions and classes, callbacks, errors both ways,
// imports, limits.
#include "cupel/python/interpreter.hpp"

#include <gtest/gtest.h>

#include "cupel/python/types.hpp"

namespace cupel::python {
namespace {

struct Fixture {
  MemoryFiles files;
  std::string printed;
  std::vector<LogRecord> logged;

  Settings settings() {
    Settings out;
    out.files = &files;
    out.print = [this](std::string_view text) { printed += text; };
    out.log = [this](const LogRecord& record) { logged.push_back(record); };
    out.clock = [] { return TimePoint(std::chrono::seconds(1'700'000'000)); };
    return out;
  }
};

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

// --- imports ----------------------------------------------------------------------------------

class PythonImports : public testing::Test, protected Fixture {
 protected:
  void SetUp() override {
    files.write("project/app/__init__.py", "print('app')\n");
    files.write("project/app/models.py",
                "print('models')\nfrom .base import Base\nfrom . import util\nclass User(Base):\n  "
                "  name = util.NAME\n");
    files.write("project/app/base.py", "print('base')\nclass Base:\n    pass\n");
    files.write("project/app/util.py", "NAME = 'users'\n");
    files.write(
        "project/app/broken.py",
        "import nowhere\nfrom nowhere.deep import Thing\nVALUE = 5\nclass Uses(Thing):\n    pass\n"
        "MADE = nowhere.make()\n@nowhere.decorator\ndef f(): pass\nnowhere.setup()\nAFTER = 6\n");
    files.write("project/plain/data.py", "X = 1\n");
    files.write("secret.py", "print('secret')\n");
  }
  Settings with_path() {
    Settings out = settings();
    out.root = "project";
    out.path = {"project"};
    return out;
  }
  std::string error_of(Interpreter& in, const std::string& text) {
    try {
      in.load(text, "project/script.py");
    } catch (const ScriptError& error) {
      return error.details().exception + ": " + error.details().text;
    }
    return "no error";
  }
};

TEST_F(PythonImports, ReadOnlyWhatIsUsed) {
  Interpreter in(with_path());
  in.load(
      "from app.models import User\nimport app.util\nimport app.broken\nfrom nowhere import "
      "anything\nimport also.nowhere as alias\n",
      "project/script.py");
  EXPECT_EQ(printed, "");
  in.load(
      "from app.models import User\nprint(User.name, User.__module__)\nimport "
      "app.util\nprint(app.util.NAME)\nfrom plain.data import X\nprint(X)\n",
      "project/script.py");
  EXPECT_EQ(printed, "app\nmodels\nbase\nusers app.models\nusers\n1\n");
}

TEST_F(PythonImports, MissingModulesAreErrorsWhereTheyAreUsed) {
  Interpreter in(with_path());
  EXPECT_EQ(error_of(in, "import nowhere\nnowhere.f()"),
            "ModuleNotFoundError: No module named 'nowhere'");
  EXPECT_EQ(error_of(in, "from nowhere.deep import f\nf()"),
            "ModuleNotFoundError: No module named 'nowhere'");
  EXPECT_EQ(error_of(in, "from app.util import NOPE\nNOPE"),
            "ImportError: cannot import name 'NOPE' from 'app.util' (project/app/util.py)");
  EXPECT_EQ(error_of(in,
                     "try:\n    import nowhere\nexcept ImportError:\n    nowhere = None\nassert "
                     "nowhere is None"),
            "no error");
  EXPECT_EQ(error_of(in,
                     "try:\n    from app.util import NOPE\nexcept ImportError as e:\n    NOPE = "
                     "1\nassert NOPE == 1"),
            "no error");
  EXPECT_EQ(error_of(in, "from app.broken import VALUE, AFTER\nassert VALUE + AFTER == 11"),
            "no error");
  EXPECT_EQ(error_of(in, "from app.broken import Uses\nUses()"),
            "ModuleNotFoundError: No module named 'nowhere'");
  EXPECT_EQ(error_of(in, "from app.broken import MADE\nMADE.x"),
            "ModuleNotFoundError: No module named 'nowhere'");
  EXPECT_EQ(error_of(in, "import app.broken\napp.broken.f()"),
            "ModuleNotFoundError: No module named 'nowhere'");
}

TEST_F(PythonImports, StayBelowTheRoot) {
  Settings given = with_path();
  given.path = {"project", "."};
  Interpreter in(std::move(given));
  EXPECT_EQ(error_of(in, "import secret\nsecret.x"),
            "ModuleNotFoundError: No module named 'secret'");
  EXPECT_EQ(error_of(in, "open('secret.py')").substr(0, 15), "PermissionError");
  EXPECT_EQ(error_of(in, "open('project/../secret.py')").substr(0, 15), "PermissionError");
  EXPECT_EQ(error_of(in, "open('project/nothing.txt')"),
            "FileNotFoundError: [Errno 2] No such file or directory: 'project/nothing.txt'");
  EXPECT_EQ(error_of(in, "open('project/x', 'w')").substr(0, 15), "PermissionError");
  EXPECT_EQ(error_of(in, "assert open('project/app/util.py').read() == \"NAME = 'users'\\n\""),
            "no error");
  EXPECT_EQ(error_of(in, "import os\nos.system('ls')").substr(0, 15), "PermissionError");
  EXPECT_EQ(error_of(in, "import subprocess\nsubprocess.run(['ls'])"),
            "ModuleNotFoundError: No module named 'subprocess'");
  EXPECT_EQ(error_of(in, "import socket\nsocket.socket()"),
            "ModuleNotFoundError: No module named 'socket'");
}

TEST_F(PythonImports, AskTheEmbedderLast) {
  Settings given = with_path();
  given.find_module = [](Interpreter& in, const std::string& name) -> Value {
    if (name != "given") return {};
    Value names = in.dict();
    names.as<Dict>()->table.set(in, in.str("x"), Value(3));
    return in.evaluate("type('Given', (), {'x': 3})", *names.as<Dict>());
  };
  Interpreter in(std::move(given));
  EXPECT_EQ(error_of(in, "import given\nfrom given import x\nassert given.x == x == 3"),
            "no error");
}

// --- limits -----------------------------------------------------------------------------------

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
  constexpr std::uint64_t kSteps = 300'000;
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
  EXPECT_EQ(limited("x = 'a' * 10 ** 9", kSteps), "LimitError");
  EXPECT_EQ(limited("x = [0] * 10 ** 9", kSteps), "LimitError");
  EXPECT_EQ(limited("x = 'a'\nwhile True: x += x", kSteps), "LimitError");
  EXPECT_EQ(limited("x = []\nwhile True: x.append('abc' + str(len(x)))", kSteps), "LimitError");
  EXPECT_EQ(limited("'%100000000d' % 1 + 'x' * 10 ** 8", kSteps), "LimitError");
  EXPECT_EQ(limited("'a'.ljust(10 ** 9)", kSteps), "LimitError");
  EXPECT_EQ(limited("f'{1:99999999}' * 5", kSteps), "LimitError");
  EXPECT_EQ(limited("bytes(10 ** 9)", kSteps), "LimitError");
  EXPECT_EQ(limited("','.join(['a' * 1000] * 10 ** 6)", kSteps), "LimitError");
  EXPECT_EQ(limited("2 ** 10 ** 10", kSteps), "OverflowError");
  EXPECT_EQ(limited("1 << 10 ** 9", kSteps), "OverflowError");
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

}  // namespace
}  // namespace cupel::python
