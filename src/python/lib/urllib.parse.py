"""URLs as text."""
from collections import namedtuple as _namedtuple

_safe = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
uses_params = {"", "ftp", "hdl", "prospero", "http", "https", "imap", "mms", "rtsp", "rtspu", "sip", "sips", "sftp", "tel"}


def quote_from_bytes(data, safe="/"):
    keep = _safe | frozenset(safe.encode() if isinstance(safe, str) else safe)
    return "".join(chr(byte) if byte in keep else "%%%02X" % byte for byte in data)


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        string = string.encode(encoding or "utf-8", errors or "strict")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    if isinstance(string, bytes):
        string = string.decode()
    return quote(string, safe + " ", encoding, errors).replace(" ", "+")


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode()
    first, *rest = string.split(b"%")
    out = [first]
    for part in rest:
        try:
            out.append(bytes.fromhex(part[:2].decode()) + part[2:] if len(part) >= 2 else b"%" + part)
        except (ValueError, UnicodeDecodeError):
            out.append(b"%" + part)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    pairs = query.items() if hasattr(query, "items") else query
    out = []

    def text(value):
        return value if isinstance(value, bytes) else str(value)
    for key, value in pairs:
        key = quote_via(text(key), safe)
        if doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
            out.extend(f"{key}={quote_via(text(item), safe)}" for item in value)
        else:
            out.append(f"{key}={quote_via(text(value), safe)}")
    return "&".join(out)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
              max_num_fields=None, separator="&"):
    out = []
    for pair in qs.split(separator):
        if not pair:
            continue
        name, equals, value = pair.partition("=")
        if not equals and strict_parsing:
            raise ValueError(f"bad query field: {pair!r}")
        if value or keep_blank_values:
            out.append((unquote_plus(name), unquote_plus(value)))
    return out


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, **kwargs):
    out = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing):
        out.setdefault(name, []).append(value)
    return out


class _Network:
    def _parts(self):
        info, at, host = self.netloc.rpartition("@")
        user, colon, password = info.partition(":")
        if host.startswith("["):
            host, _, port = host[1:].partition("]")
            port = port[1:]
        else:
            host, _, port = host.partition(":")
        return (user if at else None, password if at and colon else None, host, port)

    @property
    def username(self):
        return self._parts()[0]

    @property
    def password(self):
        return self._parts()[1]

    @property
    def hostname(self):
        return self._parts()[2].lower() or None

    @property
    def port(self):
        port = self._parts()[3]
        if not port:
            return None
        if not port.isdigit():
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        if int(port) > 65535:
            raise ValueError("Port out of range 0-65535")
        return int(port)

    def geturl(self):
        return urlunparse(self) if len(self) == 6 else urlunsplit(self)


class SplitResult(_Network, _namedtuple("SplitResult", "scheme netloc path query fragment")):
    pass


class ParseResult(_Network, _namedtuple("ParseResult", "scheme netloc path params query fragment")):
    pass


def urlsplit(url, scheme="", allow_fragments=True):
    url = url.lstrip(" \t\r\n").rstrip(" ")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isalpha() and all(c.isalnum() and c.isascii() or c in "+-." for c in url[:colon]):
        scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        end = min([at for at in (url.find(c, 2) for c in "/?#") if at >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return SplitResult(scheme, netloc, url, query, fragment)


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        at = path.find(";", path.rfind("/") + 1)
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    return ParseResult(scheme, netloc, path, params, query, fragment)


_with_netloc = {"", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews",
                "prospero", "rtsp", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss"}


def urlunsplit(parts):
    scheme, netloc, url, query, fragment = parts
    if netloc or (scheme and scheme in _with_netloc and url[:2] != "//"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return url


def urlunparse(parts):
    scheme, netloc, url, params, query, fragment = parts
    if params:
        url = f"{url};{params}"
    return urlunsplit((scheme, netloc, url, query, fragment))


def urldefrag(url):
    parts = urlsplit(url)
    return parts._replace(fragment="").geturl(), parts.fragment


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    first, second = urlsplit(base), urlsplit(url, urlsplit(base).scheme)
    if second.scheme != first.scheme:
        return url
    if second.netloc:
        return urlunsplit(second)
    if not second.path:
        return urlunsplit((first.scheme, first.netloc, first.path, second.query or first.query, second.fragment))
    segments = second.path.split("/") if second.path[:1] == "/" else first.path.split("/")[:-1] + second.path.split("/")
    out = []
    for i, part in enumerate(segments):
        if part == "..":
            if len(out) > 1:
                out.pop()
        elif part != ".":
            out.append(part)
    if segments[-1] in (".", ".."):
        out.append("")
    return urlunsplit((first.scheme, first.netloc, "/".join(out) or "/", second.query, second.fragment))
