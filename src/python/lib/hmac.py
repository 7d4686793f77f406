"""Keyed digests."""
import hashlib as _hashlib


class HMAC:
    def __init__(self, key, msg=None, digestmod=""):
        if callable(digestmod):
            digestmod = digestmod().name
        self._name = getattr(digestmod, "name", digestmod)
        inner = _hashlib.new(self._name)
        if len(key) > inner.block_size:
            key = _hashlib.new(self._name, key).digest()
        key = key.ljust(inner.block_size, b"\0") if hasattr(key, "ljust") else key + b"\0" * (inner.block_size - len(key))
        self._outer_key = bytes(byte ^ 0x5C for byte in key)
        self._message = bytes(byte ^ 0x36 for byte in key)
        self.digest_size = inner.digest_size
        if msg is not None:
            self.update(msg)

    def update(self, msg):
        self._message += msg

    def digest(self):
        return _hashlib.new(self._name, self._outer_key + _hashlib.new(self._name, self._message).digest()).digest()

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    return a == b
