// SPDX-License-Identifier: MIT
// A syntax tree to code. Each function, class body and comprehension is a Unit; blocks that need
// something done when control leaves them (loops, finally, with, except) wait on a stack of the
// unit.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "python/scope.hpp"
#include "python/state.hpp"

namespace cupel::python {

/// What compiling the functions of a file needs, kept until the last of them is compiled.
struct CompiledFile {
  std::unique_ptr<ast::Tree> tree;
  std::unique_ptr<Scopes> scopes;
  std::shared_ptr<Source> source;
  bool text_annotations = false;
};

/// The body of a function that nobody has called yet.
struct LaterBody {
  std::shared_ptr<CompiledFile> file;
  const ast::FunctionDef* node;
};

class Compiler {
 public:
  Compiler(Interpreter& in, std::shared_ptr<CompiledFile> file);
  /// The whole file, or the value of its one expression.
  Value run(bool expression, bool tolerant);
  /// A function's body, at its first call.
  void run_later(Code& code, const ast::FunctionDef& node);

 private:
  struct Label {
    std::int64_t at = -1;
    std::int64_t depth = -1;
    std::vector<std::uint32_t> jumps;
  };

  struct Block {
    enum class Kind : std::uint8_t { While, For, Finally, FinallyEnd, With, Handler, Value };
    Kind kind;
    Label* next = nullptr;            ///< continue
    Label* stop = nullptr;            ///< break
    const ast::Body* body = nullptr;  ///< of finally
    std::string_view name;            ///< of a handler
    const ast::Node* node = nullptr;
    std::size_t regions = 0;  ///< that were open when it began
  };

  /// Instructions that a handler covers; interrupted where a block is left early.
  struct Region {
    Label* handler;
    std::uint32_t depth;
    std::uint32_t start;
  };

  struct Unit {
    Scope* scope = nullptr;
    Value holder;
    Code* code = nullptr;
    Unit* outer = nullptr;
    std::string qualified_name;
    std::int64_t depth = 0;
    std::vector<Block> blocks;
    std::vector<Region> regions;
    std::unordered_map<std::string_view, std::uint32_t> slots;
    std::unordered_map<std::string_view, std::uint32_t> cells;
    std::unordered_map<const Str*, std::uint32_t> names;
    std::unordered_map<const Str*, std::uint32_t> texts;
    std::unordered_map<std::int64_t, std::uint32_t> integers;
    std::uint32_t guards = 0;  ///< try statements around us that catch a failed import
  };

  // --- units and instructions (compiler.cpp) --------------------------------------------------
  void open_unit(Unit& unit, Scope& scope, std::string_view name, std::uint32_t offset);
  Value close_unit();
  void emit(Op op, std::uint32_t argument = 0);
  void adjust(std::int64_t change);
  void jump(Op op, Label& label);
  void place(Label& label);
  std::uint32_t constant(Value value);
  void load(Value value) { emit(Op::LoadConst, constant(std::move(value))); }
  void load_text(std::string_view text);
  std::uint32_t name_index(std::string_view name);
  std::uint32_t here() const { return static_cast<std::uint32_t>(unit_->code->code.size()); }
  std::size_t open_region(Label& handler);
  void close_region(std::size_t region);
  void at(const ast::Node& node) { position_ = {node.start, node.end}; }
  std::string_view text_of(const ast::Node& node) const;
  void load_name(std::string_view name);
  void store_name(std::string_view name);
  void delete_name(std::string_view name);

  // --- statements (compiler_statements.cpp) ---------------------------------------------------
  void body(const ast::Body& statements);
  void tolerant_body(const ast::Body& statements);
  void visit(ast::Stmt& node);
  void function(ast::FunctionDef& node);
  void class_definition(ast::ClassDef& node);
  void return_statement(ast::Return& node);
  void assign(ast::Assign& node);
  void augmented(ast::AugAssign& node);
  void annotated(ast::AnnAssign& node);
  void del(ast::Expr& node);
  void for_loop(ast::For& node);
  void while_loop(ast::While& node);
  void if_statement(ast::If& node);
  void with_statement(ast::With& node, std::size_t item);
  void try_statement(ast::Try& node);
  void try_except(ast::Try& node);
  void handlers(ast::Try& node, Label& end);
  void raise_statement(ast::Raise& node);
  void assertion(ast::Assert& node);
  void import(ast::Import& node);
  void import_from(ast::ImportFrom& node);
  struct Left {
    std::vector<Block> blocks;
    std::vector<Region> regions;
    std::int64_t depth;
  };
  Left leave(std::size_t to, bool keep_top);
  void come_back(Left left);
  void leave_block(const Block& block, bool keep_top);
  void break_or_continue(bool is_break);
  std::uint32_t import_constant(std::string_view name, std::uint32_t level, bool top);

  // --- expressions (compiler_expressions.cpp) -------------------------------------------------
  void visit(ast::Expr& node);
  void store(ast::Expr& node);
  void unpack(const ast::Row<ast::Expr*>& items, const ast::Node& node);
  void load_constant(const ast::Constant& node);
  bool constant_value(ast::Expr& node, Value& out);
  void binary(ast::Binary& node);
  void bool_op(ast::BoolOp& node);
  void compare(ast::Compare& node);
  void jump_if(ast::Expr& node, bool when, Label& label);
  void call(ast::Call& node);
  void arguments_with_stars(const ast::Row<ast::Expr*>& positional,
                            const ast::Row<ast::Keyword*>& keywords);
  void items(const ast::Row<ast::Expr*>& list, Op build, Op add, Op extend);
  void dict(ast::Dict& node);
  void joined(const ast::Row<ast::Expr*>& parts);
  void formatted(ast::FormattedValue& node);
  void comprehension(ast::Comprehension& node);
  void comprehension_loop(ast::Comprehension& node, std::size_t index);
  void lambda(ast::Lambda& node);
  void defaults(const ast::Row<ast::Parameter*>& parameters, std::uint32_t& flags);
  void make_function(Value code, std::uint32_t flags);
  void set_parameters(const ast::Row<ast::Parameter*>& parameters);

  // --- match (compiler_match.cpp) -------------------------------------------------------------
  void match(ast::Match& node);
  void pattern(ast::Pattern& node, Label& fail, std::int64_t base);
  void sequence_pattern(ast::Pattern& node, Label& fail, std::int64_t base);
  void mapping_pattern(ast::Pattern& node, Label& fail, std::int64_t base);
  void class_pattern(ast::Pattern& node, Label& fail, std::int64_t base);
  void or_pattern(ast::Pattern& node, Label& fail, std::int64_t base);
  void fail_unless(Label& fail, std::int64_t base);

  Interpreter& in_;
  std::shared_ptr<CompiledFile> file_;
  Unit* unit_ = nullptr;
  Code::Range position_;
  std::size_t written_ = 0;  ///< instructions of all units
};

}  // namespace cupel::python
