// SPDX-License-Identifier: MIT
// What the compiler writes and the machine runs: one 32-bit word for each instruction, eight bits
// of operation and 24 of argument. A stack machine, so that a generator is nothing but a frame that
// waits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cupel/python/containers.hpp"

namespace cupel::python {

// clang-format off
// NOLINTBEGIN(cppcoreguidelines-macro-usage): one list, used for the enum and for printing
#define CUPEL_PYTHON_OPS(X)                                                                        \
  X(Nop) X(Pop) X(Dup) X(Dup2) X(Swap) X(Rot3) X(Copy) X(LoadConst) X(LoadFast) X(StoreFast)       \
  X(DeleteFast) X(LoadDeref) X(StoreDeref) X(DeleteDeref) X(LoadClassDeref) X(LoadCell)            \
  X(LoadGlobal) X(StoreGlobal) X(DeleteGlobal) X(LoadName) X(StoreName) X(DeleteName)              \
  X(LoadAttr) X(StoreAttr) X(DeleteAttr) X(LoadMethod) X(Subscript) X(StoreSubscript)              \
  X(DeleteSubscript) X(BuildSlice) X(Not) X(Negative) X(Positive) X(Invert) X(Binary) X(Inplace)   \
  X(Compare) X(Is) X(In) X(BuildTuple) X(BuildList) X(BuildSet) X(BuildDict) X(BuildString)        \
  X(ListAppend) X(ListExtend) X(SetAdd) X(SetUpdate) X(DictAdd) X(DictUpdate) X(DictMerge)         \
  X(ListToTuple) X(Format) X(Unpack) X(UnpackStar) X(Jump) X(JumpIfFalse) X(JumpIfTrue)            \
  X(JumpIfFalseOrPop) X(JumpIfTrueOrPop) X(GetIter) X(GetAsyncIter) X(ForIter) X(Call)             \
  X(CallMethod) X(CallKeywords) X(CallMethodKeywords) X(CallStar) X(MakeFunction) X(MakeClass)     \
  X(SetupAnnotations) X(StoreAnnotation) X(Return) X(Yield) X(YieldFrom) X(GetYieldFrom)           \
  X(Await) X(Raise) X(Reraise) X(PushException) X(PopException) X(MatchException) X(AssertError)   \
  X(BeforeWith) X(ExitWith) X(Import) X(ImportFrom) X(ImportStar) X(MatchSequence)                 \
  X(MatchMapping) X(MatchKeys) X(MatchClass) X(Length) X(Poison)
// NOLINTEND(cppcoreguidelines-macro-usage)
// clang-format on

enum class Op : std::uint8_t {
#define CUPEL_PYTHON_OP(name) name,
  CUPEL_PYTHON_OPS(CUPEL_PYTHON_OP)
#undef CUPEL_PYTHON_OP
};

/// The text of a file, kept for messages.
struct Source {
  std::string file;
  std::string text;
  std::vector<std::uint32_t> lines;  ///< offsets of line starts, made at the first question

  struct Point {
    std::size_t line, column;
  };
  Point at(std::size_t offset);
  std::string line_text(std::size_t line);
};

/// Names and kinds of a function's parameters: positional ones, keyword-only ones, then *args and
/// **kwargs.
struct Parameters {
  std::vector<Value> names;  ///< interned Str, in the order of the slots
  std::uint32_t positional = 0;
  std::uint32_t positional_only = 0;
  std::uint32_t keyword_only = 0;
  bool args = false;
  bool kwargs = false;
  std::size_t slots() const {
    return positional + keyword_only + (args ? 1 : 0) + (kwargs ? 1 : 0);
  }
  std::size_t args_slot() const { return positional + keyword_only; }
  std::size_t kwargs_slot() const { return args_slot() + (args ? 1 : 0); }
};

struct LaterBody;

class Code final : public Object {
 public:
  static constexpr Layout kLayout = Layout::Code;
  explicit Code(Class* cls);
  ~Code() override;
  void clear() override;

  struct Range {
    std::uint32_t start = 0, end = 0;
  };
  struct Handler {
    std::uint32_t start, end;  ///< instructions covered
    std::uint32_t target;
    std::uint32_t depth;  ///< of the stack where the handler begins
  };
  Str* name = nullptr;
  Str* qualified_name = nullptr;
  std::shared_ptr<Source> source;
  std::vector<std::uint32_t, Counted<std::uint32_t>> code;
  std::vector<Range, Counted<Range>> ranges;  ///< of the text, for each instruction
  std::vector<Handler> handlers;              ///< inner ones first
  Values constants;
  std::vector<Str*> names;
  std::vector<Str*> locals;  ///< slots, parameters first
  std::vector<Str*> cells;   ///< own cells
  std::vector<Str*> frees;   ///< cells from outside, behind the own ones
  std::vector<std::int32_t>
      cell_parameters;  ///< the slot whose argument moves into an own cell, or -1
  Parameters parameters;
  std::uint32_t stack_size = 0;
  std::uint32_t first_offset = 0;
  bool generator = false;
  bool is_async = false;
  bool takes_names = false;          ///< module, class body or eval: names live in a dict
  std::unique_ptr<LaterBody> later;  ///< a function without instructions: never called yet
  Value doc;
};

}  // namespace cupel::python
