"""The part of os that reads: environment, paths, files below the project."""
import _runtime
import os.path as path
from os.path import _text

name = "posix"
sep = "/"
altsep = None
pathsep = ":"
linesep = "\n"
curdir = "."
pardir = ".."
extsep = "."
devnull = "/dev/null"
F_OK, R_OK, W_OK, X_OK = 0, 4, 2, 1
error = OSError


class _Environ(dict):
    def __setitem__(self, key, value):
        if not isinstance(key, str) or not isinstance(value, str):
            raise TypeError(f"str expected, not {type(value if isinstance(key, str) else key).__name__}")
        super().__setitem__(key, value)

    def __repr__(self):
        return f"environ({dict.__repr__(self)})"

    def copy(self):
        return dict(self)


environ = _Environ(_runtime.environment())


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def getcwd():
    root = _runtime.root()
    return root if root.startswith("/") else "."


def fspath(value):
    return _text(value)


def fsencode(value):
    value = _text(value)
    return value.encode() if isinstance(value, str) else value


def fsdecode(value):
    value = _text(value)
    return value.decode() if isinstance(value, bytes) else value


def listdir(folder="."):
    return _runtime.list_directory(_text(folder))


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = path.join(folder, name)

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Scan:
    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def close(self):
        pass


def scandir(folder="."):
    folder = _text(folder)
    return _Scan([DirEntry(folder, name) for name in listdir(folder)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = _text(top)
    folders, files = [], []
    for entry in listdir(top):
        (folders if path.isdir(path.join(top, entry)) else files).append(entry)
    if topdown:
        yield top, folders, files
    for folder in folders:
        yield from walk(path.join(top, folder), topdown)
    if not topdown:
        yield top, folders, files


def access(target, mode):
    return path.exists(target) and not mode & W_OK


def urandom(size):
    import _binary
    return _binary.random_bytes(size)


def getpid():
    return 1


def cpu_count():
    return 1


def get_terminal_size(fallback=(80, 24)):
    return fallback


def _refused(what):
    def refuse(*args, **kwargs):
        raise PermissionError(f"os.{what}() is not supported: scripts only read files")
    refuse.__name__ = what
    return refuse


makedirs = _refused("makedirs")
mkdir = _refused("mkdir")
remove = _refused("remove")
unlink = _refused("unlink")
rmdir = _refused("rmdir")
rename = _refused("rename")
replace = _refused("replace")
chdir = _refused("chdir")
chmod = _refused("chmod")
system = _refused("system")
popen = _refused("popen")
kill = _refused("kill")
fork = _refused("fork")
stat = _refused("stat")
