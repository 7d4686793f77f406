"""Printing, without breaking lines at a width."""


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    if isinstance(object, dict) and sort_dicts:
        try:
            object = dict(sorted(object.items()))
        except TypeError:
            pass
    return repr(object)


def pprint(object, stream=None, *args, **kwargs):
    print(pformat(object, *args, **kwargs), file=stream)


pp = pprint
