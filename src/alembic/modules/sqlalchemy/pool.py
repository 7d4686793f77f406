# SPDX-License-Identifier: MIT
"""Names that create_engine() is given; cupel has one connection."""


class Pool:
    pass


class NullPool(Pool):
    pass


class StaticPool(Pool):
    pass


class QueuePool(Pool):
    pass


class AsyncAdaptedQueuePool(QueuePool):
    pass


class SingletonThreadPool(Pool):
    pass


class AssertionPool(Pool):
    pass
