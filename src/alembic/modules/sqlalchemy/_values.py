# SPDX-License-Identifier: MIT
"""Values between Python and a database: what needs more than a type knows by itself."""


def plain(value):
    """What _cupel.execute() takes for a value that is no None, bool, int, float, str, bytes or tuple."""
    if hasattr(value, "total_seconds"):
        return str(value.total_seconds()) + " seconds"
    if hasattr(value, "isoformat"):
        return str(value)
    if isinstance(value, dict):
        import json
        return json.dumps(value)
    if isinstance(value, (list, set, frozenset)):
        return write_array(value)
    if hasattr(value, "name") and hasattr(value, "value"):
        return value.name
    return str(value)


def write_array(value, item_type=None, dialect=None):
    """'{1,2,"a b"}' of a list."""
    return "{" + ",".join([_array_item(item, item_type, dialect) for item in value]) + "}"


def _array_item(item, item_type, dialect):
    if item is None:
        return "NULL"
    if isinstance(item, (list, tuple)):
        return write_array(item, item_type, dialect)
    if item_type is not None:
        item = item_type._bind(item, dialect)
    if isinstance(item, bool):
        return "t" if item else "f"
    if isinstance(item, (int, float)):
        return str(item)
    if not isinstance(item, str):
        item = plain(item)
    return '"' + item.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read_array(text, item_type, dialect):
    """The list that '{...}' stands for."""
    position = 0
    items = None
    stack = []
    while position < len(text):
        char = text[position]
        if char == "{":
            made = []
            if items is not None:
                items.append(made)
                stack.append(items)
            items = made
            position += 1
        elif char == "}":
            if not stack:
                break
            items = stack.pop()
            position += 1
        elif char == ",":
            position += 1
        elif char == '"':
            position += 1
            parts = []
            while text[position] != '"':
                if text[position] == "\\":
                    position += 1
                parts.append(text[position])
                position += 1
            position += 1
            items.append(item_type._result("".join(parts), dialect))
        else:
            end = position
            while text[end] not in ",}":
                end += 1
            items.append(_read_item(text[position:end], item_type, dialect))
            position = end
    return items


def _read_item(text, item_type, dialect):
    if text == "NULL":
        return None
    try:
        wanted = item_type.python_type
    except NotImplementedError:
        wanted = str
    if wanted is int:
        return int(text)
    if wanted is float:
        return float(text)
    if wanted is bool:
        return text == "t"
    return item_type._result(text, dialect)


def read_datetime(text):
    import datetime
    text = text.strip()
    if len(text) == 10:
        return datetime.datetime.strptime(text, "%Y-%m-%d")
    return datetime.datetime.fromisoformat(_iso(text))


def read_date(text):
    import datetime
    return datetime.date.fromisoformat(text[:10])


def read_time(text):
    import datetime
    return datetime.time.fromisoformat(_iso(text))


def _iso(text):
    """Digits of the seconds filled up to six, and minutes given to a zone: as fromisoformat() wants them."""
    body, zone = text, ""
    for sign in "+-":
        at = text.rfind(sign)
        if at > 7:
            body, zone = text[:at], text[at:]
    if body[-1:] == "Z":
        body, zone = body[:-1], "+00:00"
    if len(zone) == 3:
        zone += ":00"
    if "." in body:
        whole, dot, digits = body.partition(".")
        body = whole + "." + (digits + "000000")[:6]
    return body + zone


def with_types(rows, columns):
    """Rows whose values their columns' types have read. `columns` are types, or None for values that stay."""
    from sqlalchemy._dialect import current
    dialect = current()
    made = []
    for row in rows:
        made.append(tuple([value if type_ is None else type_._result(value, dialect)
                           for value, type_ in zip(row, columns)]))
    return made
