# SPDX-License-Identifier: MIT


def automap_base(*args, **kw):
    raise NotImplementedError("automap_base() is not supported; use Table(..., autoload_with=bind)")
