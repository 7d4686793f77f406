"""Files by shell patterns."""
import fnmatch as _fnmatch
import os


def _walk(folder, parts, recursive):
    head, *rest = parts
    if head == "**" and recursive:
        if rest:
            yield from _walk(folder, rest, recursive)
        for name in os.listdir(folder or "."):
            path = os.path.join(folder, name)
            if not rest:
                yield path
            if os.path.isdir(path):
                yield from _walk(path, parts, recursive)
        return
    if not any(c in head for c in "*?["):
        path = os.path.join(folder, head)
        if rest and os.path.isdir(path):
            yield from _walk(path, rest, recursive)
        elif not rest and os.path.exists(path):
            yield path
        return
    if not os.path.isdir(folder or "."):
        return
    for name in os.listdir(folder or "."):
        if _fnmatch.fnmatchcase(name, head) and not (name.startswith(".") and not head.startswith(".")):
            path = os.path.join(folder, name)
            if not rest:
                yield path
            elif os.path.isdir(path):
                yield from _walk(path, rest, recursive)


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    parts = [part for part in pathname.split("/") if part]
    if parts:
        yield from _walk("/" if pathname.startswith("/") else "", parts, recursive)


def glob(pathname, **kwargs):
    return list(iglob(pathname, **kwargs))


def escape(pathname):
    return "".join(f"[{c}]" if c in "*?[" else c for c in pathname)
