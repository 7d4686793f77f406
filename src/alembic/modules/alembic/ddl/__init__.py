# SPDX-License-Identifier: MIT
class DefaultImpl:
    pass
