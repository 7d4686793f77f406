"""UUIDs."""
from _binary import UUID, uuid4, digest as _digest, random_bytes as _random_bytes
import time as _time

RESERVED_NCS, RFC_4122 = "reserved for NCS compatibility", "specified in RFC 4122"
NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_X500 = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")


UUID.time_low = property(lambda self: self.int >> 96)
UUID.time_mid = property(lambda self: self.int >> 80 & 0xFFFF)
UUID.time_hi_version = property(lambda self: self.int >> 64 & 0xFFFF)
UUID.clock_seq_hi_variant = property(lambda self: self.int >> 56 & 0xFF)
UUID.clock_seq_low = property(lambda self: self.int >> 48 & 0xFF)
UUID.clock_seq = property(lambda self: self.int >> 48 & 0x3FFF)
UUID.node = property(lambda self: self.int & 0xFFFFFFFFFFFF)
UUID.time = property(lambda self: (self.time_hi_version & 0x0FFF) << 48 | self.time_mid << 32 | self.time_low)
UUID.fields = property(lambda self: (self.time_low, self.time_mid, self.time_hi_version, self.clock_seq_hi_variant,
                                     self.clock_seq_low, self.node))
UUID.bytes_le = property(lambda self: self.bytes[3::-1] + self.bytes[5:3:-1] + self.bytes[7:5:-1] + self.bytes[8:])
UUID.variant = property(lambda self: RFC_4122 if self.int >> 62 & 3 == 2 else RESERVED_NCS)


def _named(algorithm, version, namespace, name):
    if isinstance(name, str):
        name = name.encode()
    return UUID(bytes=_digest(algorithm, namespace.bytes + name)[:16], version=version)


def uuid3(namespace, name):
    return _named("md5", 3, namespace, name)


def uuid5(namespace, name):
    return _named("sha1", 5, namespace, name)


def getnode():
    return int.from_bytes(_random_bytes(6), "big") | 1 << 40


def uuid1(node=None, clock_seq=None):
    stamp = _time.time_ns() // 100 + 0x01B21DD213814000
    if clock_seq is None:
        clock_seq = int.from_bytes(_random_bytes(2), "big") & 0x3FFF
    if node is None:
        node = getnode()
    value = ((stamp & 0xFFFFFFFF) << 96 | (stamp >> 32 & 0xFFFF) << 80 | (stamp >> 48 & 0x0FFF) << 64
             | clock_seq << 48 | node)
    return UUID(int=value, version=1)


def uuid7():
    value = _time.time_ns() // 1_000_000 << 80 | int.from_bytes(_random_bytes(10), "big")
    return UUID(int=value, version=7)
