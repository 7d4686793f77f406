# SPDX-License-Identifier: MIT
"""The downgrade() that belongs to an upgrade(), for bodies of which every statement is a call of op that has a reverse."""
import ast

KINDS = {"create_foreign_key": "foreignkey", "create_unique_constraint": "unique", "create_check_constraint": "check",
         "create_primary_key": "primary", "create_exclude_constraint": None}


class NoInverse(Exception):
    pass


def text(node):
    return ast.unparse(node)


def call_text(receiver, name, arguments, **keywords):
    given = [text(a) if isinstance(a, ast.AST) else a for a in arguments]
    given += [f"{key}={value if isinstance(value, str) else text(value)}" for key, value in keywords.items() if value is not None]
    return f"{receiver}.{name}({', '.join(given)})"


def altered(receiver, table, column, keywords, schema):
    undo = {key: keywords[key] for key in ("existing_type", "existing_nullable") if key in keywords}
    for key, value in keywords.items():
        if key == "nullable":
            undo["nullable"] = str(not ast.literal_eval(value))
            undo.pop("existing_nullable", None)
        elif key == "type_":
            if "existing_type" not in keywords:
                raise NoInverse("type")
            undo["type_"], undo["existing_type"] = keywords["existing_type"], value
        elif key == "new_column_name":
            column, undo["new_column_name"] = value, column
        elif key in ("server_default", "comment"):
            if isinstance(value, ast.Constant) and value.value in (None, False):
                raise NoInverse(key)
            undo[key] = "None"
        elif key not in ("existing_type", "existing_nullable", "schema"):
            raise NoInverse(key)
    return call_text(receiver, "alter_column", [*table, column], **undo, **schema)


def undone(call, batch=None):
    """The reverse of one call; inside of a batch calls name no table."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
        raise NoInverse("no call")
    receiver, name = call.func.value.id, call.func.attr
    if receiver != (batch or "op") or any(isinstance(a, ast.Starred) for a in call.args):
        raise NoInverse(receiver)
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    arguments = call.args
    schema = {"schema": keywords.get("schema", keywords.get("source_schema"))} if not batch else {}
    if name == "create_table":
        return call_text(receiver, "drop_table", arguments[:1], **schema)
    if name == "rename_table":
        return call_text(receiver, "rename_table", [arguments[1], arguments[0]], **schema)
    if name == "create_table_comment":
        return call_text(receiver, "drop_table_comment", arguments[:-1], existing_comment=arguments[-1], **schema)
    table = [] if batch else arguments[:1]
    if name == "add_column":
        column = arguments[-1].args[0]
        if not isinstance(column, ast.Constant) or "references" in ast.unparse(call).lower():
            raise NoInverse(name)
        return call_text(receiver, "drop_column", [*table, column], **schema)
    if name == "alter_column":
        return altered(receiver, table, arguments[len(table)], keywords, schema)
    if name == "create_index":
        owner = {} if batch else {"table_name": arguments[1]}
        return call_text(receiver, "drop_index", arguments[:1], **owner, **schema)
    if name in KINDS:
        if isinstance(arguments[0], ast.Constant) and arguments[0].value is None:
            raise NoInverse("unnamed")
        kind = {"type_": repr(KINDS[name])} if KINDS[name] else {}
        return call_text(receiver, "drop_constraint", arguments[:1] if batch else arguments[:2], **kind, **schema)
    raise NoInverse(name)


def inverse(body):
    """Lines of downgrade(), or None if there is no telling."""
    lines = []
    try:
        for statement in reversed(ast.parse("if True:\n    " + body).body[0].body):
            if isinstance(statement, ast.Expr):
                lines.append(undone(statement.value))
            elif isinstance(statement, ast.With) and "batch_alter_table" in text(statement.items[0].context_expr):
                if "table_args" in text(statement.items[0]):
                    return None  # what it adds would be added again
                batch = statement.items[0].optional_vars.id
                inner = [undone(each.value, batch) for each in reversed(statement.body) if isinstance(each, ast.Expr)]
                if len(inner) != len(statement.body):
                    return None
                lines.append("with " + text(statement.items[0]) + ":\n        " + "\n        ".join(inner))
            else:
                return None
    except (NoInverse, AttributeError, IndexError, ValueError):
        return None
    return "\n    ".join(lines)
