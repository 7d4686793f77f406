"""INI files."""
import re as _re

DEFAULTSECT = "DEFAULT"


class Error(Exception):
    pass


class NoSectionError(Error):
    def __init__(self, section):
        super().__init__(f"No section: {section!r}")


class NoOptionError(Error):
    def __init__(self, option, section):
        super().__init__(f"No option {option!r} in section: {section!r}")


class InterpolationError(Error):
    pass


class ParsingError(Error):
    pass


_missing = object()
_booleans = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}


class SectionProxy:
    def __init__(self, parser, name):
        self._parser, self.name = parser, name

    def __getitem__(self, key):
        if not self._parser.has_option(self.name, key):
            raise KeyError(key)
        return self._parser.get(self.name, key)

    def __setitem__(self, key, value):
        self._parser.set(self.name, key, value)

    def __contains__(self, key):
        return self._parser.has_option(self.name, key)

    def __iter__(self):
        return iter(self._parser.options(self.name))

    def __len__(self):
        return len(self._parser.options(self.name))

    def get(self, key, fallback=None, **kwargs):
        return self._parser.get(self.name, key, fallback=fallback)

    def getint(self, key, fallback=None):
        return self._parser.getint(self.name, key, fallback=fallback)

    def getboolean(self, key, fallback=None):
        return self._parser.getboolean(self.name, key, fallback=fallback)

    def keys(self):
        return self._parser.options(self.name)

    def items(self):
        return self._parser.items(self.name)


class RawConfigParser:
    _interpolate = False

    def __init__(self, defaults=None, dict_type=dict, allow_no_value=False, *, interpolation=_missing, **kwargs):
        self._sections = {}
        self._defaults = {}
        if interpolation is None:
            self._interpolate = False
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = str(value)

    def optionxform(self, option):
        return option.lower()

    def read(self, filenames, encoding=None):
        if isinstance(filenames, str) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for name in filenames:
            try:
                with open(name, encoding=encoding) as file:
                    self.read_string(file.read())
            except OSError:
                continue
            done.append(name)
        return done

    def read_file(self, f, source=None):
        self.read_string("".join(f))

    def read_dict(self, dictionary, source=None):
        for section, values in dictionary.items():
            if section != DEFAULTSECT and not self.has_section(section):
                self.add_section(section)
            for key, value in values.items():
                self.set(section, key, str(value))

    def read_string(self, string, source=None):
        section, option = None, None
        for line in string.split("\n"):
            if line.strip()[:1] in ("#", ";") or not line.strip():
                continue
            if line[:1] in " \t" and option is not None:
                section[option] = f"{section[option]}\n{line.strip()}".lstrip("\n") if section[option] is not None else line.strip()
                continue
            text = line.strip()
            if text.startswith("[") and text.endswith("]"):
                name = text[1:-1]
                section = self._defaults if name == DEFAULTSECT else self._sections.setdefault(name, {})
                option = None
                continue
            if section is None:
                raise ParsingError(f"File contains no section headers.\nline: {line!r}")
            found = _re.match(r"(?P<key>.*?)\s*(?:[=:]\s*(?P<value>.*))?$", text)
            option = self.optionxform(found["key"].rstrip())
            section[option] = found["value"]

    def sections(self):
        return list(self._sections)

    def has_section(self, section):
        return section in self._sections

    def add_section(self, section):
        self._sections[section] = {}

    def _all(self, section):
        if section == DEFAULTSECT:
            return dict(self._defaults)
        if section not in self._sections:
            raise NoSectionError(section)
        return {**self._defaults, **self._sections[section]}

    def options(self, section):
        return list(self._all(section))

    def has_option(self, section, option):
        try:
            return self.optionxform(option) in self._all(section)
        except NoSectionError:
            return False

    def get(self, section, option, *, raw=False, vars=None, fallback=_missing):
        try:
            values = {**self._all(section), **(vars or {})}
        except NoSectionError:
            if fallback is _missing:
                raise
            return fallback
        key = self.optionxform(option)
        if key not in values:
            if fallback is _missing:
                raise NoOptionError(option, section)
            return fallback
        value = values[key]
        return value if raw or not self._interpolate or value is None else self._expand(value, values)

    def _expand(self, value, values, depth=0):
        if depth > 10:
            raise InterpolationError("value contains too many nested references")

        def one(match):
            if match[0] == "%%":
                return "%"
            name = self.optionxform(match[1])
            if name not in values:
                raise InterpolationError(f"bad interpolation variable reference {match[0]!r}")
            return self._expand(values[name], values, depth + 1)
        return _re.sub(r"%%|%\(([^)]+)\)s", one, value)

    def set(self, section, option, value=None):
        target = self._defaults if section == DEFAULTSECT else self._sections.get(section)
        if target is None:
            raise NoSectionError(section)
        target[self.optionxform(option)] = value

    def getint(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        return int(value) if isinstance(value, str) else value

    def getfloat(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        return float(value) if isinstance(value, str) else value

    def getboolean(self, section, option, **kwargs):
        value = self.get(section, option, **kwargs)
        if not isinstance(value, str):
            return value
        if value.lower() not in _booleans:
            raise ValueError(f"Not a boolean: {value}")
        return _booleans[value.lower()]

    def items(self, section=_missing, raw=False, vars=None):
        if section is _missing:
            return [(name, self[name]) for name in [DEFAULTSECT, *self._sections]]
        return [(key, self.get(section, key, raw=raw)) for key in self._all(section)]

    def defaults(self):
        return self._defaults

    def __getitem__(self, name):
        if name != DEFAULTSECT and name not in self._sections:
            raise KeyError(name)
        return SectionProxy(self, name)

    def __setitem__(self, name, values):
        self._sections[name] = {self.optionxform(key): value for key, value in dict(values).items()}

    def __contains__(self, name):
        return name == DEFAULTSECT or name in self._sections

    def __iter__(self):
        return iter([DEFAULTSECT, *self._sections])


class ConfigParser(RawConfigParser):
    _interpolate = True


SafeConfigParser = ConfigParser
