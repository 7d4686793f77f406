"""Bytes as text."""
import _binary


class Error(ValueError):
    pass


def hexlify(data, sep=None):
    return data.hex(sep).encode() if sep else data.hex().encode()


def unhexlify(text):
    text = text.decode() if isinstance(text, bytes) else text
    if len(text) % 2:
        raise Error("Odd-length string")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Error("Non-hexadecimal digit found") from None


b2a_hex, a2b_hex = hexlify, unhexlify


def b2a_base64(data, *, newline=True):
    return _binary.encode64(data) + (b"\n" if newline else b"")


def a2b_base64(data, *, strict_mode=False):
    made = _binary.decode64(data)
    if isinstance(made, str):
        raise Error(made)
    return made


def crc32(data, value=0):
    value ^= 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
    return value ^ 0xFFFFFFFF
