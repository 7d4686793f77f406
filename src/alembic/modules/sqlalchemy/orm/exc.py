# SPDX-License-Identifier: MIT
from sqlalchemy.exc import MultipleResultsFound, NoResultFound, SQLAlchemyError


class StaleDataError(SQLAlchemyError):
    pass


class ObjectDeletedError(SQLAlchemyError):
    pass


class UnmappedInstanceError(SQLAlchemyError):
    pass


class DetachedInstanceError(SQLAlchemyError):
    pass
