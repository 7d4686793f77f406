# SPDX-License-Identifier: MIT
from sqlalchemy.engine._create import Engine as AsyncEngine, NoConnection as AsyncConnection
from sqlalchemy.engine._create import async_engine_from_config, create_async_engine


class AsyncSession:
    pass


class AsyncAttrs:
    pass


def async_sessionmaker(*args, **kw):
    return AsyncSession


def async_scoped_session(*args, **kw):
    return AsyncSession
