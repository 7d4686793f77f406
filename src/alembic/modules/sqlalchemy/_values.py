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
    try:
        wanted = item_type.python_type
    except NotImplementedError:
        wanted = str
    plain_types = {int: int, float: float, bool: lambda item: item == "t"}
    return parse_array(text, plain_types.get(wanted) or (lambda item: item_type._result(item, dialect)))


def parse_array(text, read):
    """The same, with a function that reads the items."""
    position = text.find("{")
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
            items.append(read("".join(parts)))
        else:
            end = position
            while text[end] not in ",}":
                end += 1
            item = text[position:end]
            items.append(None if item == "NULL" else read(item))
            position = end
    return items


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


def read_interval(text):
    """'1 year 2 mons -3 days +04:05:06.7'; a year has 365 days and a month 30, as drivers have it."""
    import datetime
    days = seconds = micros = 0
    words = text.split()
    while words:
        word = words.pop(0)
        if ":" in word:
            sign = -1 if word[0] == "-" else 1
            hours, minutes, rest = word.lstrip("+-").split(":")
            whole, _, digits = rest.partition(".")
            seconds += sign * (int(hours) * 3600 + int(minutes) * 60 + int(whole))
            micros += sign * int((digits + "000000")[:6])
        else:
            unit = words.pop(0)
            days += int(word) * (365 if unit[:4] == "year" else 30 if unit[:3] == "mon" else 1)
    return datetime.timedelta(days=days, seconds=seconds, microseconds=micros)


def _decimal(text):
    import decimal
    return decimal.Decimal(text)


def _json(text):
    import json
    return json.loads(text)


def _uuid(text):
    import uuid
    return uuid.UUID(text)


def _bytes(text):
    return bytes.fromhex(text[2:])


def _same(text):
    return text


class Binary(bytes):
    """A bytea of which nobody has said the type. psycopg2 gives a memoryview for it, psycopg and asyncpg bytes: this is both,
    as far as scripts use them."""
    def tobytes(self, order=None):
        return bytes(self)

    @property
    def nbytes(self):
        return len(self)


# What a driver makes of the types that a value alone does not tell, by PostgreSQL's own numbers of them.
_READERS = {1700: _decimal, 1082: read_date, 1114: read_datetime, 1184: read_datetime, 1083: read_time, 1266: read_time,
            1186: read_interval, 114: _json, 3802: _json, 2950: _uuid}
_ARRAYS = {1000: lambda item: item == "t", 1001: _bytes, 1021: float, 1022: float}
_ARRAYS.update({array: int for array in (1005, 1006, 1007, 1016, 1028)})
_ARRAYS.update({array: _same for array in (1002, 1003, 1009, 1014, 1015, 651, 1040, 1041)})
_ARRAYS.update({1231: _decimal, 1182: read_date, 1115: read_datetime, 1185: read_datetime, 1183: read_time,
                1270: read_time, 1187: read_interval, 199: _json, 3807: _json, 2951: _uuid})


def raw_value(value, number):
    """A value of a column of which nobody has said the type."""
    if number == 17 and isinstance(value, bytes):
        return Binary(value)
    if not isinstance(value, str):
        return value
    try:
        if number in _READERS:
            return _READERS[number](value)
        if number in _ARRAYS:
            return parse_array(value, _ARRAYS[number])
    except ValueError:
        pass  # infinity, and years before Christ
    return value


def with_types(rows, columns, numbers):
    """Rows whose values their columns' types have read. `columns` are types, or None for values of which the server
    alone says what they are, by the number of their type; `numbers` is empty where it says nothing."""
    from sqlalchemy._dialect import current
    dialect = current()
    known = set(_READERS) | set(_ARRAYS) | {17}
    if not columns and not any([number in known for number in numbers]):
        return rows
    columns = columns or [None] * len(numbers)
    numbers = numbers or [0] * len(columns)
    made = []
    for row in rows:
        made.append(tuple([raw_value(value, number) if type_ is None else type_._result(value, dialect)
                           for value, type_, number in zip(row, columns, numbers)]))
    return made
