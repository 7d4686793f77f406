// SPDX-License-Identifier: MIT
// Loops, choices, with and try, and the ways out of them. See compiler.hpp.
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

using namespace ast;  // NOLINT(google-build-using-namespace): the tree is what this file is about

// --- leaving blocks ---------------------------------------------------------------------------

// What has to happen when control leaves `block`; with keep_top a value on the stack survives.
void Compiler::leave_block(const Block& block, bool keep_top) {
  switch (block.kind) {
    case Block::Kind::While:
      return;
    case Block::Kind::Value:
    case Block::Kind::For:
      if (keep_top) emit(Op::Swap);
      return emit(Op::Pop);
    case Block::Kind::Finally:
      if (keep_top) {
        unit_->blocks.push_back(
            {Block::Kind::Value, nullptr, nullptr, nullptr, {}, block.node, unit_->regions.size()});
      }
      body(*block.body);
      if (keep_top) unit_->blocks.pop_back();
      return;
    case Block::Kind::FinallyEnd:
      if (keep_top) emit(Op::Swap);
      emit(Op::Pop);
      if (keep_top) emit(Op::Swap);
      return emit(Op::PopException);
    case Block::Kind::With:
      if (keep_top) emit(Op::Swap);
      at(*block.node);
      return emit(Op::ExitWith, 0);
    case Block::Kind::Handler:
      if (keep_top) emit(Op::Swap);
      emit(Op::PopException);
      if (!block.name.empty()) {
        load(Value::none());
        store_name(block.name);
        delete_name(block.name);
      }
      return;
  }
}

// Leaves all blocks above `to`. Their handlers do not cover what is written here: each block knows
// how many regions were open when it began. come_back() goes on inside the blocks, behind the jump.
Compiler::Left Compiler::leave(std::size_t to, bool keep_top) {
  Unit& unit = *unit_;
  Left left{unit.blocks, unit.regions, unit.depth};
  const Code::Range position = position_;
  while (unit.blocks.size() > to) {
    const Block block = unit.blocks.back();
    unit.blocks.pop_back();
    while (unit.regions.size() > block.regions) close_region(unit.regions.size() - 1);
    position_ = position;
    leave_block(block, keep_top);
  }
  position_ = position;
  return left;
}

void Compiler::come_back(Left left) {
  unit_->blocks = std::move(left.blocks);
  for (std::size_t i = unit_->regions.size(); i < left.regions.size(); ++i) {
    unit_->regions.push_back(left.regions[i]);
    unit_->regions.back().start = here();
  }
  unit_->depth = left.depth;
}

void Compiler::return_statement(Return& node) {
  if (node.value != nullptr) {
    visit(*node.value);
  } else {
    load(Value::none());
  }
  at(node);
  Left left = leave(0, true);
  emit(Op::Return);
  --left.depth;
  come_back(std::move(left));
}

void Compiler::break_or_continue(bool is_break) {
  std::size_t at = unit_->blocks.size();
  while (unit_->blocks[at - 1].kind != Block::Kind::For &&
         unit_->blocks[at - 1].kind != Block::Kind::While) {
    --at;
  }
  const Block loop = unit_->blocks[at - 1];
  Left left = leave(at, false);
  if (is_break && loop.kind == Block::Kind::For) emit(Op::Pop);
  jump(Op::Jump, is_break ? *loop.stop : *loop.next);
  come_back(std::move(left));
}

// --- loops and choices ------------------------------------------------------------------------

void Compiler::for_loop(For& node) {
  Label start, stop, end;
  visit(*node.iterable);
  at(*node.iterable);
  emit(node.is_async ? Op::GetAsyncIter : Op::GetIter);
  place(start);
  at(*node.iterable);
  jump(Op::ForIter, end);
  unit_->blocks.push_back(
      {Block::Kind::For, &start, &stop, nullptr, {}, &node, unit_->regions.size()});
  store(*node.target);
  body(node.body);
  at(node);
  jump(Op::Jump, start);
  unit_->blocks.pop_back();
  place(end);
  body(node.otherwise);
  if (stop.depth < 0) stop.depth = unit_->depth;
  place(stop);
}

void Compiler::while_loop(While& node) {
  Label start, stop, end;
  place(start);
  jump_if(*node.condition, false, end);
  unit_->blocks.push_back(
      {Block::Kind::While, &start, &stop, nullptr, {}, &node, unit_->regions.size()});
  body(node.body);
  at(node);
  jump(Op::Jump, start);
  unit_->blocks.pop_back();
  if (end.depth < 0) end.depth = unit_->depth;
  place(end);
  body(node.otherwise);
  if (stop.depth < 0) stop.depth = unit_->depth;
  place(stop);
}

void Compiler::if_statement(If& node) {
  Label end;
  for (std::size_t i = 0; i < node.branches.size(); ++i) {
    Branch& branch = *node.branches[i];
    Label next;
    jump_if(*branch.condition, false, next);
    body(branch.body);
    const bool last = i + 1 == node.branches.size() && node.otherwise.empty();
    if (!last) jump(Op::Jump, end);
    if (next.depth < 0) next.depth = unit_->depth;
    place(next);
  }
  body(node.otherwise);
  if (end.depth < 0) end.depth = unit_->depth;
  place(end);
}

// --- with, try --------------------------------------------------------------------------------

