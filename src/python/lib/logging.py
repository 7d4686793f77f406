"""Logging to cupel's log."""
import _runtime
import sys as _sys

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0
raiseExceptions = True
_names = {CRITICAL: "CRITICAL", ERROR: "ERROR", WARNING: "WARNING", INFO: "INFO", DEBUG: "DEBUG", NOTSET: "NOTSET"}
_disabled = 0


def getLevelName(level):
    if isinstance(level, str):
        return next((number for number, name in _names.items() if name == level), f"Level {level}")
    return _names.get(level, f"Level {level}")


def addLevelName(level, name):
    _names[level] = name


def _check_level(level):
    if isinstance(level, str):
        found = getLevelName(level)
        if isinstance(found, str):
            raise ValueError(f"Unknown level: {level!r}")
        return found
    return level


class LogRecord:
    def __init__(self, name, level, message, args, exc_info=None, extra=None):
        self.name, self.levelno, self.levelname = name, level, getLevelName(level)
        self.msg, self.args, self.exc_info = message, args, exc_info
        self.__dict__.update(extra or {})

    def getMessage(self):
        message = str(self.msg)
        args = self.args
        if not args:
            return message
        if len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        return message % args


class Filter:
    def __init__(self, name=""):
        self.name = name

    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + ".")


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        self._fmt = fmt or "%(message)s"
        self.datefmt = datefmt
        self._style = style

    def format(self, record):
        values = {**record.__dict__, "message": record.getMessage(), "asctime": self.formatTime(record)}
        if self._style == "{":
            return self._fmt.format(**values)
        return self._fmt % values

    def formatTime(self, record, datefmt=None):
        import time
        return time.strftime(datefmt or self.datefmt or "%Y-%m-%d %H:%M:%S")


class Handler:
    def __init__(self, level=NOTSET):
        self.level = _check_level(level)
        self.formatter = None
        self.filters = []

    def setLevel(self, level):
        self.level = _check_level(level)

    def setFormatter(self, formatter):
        self.formatter = formatter

    def addFilter(self, filter):
        self.filters.append(filter)

    def format(self, record):
        return self.formatter.format(record) if self.formatter else record.getMessage()

    def emit(self, record):
        pass

    def handle(self, record):
        self.emit(record)

    def flush(self):
        pass

    def close(self):
        pass


class NullHandler(Handler):
    pass


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream

    def emit(self, record):
        if self.stream is not None and self.stream not in (_sys.stdout, _sys.stderr):
            self.stream.write(self.format(record) + self.terminator)


class FileHandler(Handler):
    """Scripts write no files: what goes here goes to the log alone."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__()
        self.baseFilename = filename


class Logger:
    def __init__(self, name, level=NOTSET):
        self.name, self.level = name, level
        self.handlers, self.filters = [], []
        self.propagate = True
        self.disabled = False
        self.parent = None

    def setLevel(self, level):
        self.level = _check_level(level)

    def getEffectiveLevel(self):
        logger = self
        while logger is not None:
            if logger.level:
                return logger.level
            logger = logger.parent
        return NOTSET

    def isEnabledFor(self, level):
        return level > _disabled and level >= self.getEffectiveLevel()

    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)

    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)

    def hasHandlers(self):
        return bool(self.handlers)

    def addFilter(self, filter):
        self.filters.append(filter)

    def getChild(self, suffix):
        return getLogger(f"{self.name}.{suffix}" if self.name != "root" else suffix)

    def _log(self, level, msg, args, exc_info=None, stack_info=False, stacklevel=1, extra=None):
        if not self.isEnabledFor(level) or self.disabled:
            return
        error = None
        if exc_info:
            error = exc_info if isinstance(exc_info, BaseException) else _runtime.exc_info()
        record = LogRecord(self.name, level, msg, args, error, extra)
        for filter in self.filters:
            if not (filter.filter(record) if hasattr(filter, "filter") else filter(record)):
                return
        message = record.getMessage()
        if error is not None:
            message += "\n" + _runtime.format_exception(error)
        logger = self
        while logger is not None:
            for handler in logger.handlers:
                if level >= handler.level:
                    handler.handle(record)
            logger = logger.parent if logger.propagate else None
        _runtime.log(level, self.name, message)

    def debug(self, msg, *args, **kwargs):
        self._log(DEBUG, msg, args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self._log(INFO, msg, args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self._log(WARNING, msg, args, **kwargs)

    warn = warning

    def error(self, msg, *args, **kwargs):
        self._log(ERROR, msg, args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self._log(ERROR, msg, args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self._log(CRITICAL, msg, args, **kwargs)

    fatal = critical

    def log(self, level, msg, *args, **kwargs):
        self._log(level, msg, args, **kwargs)

    def __repr__(self):
        return f"<Logger {self.name} ({getLevelName(self.getEffectiveLevel())})>"


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger, self.extra = logger, extra

    def process(self, msg, kwargs):
        kwargs["extra"] = self.extra
        return msg, kwargs

    def __getattr__(self, name):
        method = getattr(self.logger, name)
        if name not in ("debug", "info", "warning", "error", "exception", "critical"):
            return method

        def call(msg, *args, **kwargs):
            msg, kwargs = self.process(msg, kwargs)
            method(msg, *args, **kwargs)
        return call


root = Logger("root", INFO)
_loggers = {}


def getLogger(name=None):
    if not name or name == "root":
        return root
    if name not in _loggers:
        logger = _loggers[name] = Logger(name)
        parent = name.rpartition(".")[0]
        logger.parent = getLogger(parent) if parent else root
    return _loggers[name]


def getLoggerClass():
    return Logger


def setLoggerClass(cls):
    pass


def basicConfig(**kwargs):
    if kwargs.get("level") is not None:
        root.setLevel(kwargs["level"])


def disable(level=CRITICAL):
    global _disabled
    _disabled = level


def captureWarnings(capture):
    pass


def shutdown():
    pass


debug, info, warning, warn = root.debug, root.info, root.warning, root.warning
error, exception, critical, fatal, log = root.error, root.exception, root.critical, root.critical, root.log
