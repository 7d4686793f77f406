"""Coroutines run at once: a call of an async function gives its result."""


class CancelledError(BaseException):
    pass


TimeoutError = TimeoutError


class InvalidStateError(Exception):
    pass


def run(main, *, debug=None):
    return main


def iscoroutinefunction(func):
    import inspect
    return inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    return False


async def sleep(delay, result=None):
    import time
    time.sleep(delay)
    return result


async def gather(*values, return_exceptions=False):
    return list(values)


async def wait_for(value, timeout):
    return value


async def shield(value):
    return value


async def to_thread(func, /, *args, **kwargs):
    return func(*args, **kwargs)


def create_task(value, *, name=None, context=None):
    return value


ensure_future = create_task


class _Loop:
    def run_until_complete(self, value):
        return value

    def create_task(self, value, **kwargs):
        return value

    async def run_in_executor(self, executor, func, *args):
        return func(*args)

    def is_running(self):
        return False

    def is_closed(self):
        return False

    def close(self):
        pass


_loop = _Loop()


def get_event_loop():
    return _loop


def new_event_loop():
    return _loop


def set_event_loop(loop):
    pass


def get_running_loop():
    raise RuntimeError("no running event loop")


class Lock:
    async def acquire(self):
        return True

    def release(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass


class Semaphore(Lock):
    def __init__(self, value=1):
        pass


class Event:
    def __init__(self):
        self._set = False

    def set(self):
        self._set = True

    def is_set(self):
        return self._set