void Compiler::with_statement(With& node, std::size_t index) {
  WithItem& item = *node.items[index];
  Label failed, suppressed, failed_again, end;
  visit(*item.context);
  at(*item.context);
  emit(Op::BeforeWith, node.is_async ? 1 : 0);
  --unit_->depth;  // the handler finds only the exit method
  unit_->blocks.push_back(
      {Block::Kind::With, nullptr, nullptr, nullptr, {}, item.context, unit_->regions.size()});
  const std::size_t region = open_region(failed);
  ++unit_->depth;
  if (item.target != nullptr) {
    store(*item.target);
  } else {
    emit(Op::Pop);
  }
  if (index + 1 < node.items.size()) {
    with_statement(node, index + 1);
  } else {
    body(node.body);
  }
  unit_->blocks.pop_back();
  close_region(region);
  at(*item.context);
  emit(Op::ExitWith, 0);
  jump(Op::Jump, end);
  place(failed);
  emit(Op::PushException);
  --unit_->depth;
  const std::size_t inner = open_region(failed_again);
  ++unit_->depth;
  emit(Op::ExitWith, 1);
  jump(Op::JumpIfTrue, suppressed);
  close_region(inner);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
  place(suppressed);
  emit(Op::Pop);
  emit(Op::PopException);
  emit(Op::Pop);
  place(end);
}

void Compiler::try_statement(Try& node) {
  if (node.is_star) syntax_error("except* is not supported", node.start, node.end);
  if (node.finally.empty()) return try_except(node);
  Label failed, failed_again, end;
  const std::int64_t depth = unit_->depth;
  unit_->blocks.push_back(
      {Block::Kind::Finally, nullptr, nullptr, &node.finally, {}, &node, unit_->regions.size()});
  const std::size_t region = open_region(failed);
  if (node.handlers.empty()) {
    body(node.body);
  } else {
    try_except(node);
  }
  unit_->blocks.pop_back();
  close_region(region);
  body(node.finally);
  end.depth = depth;
  jump(Op::Jump, end);
  place(failed);
  emit(Op::PushException);
  unit_->blocks.push_back(
      {Block::Kind::FinallyEnd, nullptr, nullptr, nullptr, {}, &node, unit_->regions.size()});
  --unit_->depth;
  const std::size_t inner = open_region(failed_again);
  ++unit_->depth;
  body(node.finally);
  unit_->blocks.pop_back();
  close_region(inner);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
  place(end);
}

namespace {

bool catches_import(const Expr* type) {
  if (type == nullptr) return true;
  if (type->kind == ExprKind::Name) {
    const std::string_view name = static_cast<const Name&>(*type).id;
    return name == "ImportError" || name == "ModuleNotFoundError" || name == "Exception" ||
           name == "BaseException";
  }
  if (type->kind == ExprKind::Tuple) {
    for (const Expr* item : static_cast<const ast::Tuple&>(*type).items) {
      if (catches_import(item)) return true;
    }
  }
  return false;
}

}  // namespace

void Compiler::try_except(Try& node) {
  Label failed, end;
  bool guards = false;
  for (const Handler* handler : node.handlers) guards = guards || catches_import(handler->type);
  const std::int64_t depth = unit_->depth;
  const std::size_t region = open_region(failed);
  unit_->guards += guards ? 1 : 0;
  body(node.body);
  unit_->guards -= guards ? 1 : 0;
  close_region(region);
  body(node.otherwise);
  end.depth = depth;
  jump(Op::Jump, end);
  place(failed);
  handlers(node, end);
  place(end);
}

// At the exception, with the one that was handled before still to be put away.
void Compiler::handlers(Try& node, Label& end) {
  Label failed_again;
  emit(Op::PushException);
  --unit_->depth;
  const std::size_t region = open_region(failed_again);
  ++unit_->depth;
  const std::int64_t depth = unit_->depth;
  for (Handler* handler : node.handlers) {
    Label next;
    unit_->depth = depth;
    if (handler->type != nullptr) {
      visit(*handler->type);
      at(*handler->type);
      emit(Op::MatchException);
      jump(Op::JumpIfFalse, next);
    }
    at(*handler);
    if (handler->name.empty()) {
      emit(Op::Pop);
    } else {
      store_name(handler->name);
    }
    unit_->blocks.push_back({Block::Kind::Handler, nullptr, nullptr, nullptr, handler->name,
                             handler, unit_->regions.size() - 1});
    body(handler->body);
    const Block block = unit_->blocks.back();
    unit_->blocks.pop_back();
    leave_block(block, false);
    jump(Op::Jump, end);
    next.depth = depth;
    place(next);
  }
  unit_->depth = depth;
  close_region(region);
  emit(Op::Reraise, 1);
  place(failed_again);
  emit(Op::Reraise, 1);
}

void Compiler::raise_statement(Raise& node) {
  std::uint32_t count = 0;
  if (node.exception != nullptr) {
    visit(*node.exception);
    ++count;
  }
  if (node.cause != nullptr) {
    visit(*node.cause);
    ++count;
  }
  at(node);
  emit(Op::Raise, count);
}

void Compiler::assertion(Assert& node) {
  Label ok;
  jump_if(*node.condition, true, ok);
  at(node);
  emit(Op::AssertError);
  if (node.message != nullptr) {
    visit(*node.message);
    at(node);
    emit(Op::Call, 1);
  }
  at(node);
  emit(Op::Raise, 1);
  ok.depth = unit_->depth;
  place(ok);
}

}  // namespace cupel::python
