"""Literals of Python."""
import _runtime


def literal_eval(node_or_string):
    return _runtime.parse_literal(node_or_string.strip())
