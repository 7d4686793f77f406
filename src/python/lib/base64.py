"""Bytes as text of 64, 32 or 16 letters."""
import binascii as _binascii

_letters32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def _bytes(data):
    if isinstance(data, str):
        return data.encode("ascii")
    return bytes(data)


def b64encode(s, altchars=None):
    made = _binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        made = made.replace(b"+", altchars[:1]).replace(b"/", altchars[1:2])
    return made


def b64decode(s, altchars=None, validate=False):
    s = _bytes(s)
    if altchars is not None:
        altchars = _bytes(altchars)
        s = s.replace(altchars[:1], b"+").replace(altchars[1:2], b"/")
    if validate:
        import re
        if not re.fullmatch(rb"[A-Za-z0-9+/]*={0,2}", s):
            raise _binascii.Error("Non-base64 digit found")
    return _binascii.a2b_base64(s)


standard_b64encode, standard_b64decode = b64encode, b64decode


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def encodebytes(s):
    return b"".join(_binascii.b2a_base64(s[i:i + 57]) for i in range(0, len(s), 57))


decodebytes = b64decode


def b16encode(s):
    return s.hex().upper().encode()


def b16decode(s, casefold=False):
    return _binascii.unhexlify(_bytes(s))


def b32encode(s):
    out = ""
    for i in range(0, len(s), 5):
        part = s[i:i + 5]
        number = int.from_bytes(part + b"\0" * (5 - len(part)), "big")
        letters = "".join(_letters32[number >> shift & 31] for shift in range(35, -1, -5))
        keep = (8 * len(part) + 4) // 5
        out += letters[:keep] + "=" * (8 - keep)
    return out.encode()


def b32decode(s, casefold=False, map01=None):
    text = _bytes(s).decode().upper().rstrip("=")
    number = 0
    for letter in text:
        if letter not in _letters32:
            raise _binascii.Error("Non-base32 digit found")
        number = number << 5 | _letters32.index(letter)
    size = len(text) * 5 // 8
    return (number >> (len(text) * 5 - size * 8)).to_bytes(size, "big")
