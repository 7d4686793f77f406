"""Digests."""
import _binary

algorithms_guaranteed = algorithms_available = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}
_sizes = {"md5": (16, 64), "sha1": (20, 64), "sha224": (28, 64), "sha256": (32, 64), "sha384": (48, 128), "sha512": (64, 128)}


class _Hash:
    def __init__(self, name, data=b""):
        self.name = name
        self.digest_size, self.block_size = _sizes[name]
        self._data = bytearray()
        self.update(data)

    def update(self, data):
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        self._data.extend(data)

    def digest(self):
        return _binary.digest(self.name, bytes(self._data))

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Hash(self.name, bytes(self._data))

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ 0x0>"


def new(name, data=b"", *, usedforsecurity=True):
    name = name.lower().replace("-", "")
    if name not in _sizes:
        raise ValueError("unsupported hash type " + name)
    return _Hash(name, data)


def _make(name):
    def make(data=b"", *, usedforsecurity=True):
        return _Hash(name, data)
    make.__name__ = name
    return make


md5, sha1, sha224, sha256, sha384, sha512 = map(_make, ("md5", "sha1", "sha224", "sha256", "sha384", "sha512"))


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    import hmac
    size = _sizes[hash_name][0]
    dklen = dklen or size
    out = b""
    block = 1
    while len(out) < dklen:
        last = hmac.new(password, salt + block.to_bytes(4, "big"), hash_name).digest()
        total = int.from_bytes(last, "big")
        for _ in range(iterations - 1):
            last = hmac.new(password, last, hash_name).digest()
            total ^= int.from_bytes(last, "big")
        out += total.to_bytes(size, "big")
        block += 1
    return out[:dklen]
