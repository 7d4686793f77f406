// SPDX-License-Identifier: MIT
// New revisions from script.py.mako. The template is translated to Python and run, by
// modules/_cupel_mako.py.
#include "alembic/convert.hpp"
#include "alembic/runtime_state.hpp"
#include "cupel/base/text.hpp"

namespace cupel::alembic {
namespace {

/// "line 3: what is wrong", as modules/_cupel_mako.py says it.
InputError template_error(const std::string& path, const std::string& text) {
  constexpr std::string_view kLine = "line ";
  const std::size_t colon = text.find(": ");
  if (!text.starts_with(kLine) || colon == std::string::npos) return {{path}, text};
  const std::size_t line = std::stoul(text.substr(kLine.size(), colon - kLine.size()));
  return {{path, line}, text.substr(colon + 2), "see https://docs.makotemplates.org"};
}

}  // namespace

std::string_view default_revision_template() {
  return R"("""${message}

Revision ID: ${up_revision}
Revises: ${down_revision | comma,n}
Create Date: ${create_date}

"""
from typing import Sequence, Union

from alembic import op
import sqlalchemy as sa
${imports if imports else ""}

revision: str = ${repr(up_revision)}
down_revision: Union[str, Sequence[str], None] = ${repr(down_revision)}
branch_labels: Union[str, Sequence[str], None] = ${repr(branch_labels)}
depends_on: Union[str, Sequence[str], None] = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
)";
}

std::string Runtime::render_revision(const std::string& text, const std::string& path,
                                     const script::NewRevision& revision) {
  python::Interpreter& in = state_->interpreter();
  ToPython to(in);
  try {
    const python::Value mako = in.import("_cupel_mako");
    const python::Value source[] = {in.str(text)};
    const python::Value translated = in.call(in.attribute(mako, "translate"), source);
    const python::Value module = in.load(in.str_of(translated), path);
    const python::Value values = in.dict();
    to.set(values, "revision", in.str(revision.header.revision));
    to.set(values, "down_revision", to.make(revision.header.down_revision));
    to.set(values, "branch_labels", to.make(revision.header.branch_labels));
    to.set(values, "depends_on", to.make(revision.header.depends_on));
    to.set(values, "message", in.str(revision.header.message));
    to.set(values, "imports",
           in.str(text::join(
               std::vector<std::string>(revision.imports.begin(), revision.imports.end()), "\n")));
    to.set(values, "upgrades", in.str(revision.upgrade));
    to.set(values, "downgrades", in.str(revision.downgrade));
    if (state_->template_args.is_set()) to.set(values, "template_args", state_->template_args);
    const python::Value given[] = {module, values, in.str(state_->settings.project.timezone)};
    return in.str_of(in.call(in.attribute(mako, "render"), given));
  } catch (const python::ScriptError& error) {
    state_->traceback = error.traceback();
    if (error.details().exception == "TemplateError")
      throw template_error(path, error.details().text);
    InputError shown({path}, error.message(), "correct the template");
    throw shown;
  }
}

}  // namespace cupel::alembic
