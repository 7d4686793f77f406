"""Warnings, which go to the log."""
import _runtime

filters = []
_recorders = []
_ignore = []


class WarningMessage:
    def __init__(self, message, category):
        self.message, self.category = message, category


def warn(message, category=None, stacklevel=1, source=None, **kwargs):
    if isinstance(message, Warning):
        category = type(message)
    else:
        category = category or UserWarning
        message = category(message)
    for action, kind in reversed(filters):
        if issubclass(category, kind):
            if action == "error":
                raise message
            if action == "ignore":
                return
            break
    if _recorders:
        _recorders[-1].append(WarningMessage(message, category))
        return
    _runtime.log(30, "warnings", f"{category.__name__}: {message}")


def warn_explicit(message, category, filename, lineno, **kwargs):
    warn(message, category)


def simplefilter(action, category=Warning, lineno=0, append=False):
    filters.insert(0, (action, category)) if append else filters.append((action, category))


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if not message and not module or action != "error":
        simplefilter(action, category, lineno, append)


def resetwarnings():
    filters.clear()


def showwarning(message, category, filename, lineno, file=None, line=None):
    _runtime.log(30, "warnings", f"{category.__name__}: {message}")


def formatwarning(message, category, filename, lineno, line=None):
    return f"{filename}:{lineno}: {category.__name__}: {message}\n"


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning):
        self._record, self._action, self._category = record, action, category

    def __enter__(self):
        self._old = filters[:]
        if self._action:
            simplefilter(self._action, self._category)
        if self._record:
            _recorders.append([])
            return _recorders[-1]

    def __exit__(self, *error):
        filters[:] = self._old
        if self._record:
            _recorders.pop()
