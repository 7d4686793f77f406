# SPDX-License-Identifier: MIT
"""alembic.context: for env.py, whose configure() cupel listens to, and for revisions."""
import _cupel
from alembic.config import Config
from alembic.runtime.migration import _Nothing, current_context

config = Config()
script = None


def is_offline_mode():
    return _cupel.is_offline()


def is_transactional_ddl():
    return True


def requires_connection():
    return not _cupel.is_offline()


def get_x_argument(as_dictionary=False):
    given = _cupel.arguments()
    if not as_dictionary:
        return list(given)
    made = {}
    for argument in given:
        name, equals, value = argument.partition("=")
        made[name] = value
    return made


def get_tag_argument():
    return _cupel.tag()


def get_head_revision():
    heads = _cupel.script_heads()
    return heads[0] if heads else None


def get_head_revisions():
    return tuple(_cupel.script_heads())


def get_starting_revision_argument():
    return None


def get_revision_argument():
    return get_head_revision()


def get_context():
    return current_context()


def get_bind():
    from sqlalchemy.engine import current_connection
    return current_connection()


def get_impl():
    from alembic import op
    return op.impl


def execute(sql, execution_options=None):
    from alembic import op
    op.execute(sql)


def static_output(text):
    pass


_PLAIN = ("version_table", "version_table_schema", "transaction_per_migration", "transactional_ddl", "include_schemas",
          "compare_type", "compare_server_default", "render_as_batch", "literal_binds", "user_module_prefix",
          "version_table_pk", "sqlalchemy_module_prefix", "alembic_module_prefix")


def _convention(metadata):
    """The naming convention of the models, if they have one."""
    from sqlalchemy.schema import convention_model
    for each in metadata if isinstance(metadata, (list, tuple)) else [metadata]:
        convention = getattr(each, "naming_convention", None)
        if convention:
            return convention_model(convention)
    return None


def configure(connection=None, url=None, dialect_name=None, dialect_opts=None, target_metadata=None, **options):
    given = {name: options[name] for name in _PLAIN if options.get(name) is not None}
    given = {name: given[name] for name in given if isinstance(given[name], (str, bool))}
    if url is None and connection is not None:
        url = getattr(getattr(connection, "engine", connection), "url", None)
    if url is not None:
        given["url"] = _url_text(url)
    naming = _convention(target_metadata)
    if naming is not None:
        given["naming"] = naming
    if options.get("template_args"):
        given["template_args"] = options["template_args"]
    _cupel.configure(given)
    current_context().opts.update(options, target_metadata=target_metadata)


def _url_text(url):
    if hasattr(url, "render_as_string"):
        return url.render_as_string(hide_password=False)
    return str(url)


def begin_transaction():
    return _Nothing()


def run_migrations(**kw):
    _cupel.run_migrations()


def __getattr__(name):
    raise AttributeError("module 'alembic.context' has no attribute '" + name + "'")
