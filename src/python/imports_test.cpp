// SPDX-License-Identifier: MIT
// Imports: modules of the project, lazily; what is nowhere; nothing outside of the root.
#include <gtest/gtest.h>

#include "python/fixture.hpp"

namespace cupel::python {
namespace {

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
  files.write("shared/common.py", "X = 7\n");
  Settings given = with_path();
  given.path = {"project", "shared"};  // what sys.path names is the project's, wherever it is
  Interpreter in(std::move(given));
  EXPECT_EQ(error_of(in, "import common\nassert common.X == 7"), "no error");
  EXPECT_EQ(error_of(in, "import sys\nsys.path.append('.')\nimport secret\nsecret.x"),
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

}  // namespace
}  // namespace cupel::python
