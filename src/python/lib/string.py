"""Characters by kind, and templates."""
import re as _re

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join(word.capitalize() for word in s.split(sep))


class Template:
    delimiter = "$"
    idpattern = r"(?a:[_a-zA-Z][_a-zA-Z0-9]*)"

    def __init__(self, template):
        self.template = template

    def _replace(self, mapping, strict):
        mark = _re.escape(self.delimiter)
        pattern = _re.compile(rf"{mark}(?:(?P<escaped>{mark})|(?P<named>{self.idpattern})|\{{(?P<braced>{self.idpattern})\}}|(?P<invalid>))")

        def one(match):
            name = match["named"] or match["braced"]
            if name is not None:
                if not strict and name not in mapping:
                    return match[0]
                return str(mapping[name])
            if match["escaped"] is not None:
                return self.delimiter
            if not strict:
                return match[0]
            before = self.template[:match.start()]
            line = before.count("\n") + 1
            column = match.start() - (before.rfind("\n") + 1) + 1
            raise ValueError(f"Invalid placeholder in string: line {line}, col {column}")
        return pattern.sub(one, self.template)

    def substitute(self, mapping=(), /, **kwargs):
        return self._replace({**dict(mapping), **kwargs}, True)

    def safe_substitute(self, mapping=(), /, **kwargs):
        return self._replace({**dict(mapping), **kwargs}, False)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
