# SPDX-License-Identifier: MIT
from sqlalchemy_utils.types import EncryptedType, StringEncryptedType


class AesEngine:
    pass


class AesGcmEngine:
    pass


class FernetEngine:
    pass
