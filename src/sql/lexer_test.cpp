// SPDX-License-Identifier: MIT
#include "cupel/sql/lexer.hpp"

#include <gtest/gtest.h>

#include "dialect/postgres/lex.hpp"
#include "dialect/sqlite/lex.hpp"

namespace cupel::sql {
namespace {

const LexRules& postgres() { return dialect::postgres::lex_rules(); }
const LexRules& sqlite() { return dialect::sqlite::lex_rules(); }
const LexRules& mysql() {
  static constexpr LexRules kRules{.backslash_escapes = true,
                                   .prefixed_strings = true,
                                   .double_quoted_strings = true,
                                   .backtick_identifiers = true,
                                   .dollar_in_words = true,
                                   .hash_comments = true,
                                   .dash_comment_needs_space = true,
                                   .parameter_marks = "?",
                                   .delimiter_command = true};
  return kRules;
}

char letter(const Token& token) {
  switch (token.kind) {
    case TokenKind::Word:
      return 'w';
    case TokenKind::QuotedIdentifier:
      return 'q';
    case TokenKind::String:
      return 's';
    case TokenKind::Number:
      return 'n';
    case TokenKind::Parameter:
      return 'p';
    case TokenKind::Operator:
      return 'o';
    case TokenKind::Semicolon:
      return ';';
    case TokenKind::Comment:
      return 'c';
    case TokenKind::Whitespace:
      return '_';
  }
  return '?';
}

/// "w:SELECT _ n:1": a letter and the text for each token, '!' behind one that is cut off.
std::string lexed(std::string_view text, const LexRules& rules) {
  std::string result;
  for (const Token& token : tokenize(text, rules)) {
    if (!result.empty()) result += ' ';
    result += letter(token);
    if (token.kind != TokenKind::Whitespace) result += ":" + std::string(token.of(text));
    if (!token.terminated) result += '!';
  }
  return result;
}

}  // namespace

TEST(Lexer, ReadsTheStandard) {
  EXPECT_EQ(lexed("SELECT \"a\"\"b\", 'it''s' -- c\n;", LexRules{}),
            "w:SELECT _ q:\"a\"\"b\" o:, _ s:'it''s' _ c:-- c _ ;:;");
  EXPECT_EQ(lexed("a/*x*/b /*/ y */", LexRules{}), "w:a c:/*x*/ w:b _ c:/*/ y */");
  EXPECT_EQ(lexed("", LexRules{}), "");
}

TEST(Lexer, TokensCoverTheText) {
  const std::string_view text =
      "CREATE TABLE \"t\" (a int DEFAULT E'\\'' /* x */, b $1);\n\\d ` [ $";
  for (const LexRules* rules : {&postgres(), &sqlite(), &mysql()}) {
    std::size_t at = 0;
    for (const Token& token : tokenize(text, *rules)) {
      EXPECT_EQ(token.offset, at);
      EXPECT_GT(token.length, 0u);
      at += token.length;
    }
    EXPECT_EQ(at, text.size());
  }
}

TEST(Lexer, ReadsNumbers) {
  EXPECT_EQ(lexed("1.5e-3+0x1e-3", LexRules{}), "n:1.5e-3 o:+ n:0x1e o:- n:3");
  EXPECT_EQ(lexed("1..10 .5 1_000 1--c", LexRules{}), "n:1 o:. n:.10 _ n:.5 _ n:1_000 _ n:1 c:--c");
}

TEST(Lexer, ReadsDollarQuotes) {
  EXPECT_EQ(lexed("$$a;'b$$", postgres()), "s:$$a;'b$$");
  EXPECT_EQ(lexed("$f$ $$ $g$ $f$", postgres()), "s:$f$ $$ $g$ $f$");
  EXPECT_EQ(lexed("$\xC3\xA9_1$x$\xC3\xA9_1$", postgres()), "s:$\xC3\xA9_1$x$\xC3\xA9_1$");
  // A dollar inside a word, a parameter and a tag with a digit in front begin no string.
  EXPECT_EQ(lexed("a$b$c", postgres()), "w:a$b$c");
  EXPECT_EQ(lexed("$1$$x$$", postgres()), "p:$1 s:$$x$$");
  EXPECT_EQ(lexed("$f$ $F$", postgres()), "s:$f$ $F$!");
  EXPECT_EQ(lexed("$$ x", sqlite()), "o:$ o:$ _ w:x");
}

TEST(Lexer, ReadsEscapeStrings) {
  EXPECT_EQ(lexed(R"(E'a\';' e'\\' '\')", postgres()), R"(s:E'a\';' _ s:e'\\' _ s:'\')");
  // The part behind the newline is still an escape string.
  EXPECT_EQ(lexed("E'a' -- c\n '\\'b' x", postgres()), "s:E'a' -- c\n '\\'b' _ w:x");
  EXPECT_EQ(lexed("E'a' 'b'", postgres()), "s:E'a' _ s:'b'");
  EXPECT_EQ(lexed("type'a'", postgres()), "w:type s:'a'");
  EXPECT_EQ(lexed(R"('a\'b' "c\"d")", mysql()), R"(s:'a\'b' _ s:"c\"d")");
}

TEST(Lexer, ReadsPrefixedStrings) {
  EXPECT_EQ(lexed(R"(U&'\' u&"\" U & x)", postgres()), R"(s:U&'\' _ q:u&"\" _ w:U _ o:& _ w:x)");
  EXPECT_EQ(lexed("x'ff' B'01' ax'1'", postgres()), "s:x'ff' _ s:B'01' _ w:ax s:'1'");
}

TEST(Lexer, ReadsComments) {
  EXPECT_EQ(lexed("/* a /* b */ ; */ x", postgres()), "c:/* a /* b */ ; */ _ w:x");
  EXPECT_EQ(lexed("/* a /* b */ x", sqlite()), "c:/* a /* b */ _ w:x");
  EXPECT_EQ(lexed("@-- c", postgres()), "o:@ c:-- c");
  EXPECT_EQ(lexed("-- a\rx", postgres()), "c:-- a _ w:x");
  EXPECT_EQ(lexed("-- a\rx", sqlite()), "c:-- a\rx");
  EXPECT_EQ(lexed("# c\n5--1 -- d", mysql()), "c:# c _ n:5 o:- o:- n:1 _ c:-- d");
  EXPECT_EQ(lexed("a #> b", postgres()), "w:a _ o:# o:> _ w:b");
}

TEST(Lexer, ReadsQuotedNames) {
  EXPECT_EQ(lexed("[a;b] `c``;`", sqlite()), "q:[a;b] _ q:`c``;`");
  EXPECT_EQ(lexed("a[1]", postgres()), "w:a o:[ n:1 o:]");
  EXPECT_EQ(lexed("gr\xC3\xBC\xC3\x9F", sqlite()), "w:gr\xC3\xBC\xC3\x9F");
}

TEST(Lexer, ReadsParameters) {
  EXPECT_EQ(lexed("? ?1 :a @b $c", sqlite()), "p:? _ p:?1 _ p::a _ p:@b _ p:$c");
  EXPECT_EQ(lexed("$1 a::int ? b", postgres()), "p:$1 _ w:a o:: o:: w:int _ o:? _ w:b");
}

TEST(Lexer, SaysWhatIsCutOff) {
  EXPECT_EQ(lexed("'a", postgres()), "s:'a!");
  EXPECT_EQ(lexed("E'a\\'", postgres()), "s:E'a\\'!");
  EXPECT_EQ(lexed("E'a\\", postgres()), "s:E'a\\!");
  EXPECT_EQ(lexed("/* /* */", postgres()), "c:/* /* */!");
  EXPECT_EQ(lexed("/*/", sqlite()), "c:/*/!");
  EXPECT_EQ(lexed("[a", sqlite()), "q:[a!");
  const auto message = [](std::string_view text) {
    return unterminated_message(tokenize(text, postgres()).back(), text);
  };
  EXPECT_EQ(message("'a"), "the string that begins here is never closed");
  EXPECT_EQ(message("\"a"), "the quoted name that begins here is never closed");
  EXPECT_EQ(message("/* a"), "the comment that begins here is never closed");
  EXPECT_EQ(message("$f$ a"),
            "the string that begins with $f$ here is never closed by another $f$");
}

TEST(Lexer, AnotherDelimiterTakesTheSemicolonsPlace) {
  const std::string_view text = "END$$ ; // x";
  Lexer lexer(text, mysql());
  lexer.set_delimiter("$$");
  std::string kinds;
  for (Token token; lexer.next_significant(token);) kinds += letter(token);
  EXPECT_EQ(kinds, "w;ooow");
}

}  // namespace cupel::sql
