# SPDX-License-Identifier: MIT
"""Database URLs as values."""


def _quoted(text):
    from urllib.parse import quote
    return quote(text, safe=" +")


def _unquoted(text):
    from urllib.parse import unquote
    return unquote(text)


_PARTS = ("drivername", "username", "password", "host", "port", "database", "query")


class URL:
    def __init__(self, drivername, username=None, password=None, host=None, port=None, database=None, query=None):
        self.drivername = drivername
        self.username = username
        self.password = password
        self.host = host
        self.port = int(port) if port else None
        self.database = database
        self.query = dict(query or {})

    @classmethod
    def create(cls, drivername, username=None, password=None, host=None, port=None, database=None, query=None):
        return cls(drivername, username, password, host, port, database, query)

    def set(self, **changes):
        values = {name: getattr(self, name) for name in _PARTS}
        values.update({name: changes[name] for name in changes if changes[name] is not None})
        return URL(**values)

    _replace = set

    def update_query_dict(self, parameters, append=False):
        query = dict(self.query)
        query.update(parameters)
        return self.set(query=query)

    def difference_update_query(self, names):
        made = self.set()
        made.query = {name: self.query[name] for name in self.query if name not in names}
        return made

    def get_backend_name(self):
        return self.drivername.split("+")[0]

    def get_driver_name(self):
        return self.drivername.partition("+")[2]

    def get_dialect(self):
        from sqlalchemy._dialect import named
        return lambda: named(self.get_backend_name())

    def render_as_string(self, hide_password=True):
        text = self.drivername + "://"
        if self.username is not None:
            text += _quoted(self.username)
            if self.password is not None:
                text += ":" + ("***" if hide_password else _quoted(str(self.password)))
            text += "@"
        if self.host is not None:
            text += "[" + self.host + "]" if ":" in self.host else self.host
        if self.port is not None:
            text += ":" + str(self.port)
        if self.database is not None:
            text += "/" + self.database
        if self.query:
            text += "?" + "&".join([name + "=" + _quoted(str(self.query[name])) for name in sorted(self.query)])
        return text

    def __to_string__(self, hide_password=True):
        return self.render_as_string(hide_password)

    def __str__(self):
        return self.render_as_string(True)

    __repr__ = __str__

    def __eq__(self, other):
        return isinstance(other, URL) and self.render_as_string(False) == other.render_as_string(False)

    def __hash__(self):
        return hash(self.render_as_string(False))

    def translate_connect_args(self, names=None, **kw):
        return {name: getattr(self, name) for name in _PARTS[1:6] if getattr(self, name)}


def make_url(name_or_url):
    if isinstance(name_or_url, URL):
        return name_or_url
    scheme, mark, rest = str(name_or_url).partition("://")
    if not mark:
        from sqlalchemy import exc
        raise exc.ArgumentError("Could not parse SQLAlchemy URL from given URL string")
    rest, mark, query = rest.partition("?")
    authority, slash, database = rest.partition("/")
    user, at, host = authority.rpartition("@")
    name, colon, password = user.partition(":")
    port = None
    if host[:1] == "[":
        host, bracket, port = host[1:].partition("]")
        port = port[1:]
    elif ":" in host:
        host, colon2, port = host.partition(":")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return URL(scheme, _unquoted(name) if at else None, _unquoted(password) if colon else None, host or None, port,
               database if slash else None, {pair[0]: _unquoted(pair[2].replace("+", " ")) for pair in pairs})
