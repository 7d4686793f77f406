"""Files in memory, and files of the project for reading."""
import _runtime
from os.path import _text

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


class IOBase:
    closed = False
    _empty = ""

    def _start(self, initial):
        self._value = initial
        self._at = 0

    def _check(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")

    def read(self, size=-1):
        self._check()
        end = len(self._value) if size is None or size < 0 else self._at + size
        part = self._value[self._at:end]
        self._at += len(part)
        return part

    def readline(self, size=-1):
        self._check()
        newline = "\n" if self._empty == "" else b"\n"
        at = self._value.find(newline, self._at) if self._empty == "" else self._find(newline)
        end = len(self._value) if at < 0 else at + 1
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        part = self._value[self._at:end]
        self._at += len(part)
        return part

    def _find(self, newline):
        at = self._value[self._at:].find(newline)
        return at if at < 0 else at + self._at

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def write(self, data):
        self._check()
        if type(data) is not type(self._empty) and not isinstance(data, type(self._empty)):
            wanted = "string" if self._empty == "" else "a bytes-like object"
            raise TypeError(f"{wanted} argument expected, got {type(data).__name__!r}" if self._empty == "" else
                            f"a bytes-like object is required, not {type(data).__name__!r}")
        if self._at > len(self._value):
            self._value += ("\0" if self._empty == "" else b"\0") * (self._at - len(self._value))
        self._value = self._value[:self._at] + data + self._value[self._at + len(data):]
        self._at += len(data)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def seek(self, offset, whence=0):
        self._check()
        self._at = max(0, offset + (0, self._at, len(self._value))[whence])
        return self._at

    def tell(self):
        return self._at

    def truncate(self, size=None):
        self._value = self._value[:self._at if size is None else size]
        return len(self._value)

    def flush(self):
        pass

    def close(self):
        self.closed = True

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def getvalue(self):
        self._check()
        return self._value

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *error):
        self.close()


RawIOBase = BufferedIOBase = TextIOBase = IOBase


class StringIO(IOBase):
    encoding = None

    def __init__(self, initial_value="", newline="\n"):
        self._start(initial_value or "")


class BytesIO(IOBase):
    _empty = b""

    def __init__(self, initial_bytes=b""):
        self._start(bytes(initial_bytes))

    def getbuffer(self):
        return self.getvalue()


class _ReadMixin:
    def write(self, data):
        raise UnsupportedOperation("not writable")

    def writable(self):
        return False


class TextIOWrapper(_ReadMixin, StringIO):
    def __init__(self, name, text, mode, encoding):
        super().__init__(text)
        self.name, self.mode, self.encoding = name, mode, encoding


class BufferedReader(_ReadMixin, BytesIO):
    def __init__(self, name, data, mode):
        super().__init__(data)
        self.name, self.mode = name, mode


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if any(letter in mode for letter in "wax+"):
        raise PermissionError(f"cannot open {file!r} for writing: scripts only read files")
    data = _runtime.read_file(_text(file))
    if "b" in mode:
        return BufferedReader(file, data, mode)
    text = data.decode(encoding or "utf-8", errors or "strict")
    if newline is None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return TextIOWrapper(file, text, mode, encoding or "utf-8")
