"""Exceptions: raising, chaining, messages."""


def show(work, *args):
    try:
        print(work(*args))
    except BaseException as error:
        print(type(error).__name__, "|", error, "|", repr(error))


def fail(error):
    raise error


show(fail, ValueError("v"))
show(fail, ValueError)
show(fail, KeyError("k"))
show(fail, KeyError(1, 2))
show(fail, OSError(2, "No such file"))
show(fail, OSError(2, "No such file", "f.txt"))
show(fail, Exception())
show(fail, Exception("a", 1))
show(fail, StopIteration(3))
show(fail, SystemExit(2))
show(fail, 5)
show(fail, "text")


class MyError(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"[{self.code}] {self.args[0]}"


class Sub(MyError, ValueError):
    pass


try:
    raise Sub(7, "seven")
except KeyError:
    print("no")
except (TypeError, ValueError) as error:
    print(error, error.code, error.args, isinstance(error, MyError))
else:
    print("no")
finally:
    print("done")
try:
    print(error)
except NameError as e:
    print(e)

try:
    try:
        1 / 0
    except ZeroDivisionError as first:
        raise TypeError("second") from first
except TypeError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise TypeError("second")
except TypeError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise TypeError("second") from None
except TypeError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        raise ValueError("again")
    except ValueError:
        raise
except ValueError as e:
    print(e)
show(lambda: exec("raise"))


def order():
    try:
        print("try")
    except Exception:
        print("except")
    else:
        print("else")
        return "value"
    finally:
        print("finally")


print(order())


def level(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        level(n - 1)
    except ValueError as e:
        if n == 2:
            raise KeyError("changed") from e
        raise
    finally:
        print("leave", n)


show(level, 3)
for text in ("1/0", "1//0", "1%0", "1.0/0", "2**-1/0", "0**-1", "[][0]", "{}['a']", "(1,)[5]", "'a'[3]", "int('x', 99)", "int('')",
             "float('x')", "'a' + 1", "1 + 'a'", "[] + ()", "None + 1", "-'a'", "~1.5", "{}[[]]", "{[]}", "len(5)", "iter(5)",
             "list(5)", "dict(5)", "dict([1])", "dict([(1,2,3)])", "set([[]])", "'a' * 'b'", "[] * 1.5", "'%d' % 'x'", "'%s %s' % (1,)",
             "'%s' % (1, 2)", "'{} {}'.format(1)", "'{a}'.format()", "chr(-1)", "ord('ab')", "range(1, 2, 0)", "range('a')", "[1,2].index(3)",
             "[].pop()", "{}.popitem()", "set().pop()", "[1].remove(2)", "'abc'.index('z')", "b'abc'.decode('ascii', 'x') + 1",
             "b'\\xff'.decode()", "'\\u1234'.encode('ascii')", "int(float('nan'))", "int(float('inf'))", "round('a')", "abs('a')", "sum(['a'])",
             "max(1)", "min([])", "sorted([1, None])", "isinstance(1, 1)", "issubclass(1, int)", "getattr(1, 'x')", "getattr(1, 2)", "(1).x",
             "type(1)(2, 3, 4)", "object(1)", "1 < 'a'", "[] < {}", "'a' in 5", "5 in 'a'", "next([])", "next(iter([]))", "zip(1)", "bytes('a')",
             "bytes([256])", "'a'.join([1])", "'a'.join(5)", "'a'.split('')", "'abc'.replace(1, 2)", "open('/nonexistent/x')", "eval('1 +')",
             "int('9' * 5000)", "10 ** 20 % 0", "divmod(1, 0)", "pow(2, -1, 0)", "1 << -1", "'{:d}'.format('a')", "'{:x}'.format(1.5)",
             "f'{1:q}'", "format(1, '>>5')", "hash([])", "hash({})", "complex", "__import__('nope')", "[1, 2][1.5]", "[1, 2]['a']",
             "slice(1)[0]", "lambda: 1 == 1", "(lambda x: x)(y=1)", "print(1, foo=2)", "abs()", "abs(1, 2)", "int(x=1, y=2)", "[].sort(5)"):
    try:
        value = eval(text)
        print(text, "->", type(value).__name__)
    except Exception as e:
        if text.startswith(("open", "int(x=1", "[].sort(5)", "int('9'", "lambda", "eval(", "abs(", "print(1", "range('a'", "type(1)", "object(1)", "b'abc'.decode")):
            print(text, "->", type(e).__name__)
        else:
            print(text, "->", type(e).__name__, e)
try:
    raise ValueError("note") from None
except ValueError as e:
    e.add_note("a note")
    print(e.__notes__)
try:
    assert 1 == 2, "assertion"
except AssertionError as e:
    print(repr(e))
try:
    import nothing_of_this_name
except ImportError as e:
    print(type(e).__name__, e)
try:
    from os import nothing_in_os
except ImportError as e:
    print(type(e).__name__, str(e)[:40])
