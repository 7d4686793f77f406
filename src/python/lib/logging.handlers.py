"""Handlers that would write elsewhere; everything goes to cupel's log."""
from logging import FileHandler, Handler


class RotatingFileHandler(FileHandler):
    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        super().__init__(filename)


class TimedRotatingFileHandler(FileHandler):
    def __init__(self, filename, *args, **kwargs):
        super().__init__(filename)


class SysLogHandler(Handler):
    def __init__(self, *args, **kwargs):
        super().__init__()


class QueueHandler(SysLogHandler):
    pass
