// SPDX-License-Identifier: MIT
// The text of a file, for messages; and the way into the compiler.
#include <algorithm>

#include "cupel/base/text.hpp"
#include "cupel/python/parse.hpp"
#include "python/compiler.hpp"
#include "python/token.hpp"

namespace cupel::python {

Code::Code(Class* cls) : Object(cls, kLayout) {}
Code::~Code() = default;

void Code::clear() {
  Values().swap(constants);
  doc = {};
  later.reset();
}

namespace {

[[noreturn]] void throw_syntax_error(const SyntaxProblem& problem, const ast::Tree& tree) {
  const std::size_t start = std::min(problem.start, tree.text.size());
  throw ScriptError(text::position_at(tree.text, start, tree.file),
                    {problem.exception, problem.message},
                    std::string(text::line_at(tree.text, start)));
}

}  // namespace

Value compile(Interpreter& in, std::unique_ptr<ast::Tree> tree, bool expression, bool tolerant) {
  const auto file = std::make_shared<CompiledFile>();
  file->source = std::make_shared<Source>();
  file->source->file = tree->file;
  file->source->text = tree->text;
  file->tree = std::move(tree);
  try {
    file->scopes = std::make_unique<Scopes>(*file->tree);
    return Compiler(in, file).run(expression, tolerant);
  } catch (const SyntaxProblem& problem) {
    throw_syntax_error(problem, *file->tree);
  }
}

void compile_later(Interpreter& in, Code& code) {
  const std::unique_ptr<LaterBody> later = std::move(code.later);
  try {
    Compiler(in, later->file).run_later(code, *later->node);
  } catch (const SyntaxProblem& problem) {
    throw_syntax_error(problem, *later->file->tree);
  }
}

Source::Point Source::at(std::size_t offset) {
  if (lines.empty()) {
    lines.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool end =
          text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'));
      if (end) lines.push_back(static_cast<std::uint32_t>(i + 1));
    }
  }
  const auto it = std::upper_bound(lines.begin(), lines.end(), offset);
  const auto line = static_cast<std::size_t>(it - lines.begin());
  std::size_t column = 1;
  for (std::size_t i = lines[line - 1]; i < offset && i < text.size(); ++i) {
    column += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
  }
  return {line, column};
}

std::string Source::line_text(std::size_t line) {
  at(0);
  if (line == 0 || line > lines.size()) return {};
  const std::size_t start = lines[line - 1];
  std::size_t end = start;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  return text.substr(start, end - start);
}

}  // namespace cupel::python
