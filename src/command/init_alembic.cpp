// SPDX-License-Identifier: MIT
// See init_alembic.hpp. Both tools run what this makes.
#include "command/init_alembic.hpp"

#include "cupel/alembic/runtime.hpp"
#include "cupel/base/text.hpp"

namespace cupel::command {
namespace {

constexpr std::string_view kIni = R"(# Settings of Alembic, which cupel reads as well.

[alembic]
# Where env.py, script.py.mako and versions/ are. %(here)s is the folder of this file.
script_location = {directory}

# Names of new files: %%(rev)s %%(slug)s %%(year)d %%(month).2d %%(day).2d %%(hour).2d %%(minute).2d %%(second).2d
# file_template = %%(year)d%%(month).2d%%(day).2d_%%(rev)s_%%(slug)s
# truncate_slug_length = 40

# What comes first in sys.path, so that env.py finds the models.
prepend_sys_path = .

# Of the dates in new files; local time if it is not said.
# timezone = UTC

# Several folders with revisions, separated as version_path_separator says.
# version_locations = %(here)s/{directory}/versions
version_path_separator = os

# output_encoding = utf-8

sqlalchemy.url = {url}


[post_write_hooks]
# Programs that are run on every new file.
# hooks = ruff
# ruff.type = exec
# ruff.executable = ruff
# ruff.options = format REVISION_SCRIPT_FILENAME

[loggers]
keys = root,sqlalchemy,alembic

[handlers]
keys = console

[formatters]
keys = generic

[logger_root]
level = WARN
handlers = console
qualname =

[logger_sqlalchemy]
level = WARN
handlers =
qualname = sqlalchemy.engine

[logger_alembic]
level = INFO
handlers =
qualname = alembic

[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic

[formatter_generic]
format = %(levelname)-5.5s [%(name)s] %(message)s
datefmt = %H:%M:%S
)";

constexpr std::string_view kEnv = R"(from logging.config import fileConfig

from alembic import context
from sqlalchemy import engine_from_config, pool

config = context.config

if config.config_file_name is not None:
    fileConfig(config.config_file_name)

# The MetaData of the models, for `revision --autogenerate`:
# from myapp.models import Base
# target_metadata = Base.metadata
target_metadata = None


def run_migrations_offline() -> None:
    """Writes SQL instead of running it; a URL is enough for that."""
    context.configure(
        url=config.get_main_option("sqlalchemy.url"),
        target_metadata=target_metadata,
        literal_binds=True,
        dialect_opts={"paramstyle": "named"},
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    """Runs the revisions on a connection."""
    connectable = engine_from_config(
        config.get_section(config.config_ini_section, {}),
        prefix="sqlalchemy.",
        poolclass=pool.NullPool,
    )
    with connectable.connect() as connection:
        context.configure(connection=connection, target_metadata=target_metadata)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
)";

constexpr std::string_view kAlembicReadme =
    R"(Migrations of one database, one file in versions/ for each.

  cupel revision -m "add phone to users"     (or: alembic revision ...)
  cupel upgrade head
)";

}  // namespace

std::string alembic_ini(const std::string& directory, const std::string& url) {
  std::string text = text::replace_all(std::string(kIni), "{directory}", directory);
  return text::replace_all(text, "{url}", text::replace_all(url, "%", "%%"));
}

std::vector<std::pair<std::string_view, std::string_view>> alembic_files() {
  return {{"script.py.mako", alembic::default_revision_template()},
          {"README", kAlembicReadme},
          {"env.py", kEnv}};
}

}  // namespace cupel::command
