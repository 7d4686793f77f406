// SPDX-License-Identifier: MIT
// The syntax tree of a Python file. Nodes live in the Tree's arena, are never destroyed one by one,
// and know their byte range in the text. Names and decoded strings are views into the text or the
// arena.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cupel/base/export.hpp"

namespace cupel::python::ast {

/// Memory that is given back all at once.
class CUPEL_API Arena {
 public:
  void* allocate(std::size_t size, std::size_t alignment);
  std::string_view copy(std::string_view text);
  template <class T>
  T* make() {
    return new (allocate(sizeof(T), alignof(T))) T();
  }

 private:
  std::vector<std::unique_ptr<char[]>> chunks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
};

/// A row of pointers or small values in the arena.
template <class T>
struct Row {
  T* data = nullptr;
  std::uint32_t count = 0;
  T* begin() const { return data; }
  T* end() const { return data + count; }
  T& operator[](std::size_t i) const { return data[i]; }
  std::size_t size() const { return count; }
  bool empty() const { return count == 0; }
};

enum class ExprKind : std::uint8_t {
  Constant,
  JoinedStr,
  FormattedValue,
  Name,
  Attribute,
  Subscript,
  Slice,
  Call,
  Unary,
  Binary,
  BoolOp,
  Compare,
  IfExp,
  Lambda,
  Tuple,
  List,
  Set,
  Dict,
  Comprehension,
  Await,
  Yield,
  YieldFrom,
  Starred,
  NamedExpr,
};

struct Node {
  std::uint32_t start = 0;  ///< byte offsets into the text
  std::uint32_t end = 0;
};

struct Expr : Node {
  ExprKind kind;
  bool parenthesized = false;

