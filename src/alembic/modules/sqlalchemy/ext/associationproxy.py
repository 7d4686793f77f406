# SPDX-License-Identifier: MIT


def association_proxy(target, attr, **kw):
    return property(lambda self: [getattr(item, attr) for item in getattr(self, target) or []])
