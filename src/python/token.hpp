// SPDX-License-Identifier: MIT
// Tokens of Python, and the error that lexer and parser throw among themselves.
#pragma once

#include <cstdint>
#include <string>

namespace cupel::python {

enum class Tok : std::uint8_t {
  End,
  Newline,
  Indent,
  Dedent,
  Name,
  Number,
  String,  ///< also bytes and raw: the prefix is part of the token
  FString,
  // keywords
  False,
  None,
  True,
  And,
  As,
  Assert,
  Async,
  Await,
  Break,
  Class,
  Continue,
  Def,
  Del,
  Elif,
  Else,
  Except,
  Finally,
  For,
  From,
  Global,
  If,
  Import,
  In,
  Is,
  Lambda,
  Nonlocal,
  Not,
  Or,
  Pass,
  Raise,
  Return,
  Try,
  While,
  With,
  Yield,
  // operators
  LParen,
  RParen,
  LBracket,
  RBracket,
  LBrace,
  RBrace,
  Comma,
  Colon,
  Semicolon,
  Dot,
  Ellipsis,
  Arrow,
  Assign,
  Walrus,
  At,
  Plus,
  Minus,
  Star,
  StarStar,
  Slash,
  SlashSlash,
  Percent,
  Amp,
  Pipe,
  Caret,
  Tilde,
  LShift,
  RShift,
  Lt,
  Le,
  Gt,
  Ge,
  EqEq,
  NotEq,
  Bang,  ///< only inside f-strings
  PlusAssign,
  MinusAssign,
  StarAssign,
  SlashAssign,
  SlashSlashAssign,
  PercentAssign,
  AtAssign,
  AmpAssign,
  PipeAssign,
  CaretAssign,
  LShiftAssign,
  RShiftAssign,
  StarStarAssign,
};

struct Token {
  Tok kind = Tok::End;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

/// Thrown by lexer and parser; becomes a ScriptError with the place at the entry points.
struct SyntaxProblem {
  const char* exception;  ///< "SyntaxError", "IndentationError", "TabError"
  std::string message;
  std::size_t start;
  std::size_t end;
};

[[noreturn]] void syntax_error(std::string message, std::size_t start, std::size_t end);

}  // namespace cupel::python