 protected:
  explicit Expr(ExprKind k) : kind(k) {}
};

template <ExprKind K>
struct ExprOf : Expr {
  static constexpr ExprKind kKind = K;
  ExprOf() : Expr(K) {}
};

enum class ConstantKind : std::uint8_t {
  None,
  True,
  False,
  Ellipsis,
  Int,
  BigInt,
  Float,
  Str,
  Bytes,
};
struct Constant : ExprOf<ExprKind::Constant> {
  ConstantKind type = ConstantKind::None;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;  ///< decoded Str (UTF-8) or Bytes; the digits of a BigInt, with its prefix
};
struct JoinedStr : ExprOf<ExprKind::JoinedStr> {
  Row<Expr*> parts;  ///< Constant (Str) and FormattedValue
};
struct FormattedValue : ExprOf<ExprKind::FormattedValue> {
  Expr* value = nullptr;
  char conversion = 0;     ///< 's', 'r', 'a' or 0
  Expr* format = nullptr;  ///< Constant or JoinedStr, or null
};
struct Name : ExprOf<ExprKind::Name> {
  std::string_view id;
};
struct Attribute : ExprOf<ExprKind::Attribute> {
  Expr* value = nullptr;
  std::string_view name;
};
struct Subscript : ExprOf<ExprKind::Subscript> {
  Expr* value = nullptr;
  Expr* index = nullptr;
};
struct Slice : ExprOf<ExprKind::Slice> {
  Expr* lower = nullptr;
  Expr* upper = nullptr;
  Expr* step = nullptr;
};
struct Keyword : Node {
  std::string_view name;  ///< empty for **value
  Expr* value = nullptr;
};
struct Call : ExprOf<ExprKind::Call> {
  Expr* function = nullptr;
  Row<Expr*> positional;  ///< may hold Starred
  Row<Keyword*> keywords;
};
enum class UnaryOp : std::uint8_t { Not, Minus, Plus, Invert };
struct Unary : ExprOf<ExprKind::Unary> {
  UnaryOp op = UnaryOp::Not;
  Expr* operand = nullptr;
};
enum class BinaryOp : std::uint8_t {
  Add,
  Sub,
  Mul,
  MatMul,
  Div,
  FloorDiv,
  Mod,
  Pow,
  LShift,
  RShift,
  And,
  Or,
  Xor,
};
struct Binary : ExprOf<ExprKind::Binary> {
  BinaryOp op = BinaryOp::Add;
  Expr* left = nullptr;
  Expr* right = nullptr;
};
struct BoolOp : ExprOf<ExprKind::BoolOp> {
  bool is_and = false;
  Row<Expr*> values;
};
enum class CompareOp : std::uint8_t { Lt, Le, Eq, Ne, Gt, Ge, In, NotIn, Is, IsNot };
struct Compare : ExprOf<ExprKind::Compare> {
  Expr* left = nullptr;
  Row<CompareOp> ops;
  Row<Expr*> comparators;
};
struct IfExp : ExprOf<ExprKind::IfExp> {
  Expr* condition = nullptr;
  Expr* body = nullptr;
  Expr* otherwise = nullptr;
};
enum class ParameterKind : std::uint8_t { PositionalOnly, Normal, Args, KeywordOnly, Kwargs };
struct Parameter : Node {
  std::string_view name;
  ParameterKind kind = ParameterKind::Normal;
  Expr* annotation = nullptr;
  Expr* default_value = nullptr;
};
struct Lambda : ExprOf<ExprKind::Lambda> {
  Row<Parameter*> parameters;
  Expr* body = nullptr;
};
struct Tuple : ExprOf<ExprKind::Tuple> {
  Row<Expr*> items;
};
struct List : ExprOf<ExprKind::List> {
  Row<Expr*> items;
};
struct Set : ExprOf<ExprKind::Set> {
  Row<Expr*> items;
};
struct Dict : ExprOf<ExprKind::Dict> {
  Row<Expr*> keys;  ///< null for **value
  Row<Expr*> values;
};
struct Generator : Node {
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  Row<Expr*> conditions;
  bool is_async = false;
};
enum class ComprehensionKind : std::uint8_t { List, Set, Dict, Generator };
struct Comprehension : ExprOf<ExprKind::Comprehension> {
  ComprehensionKind type = ComprehensionKind::List;
  Expr* element = nullptr;  ///< the key of a dict comprehension
  Expr* value = nullptr;
  Row<Generator*> generators;
};
struct Await : ExprOf<ExprKind::Await> {
  Expr* value = nullptr;
};
struct Yield : ExprOf<ExprKind::Yield> {
  Expr* value = nullptr;
};
struct YieldFrom : ExprOf<ExprKind::YieldFrom> {
  Expr* value = nullptr;
};
struct Starred : ExprOf<ExprKind::Starred> {
  Expr* value = nullptr;
};
struct NamedExpr : ExprOf<ExprKind::NamedExpr> {
  Name* target = nullptr;
  Expr* value = nullptr;
};

enum class PatternKind : std::uint8_t {
  Value,    ///< literal or dotted name, compared with ==; None, True and False with `is`
  Capture,  ///< a name; empty name: wildcard
  Sequence,
  Mapping,
  Class,
  Star,  ///< inside a sequence; empty name: *_
  As,
  Or,
};
struct Pattern : Node {
  PatternKind kind = PatternKind::Value;
  Expr* value = nullptr;        ///< Value, Class
  std::string_view name;        ///< Capture, Star, As; rest of Mapping
  Row<Pattern*> items;          ///< Sequence, Or; values of Mapping; positional of Class; As: one
  Row<Expr*> keys;              ///< Mapping
  Row<std::string_view> names;  ///< Class: keywords
  Row<Pattern*> keyword_items;  ///< Class: keywords
};

enum class StmtKind : std::uint8_t {
  FunctionDef,
  ClassDef,
  Return,
  Delete,
  Assign,
  AugAssign,
  AnnAssign,
  TypeAlias,
  For,
  While,
  If,
  With,
  Match,
  Raise,
  Try,
  Assert,
  Import,
  ImportFrom,
  Global,
  Nonlocal,
  Expression,
  Pass,
  Break,
  Continue,
};

struct Stmt : Node {
  StmtKind kind;

