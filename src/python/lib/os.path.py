"""Paths as text, with '/' between the parts."""
import _runtime

sep = "/"
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"


def _text(value):
    if isinstance(value, (str, bytes)):
        return value
    method = getattr(type(value), "__fspath__", None)
    if method is None:
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(value).__name__}")
    return method(value)


def normcase(path):
    return _text(path)


def isabs(path):
    return _text(path).startswith("/")


def join(path, *parts):
    out = _text(path)
    for part in parts:
        part = _text(part)
        if part.startswith("/"):
            out = part
        elif not out or out.endswith("/"):
            out += part
        else:
            out += "/" + part
    return out


def split(path):
    path = _text(path)
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def dirname(path):
    return split(path)[0]


def basename(path):
    return split(path)[1]


def splitext(path):
    path = _text(path)
    slash = path.rfind("/") + 1
    dot = path.rfind(".")
    if dot > slash and path[slash:dot].strip("."):
        return path[:dot], path[dot:]
    return path, ""


def splitdrive(path):
    return "", _text(path)


def normpath(path):
    path = _text(path)
    if not path:
        return "."
    start = "/" if path.startswith("/") else ""
    if path.startswith("//") and not path.startswith("///"):
        start = "//"
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != ".." or (not start and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return start + "/".join(parts) or "."


def abspath(path):
    path = _text(path)
    if not isabs(path):
        root = _runtime.root()
        path = join(root if root.startswith("/") else "", path)
    return normpath(path)


def realpath(path, *, strict=False):
    return abspath(path)


def expanduser(path):
    path = _text(path)
    home = _runtime.environment().get("HOME")
    if home and (path == "~" or path.startswith("~/")):
        return home.rstrip("/") + path[1:]
    return path


def expandvars(path):
    import re
    environ = _runtime.environment()
    return re.sub(r"\$(?:(\w+)|\{([^}]*)\})",
                  lambda match: environ.get(match[1] or match[2], match[0]), _text(path), flags=re.A)


def relpath(path, start="."):
    here = [part for part in abspath(start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    common = 0
    for a, b in zip(here, there):
        if a != b:
            break
        common += 1
    return "/".join([".."] * (len(here) - common) + there[common:]) or "."


def commonprefix(paths):
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    for i, c in enumerate(low):
        if c != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    rows = [[part for part in _text(path).split("/") if part and part != "."] for path in paths]
    common = commonprefix(rows)
    return ("/" if _text(paths[0]).startswith("/") else "") + "/".join(common)


def isfile(path):
    return _runtime.is_file(_text(path))


def isdir(path):
    return _runtime.is_directory(_text(path))


def exists(path):
    return isfile(path) or isdir(path)


lexists = exists


def islink(path):
    return False


def samefile(a, b):
    return abspath(a) == abspath(b)


def getsize(path):
    return len(_runtime.read_file(_text(path)))
