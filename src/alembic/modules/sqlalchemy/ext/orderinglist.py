# SPDX-License-Identifier: MIT


def ordering_list(attr, count_from=None, **kw):
    return list
