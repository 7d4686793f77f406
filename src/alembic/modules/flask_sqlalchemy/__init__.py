# SPDX-License-Identifier: MIT
"""db = SQLAlchemy(): everything of sqlalchemy and of its orm by one name, as scripts and models of Flask applications use it."""
import _cupel


class SQLAlchemy:
    def __init__(self, app=None, metadata=None, model_class=None, **kw):
        self._given = metadata

    def __getattr__(self, name):
        if name[:1] == "_":
            raise AttributeError(name)
        for home in ("sqlalchemy", "sqlalchemy.orm"):
            found = getattr(_cupel.module(home), name, None)
            if found is not None:
                return found
        raise AttributeError("'SQLAlchemy' object has no attribute '" + name + "'")

    @property
    def Model(self):
        if "_model" not in self.__dict__:
            from sqlalchemy.orm import declarative_base
            self._model = declarative_base(**({"metadata": self._given} if self._given is not None else {}))
        return self._model

    def Table(self, name, *args, **kw):
        """Of this metadata, where none is given."""
        from sqlalchemy import MetaData, Table
        if not args or not isinstance(args[0], MetaData):
            args = (self.metadata,) + args
        return Table(name, *args, **kw)

    @property
    def metadata(self):
        return self.Model.metadata

    @property
    def engine(self):
        return self.session.bind

    @property
    def session(self):
        from sqlalchemy.engine import current_connection
        from sqlalchemy.orm import Session
        return Session(bind=current_connection())

    def init_app(self, app, **kw):
        pass
