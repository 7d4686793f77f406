// SPDX-License-Identifier: MIT
// The parts of the machine: what is done for an instruction, by subject. Each takes its operands
// from the frame's stack and leaves its result there.
#pragma once

#include "python/state.hpp"

namespace cupel::python::machine {

// --- the stack --------------------------------------------------------------------------------

inline void push(Frame& frame, Value value) { *frame.top++ = std::move(value); }
inline Value pop(Frame& frame) { return std::move(*--frame.top); }
inline void drop(Frame& frame, std::size_t count) {
  while (count-- > 0) *--frame.top = Value();
}
inline Value& top(Frame& frame, std::size_t depth = 1) { return *(frame.top - depth); }
inline Str* name_at(const Frame& frame, std::uint32_t index) { return frame.code->names[index]; }

// --- names (machine_names.cpp) ----------------------------------------------------------------

[[noreturn]] void name_error(Interpreter& in, const Str& name);
[[noreturn]] void unbound(Interpreter& in, const Str& name, bool free);
Value load_global(Interpreter& in, Frame& frame, Str* name);
/// A file's or class body's own names, then globals. A metaclass may have given another mapping
/// than a dict.
bool find_name(Interpreter& in, Frame& frame, Str* name, Value& out);
void store_name(Interpreter& in, Frame& frame, Str* name, Value value);
// Names that an imported file could not define, since a module is missing: using them says so.
void poison(Interpreter& in, Frame& frame, const Values& list);

// --- functions and calls (machine_calls.cpp) ---------------------------------------------------

Value make_function(Interpreter& in, Frame& frame, std::uint32_t flags);
void make_class(Interpreter& in, Frame& frame);
// **mapping in a call: every key a str, none twice.
void merge_keywords(Interpreter& in, Frame& frame);
void call_star(Interpreter& in, Frame& frame);
void load_method(Interpreter& in, Frame& frame, Str* name);
// The function and its self, or a callable and nothing, below `count` arguments (and the keywords'
// names above).
void call_method(Interpreter& in, Frame& frame, std::size_t count, bool keywords);
void call_plain(Interpreter& in, Frame& frame, std::size_t count, bool keywords);

// --- values (machine_values.cpp) ----------------------------------------------------------------

void unpack(Interpreter& in, Frame& frame, std::size_t count);
void unpack_star(Interpreter& in, Frame& frame, std::size_t before, std::size_t after);
void build_slice(Interpreter& in, Frame& frame, std::uint32_t count);
void build_string(Interpreter& in, Frame& frame, std::size_t count);
void format(Interpreter& in, Frame& frame, std::uint32_t flags);
Values pop_values(Frame& frame, std::size_t count);
void store_annotation(Interpreter& in, Frame& frame, Str* name);

// --- exceptions, with, yield (machine_blocks.cpp) --------------------------------------------

[[noreturn]] void raise_statement(Interpreter& in, Frame& frame, std::uint32_t count);
void before_with(Interpreter& in, Frame& frame, bool is_async);
void exit_with(Interpreter& in, Frame& frame, bool failed);
bool match_exception(Interpreter& in, const Value& exception, Value type);
/// True if the inner iterator gave a value, which then is what the frame yields.
bool yield_from(Interpreter& in, Frame& frame, Value& out);
Value await(Interpreter& in, const Value& value);

// --- match (machine_match.cpp) ----------------------------------------------------------------

void match_sequence(Interpreter& in, Frame& frame, std::uint32_t argument);
void match_keys(Interpreter& in, Frame& frame);
void match_rest(Interpreter& in, Frame& frame);
void match_class(Interpreter& in, Frame& frame, std::size_t positional);

// --- the loop ---------------------------------------------------------------------------------

/// Runs the frame to its end or its next yield (machine.cpp).
Value execute(Interpreter& in, Frame& frame);
/// The instructions that loops seldom run (machine_rare.cpp).
void execute_rare(Interpreter& in, Frame& frame, Op op, std::uint32_t argument);

}  // namespace cupel::python::machine