 protected:
  explicit Stmt(StmtKind k) : kind(k) {}
};
template <StmtKind K>
struct StmtOf : Stmt {
  static constexpr StmtKind kKind = K;
  StmtOf() : Stmt(K) {}
};
using Body = Row<Stmt*>;

struct FunctionDef : StmtOf<StmtKind::FunctionDef> {
  std::string_view name;
  Row<Parameter*> parameters;
  Row<Expr*> decorators;
  Expr* returns = nullptr;
  Body body;
  bool is_async = false;
};
struct ClassDef : StmtOf<StmtKind::ClassDef> {
  std::string_view name;
  Row<Expr*> bases;
  Row<Keyword*> keywords;
  Row<Expr*> decorators;
  Body body;
};
struct Return : StmtOf<StmtKind::Return> {
  Expr* value = nullptr;
};
struct Delete : StmtOf<StmtKind::Delete> {
  Row<Expr*> targets;
};
struct Assign : StmtOf<StmtKind::Assign> {
  Row<Expr*> targets;
  Expr* value = nullptr;
};
struct AugAssign : StmtOf<StmtKind::AugAssign> {
  Expr* target = nullptr;
  BinaryOp op = BinaryOp::Add;
  Expr* value = nullptr;
};
struct AnnAssign : StmtOf<StmtKind::AnnAssign> {
  Expr* target = nullptr;
  Expr* annotation = nullptr;
  Expr* value = nullptr;  ///< may be null
};
struct TypeAlias : StmtOf<StmtKind::TypeAlias> {
  Name* name = nullptr;
  Expr* value = nullptr;
};
struct For : StmtOf<StmtKind::For> {
  Expr* target = nullptr;
  Expr* iterable = nullptr;
  Body body;
  Body otherwise;
  bool is_async = false;
};
struct While : StmtOf<StmtKind::While> {
  Expr* condition = nullptr;
  Body body;
  Body otherwise;
};
struct Branch : Node {
  Expr* condition = nullptr;
  Body body;
};
struct If : StmtOf<StmtKind::If> {
  Row<Branch*> branches;  ///< if and every elif
  Body otherwise;
};
struct WithItem : Node {
  Expr* context = nullptr;
  Expr* target = nullptr;  ///< may be null
};
struct With : StmtOf<StmtKind::With> {
  Row<WithItem*> items;
  Body body;
  bool is_async = false;
};
struct Case : Node {
  Pattern* pattern = nullptr;
  Expr* guard = nullptr;
  Body body;
};
struct Match : StmtOf<StmtKind::Match> {
  Expr* subject = nullptr;
  Row<Case*> cases;
};
struct Raise : StmtOf<StmtKind::Raise> {
  Expr* exception = nullptr;
  Expr* cause = nullptr;
};
struct Handler : Node {
  Expr* type = nullptr;  ///< null: bare except
  std::string_view name;
  Body body;
};
struct Try : StmtOf<StmtKind::Try> {
  Body body;
  Row<Handler*> handlers;
  Body otherwise;
  Body finally;
  bool is_star = false;
};
struct Assert : StmtOf<StmtKind::Assert> {
  Expr* condition = nullptr;
  Expr* message = nullptr;
};
struct Alias : Node {
  std::string_view name;  ///< dotted
  std::string_view as;    ///< may be empty
};
struct Import : StmtOf<StmtKind::Import> {
  Row<Alias*> names;
};
struct ImportFrom : StmtOf<StmtKind::ImportFrom> {
  std::string_view module;  ///< may be empty
  Row<Alias*> names;        ///< empty: *
  std::uint32_t level = 0;  ///< leading dots
};
struct NamesStmt : Stmt {
  Row<std::string_view> names;

 protected:
  using Stmt::Stmt;
};
struct Global : NamesStmt {
  static constexpr StmtKind kKind = StmtKind::Global;
  Global() : NamesStmt(kKind) {}
};
struct Nonlocal : NamesStmt {
  static constexpr StmtKind kKind = StmtKind::Nonlocal;
  Nonlocal() : NamesStmt(kKind) {}
};
struct Expression : StmtOf<StmtKind::Expression> {
  Expr* value = nullptr;
};
struct Pass : StmtOf<StmtKind::Pass> {};
struct Break : StmtOf<StmtKind::Break> {};
struct Continue : StmtOf<StmtKind::Continue> {};

template <class T>
T& as(Expr& node) {
  return static_cast<T&>(node);
}
template <class T>
T& as(Stmt& node) {
  return static_cast<T&>(node);
}
/// Null if the node is of another kind.
template <class T>
T* try_as(Expr* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
template <class T>
T* try_as(Stmt* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}

/// A parsed file: it owns the text and every node.
struct Tree {
  std::string file;
  std::string text;
  Arena arena;
  Body body;
};

}  // namespace cupel::python::ast
