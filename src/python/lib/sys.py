"""What scripts ask about the interpreter."""
import _sys
import _runtime

argv = _sys.argv
path = _sys.path
modules = _sys.modules
maxsize = _sys.maxsize
platform = "linux"
byteorder = "little"
version = "3.11.0 (cupel)"
hexversion = 0x030B00F0
executable = ""
prefix = base_prefix = exec_prefix = "/usr"
maxunicode = 0x10FFFF
dont_write_bytecode = True
warnoptions = []
path_hooks = []
meta_path = []
stdlib_module_names = frozenset()


class _VersionInfo(tuple):
    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])


version_info = _VersionInfo((3, 11, 0, "final", 0))


class _Implementation:
    name = "cupel"
    version = version_info


implementation = _Implementation()


class _Flags:
    optimize = 0
    debug = 0
    verbose = 0


flags = _Flags()


class _Output:
    encoding = "utf-8"
    errors = "strict"
    closed = False

    def __init__(self, name):
        self.name = name

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        _runtime.write(text)
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        pass

    def isatty(self):
        return False

    def fileno(self):
        raise OSError("no file descriptor")


class _Input:
    def read(self, size=-1):
        return ""

    def readline(self):
        return ""

    def isatty(self):
        return False

    def __iter__(self):
        return iter(())


stdout = __stdout__ = _Output("<stdout>")
stderr = __stderr__ = _Output("<stderr>")
stdin = __stdin__ = _Input()


def exit(code=None):
    raise SystemExit(code)


def exc_info():
    error = _runtime.exc_info()
    if error is None:
        return (None, None, None)
    return (type(error), error, error.__traceback__)


def exception():
    return _runtime.exc_info()


def getrecursionlimit():
    return _sys.max_recursion


def setrecursionlimit(limit):
    pass


def getdefaultencoding():
    return "utf-8"


def getfilesystemencoding():
    return "utf-8"


def getsizeof(obj, default=0):
    return 64


def intern(text):
    return text


def gettrace():
    return None


def settrace(function):
    pass


class _FloatInfo:
    max = 1.7976931348623157e+308
    min = 2.2250738585072014e-308
    epsilon = 2.220446049250313e-16
    dig = 15
    mant_dig = 53


float_info = _FloatInfo()
