"""Paths as objects."""
import _runtime
import os
import os.path as _path
import fnmatch as _fnmatch


class PurePath:
    def __new__(cls, *segments):
        return object.__new__(PurePosixPath if cls is PurePath else PosixPath if cls is Path else cls)

    def __init__(self, *segments):
        joined = _path.join(*map(_path._text, segments)) if segments else ""
        self._set(joined)

    def _set(self, text):
        root = "/" if text.startswith("/") else ""
        self._parts = [part for part in text.split("/") if part and part != "."]
        self._root = root
        self._str = root + "/".join(self._parts) or "."

    def _make(self, text):
        return type(self)(text)

    def __fspath__(self):
        return self._str

    def __str__(self):
        return self._str

    def __repr__(self):
        return f"{type(self).__name__}({self._str!r})"

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._str == other._str

    def __hash__(self):
        return hash(self._str)

    def __lt__(self, other):
        return self._parts < other._parts

    def __truediv__(self, other):
        return self._make(_path.join(self._str, _path._text(other)))

    def __rtruediv__(self, other):
        return self._make(_path.join(_path._text(other), self._str))

    def joinpath(self, *others):
        return self._make(_path.join(self._str, *map(_path._text, others)))

    @property
    def parts(self):
        return tuple(([self._root] if self._root else []) + self._parts)

    @property
    def name(self):
        return self._parts[-1] if self._parts else ""

    @property
    def suffix(self):
        name = self.name
        at = name.rfind(".")
        return name[at:] if 0 < at < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + part for part in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name[:len(self.name) - len(self.suffix)] if self.suffix else self.name

    @property
    def parent(self):
        if not self._parts:
            return self
        return self._make(self._root + "/".join(self._parts[:-1]))

    @property
    def parents(self):
        out, here = [], self
        while here.parent != here:
            here = here.parent
            out.append(here)
        return tuple(out)

    root = property(lambda self: self._root)
    anchor = property(lambda self: self._root)
    drive = property(lambda self: "")

    def is_absolute(self):
        return bool(self._root)

    def as_posix(self):
        return self._str

    def as_uri(self):
        return "file://" + self._str

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.parent / name

    def with_suffix(self, suffix):
        return self.with_name(self.stem + suffix)

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def relative_to(self, *other):
        base = self._make(_path.join(*map(_path._text, other)))
        n = len(base._parts)
        if self._root != base._root or self._parts[:n] != base._parts:
            raise ValueError(f"{self._str!r} is not in the subpath of {base._str!r} OR one path is relative and the other is absolute.")
        return self._make("/".join(self._parts[n:]))

    def is_relative_to(self, *other):
        try:
            self.relative_to(*other)
        except ValueError:
            return False
        return True

    def match(self, pattern):
        wanted = [part for part in pattern.split("/") if part]
        return len(wanted) <= len(self._parts) and all(
            _fnmatch.fnmatchcase(part, glob) for part, glob in zip(self._parts[-len(wanted):], wanted))


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        return cls(_path.expanduser("~"))

    def exists(self):
        return _path.exists(self._str)

    def is_file(self):
        return _path.isfile(self._str)

    def is_dir(self):
        return _path.isdir(self._str)

    def is_symlink(self):
        return False

    def absolute(self):
        return self._make(_path.abspath(self._str))

    def resolve(self, strict=False):
        return self._make(_path.abspath(self._str))

    def expanduser(self):
        return self._make(_path.expanduser(self._str))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._str, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with self.open("r", encoding=encoding, errors=errors) as file:
            return file.read()

    def read_bytes(self):
        return _runtime.read_file(self._str)

    def iterdir(self):
        for name in os.listdir(self._str):
            yield self / name

    def glob(self, pattern):
        import glob
        for found in glob.glob(_path.join(self._str, pattern), recursive=True):
            yield self._make(found)

    def rglob(self, pattern):
        return self.glob("**/" + pattern)

    def samefile(self, other):
        return _path.samefile(self._str, other)

    def _refuse(self, *args, **kwargs):
        raise PermissionError(f"cannot change {self._str!r}: scripts only read files")

    write_text = write_bytes = mkdir = unlink = rmdir = rename = replace = touch = chmod = _refuse



class PurePosixPath(PurePath):
    pass


class PosixPath(Path, PurePosixPath):
    pass
