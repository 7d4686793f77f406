# SPDX-License-Identifier: MIT
"""config of env.py: what alembic.ini says."""
import _cupel


class Config:
    """Reads the project's own file; set_main_option() changes what cupel reads from it."""

    def __init__(self, file_=None, ini_section="alembic", output_buffer=None, stdout=None, cmd_opts=None,
                 config_args=None, attributes=None, toml_file=None):
        self.attributes = attributes if attributes is not None else {}
        self.cmd_opts = cmd_opts
        self.config_args = config_args or {}
        self.stdout = stdout

    @property
    def config_file_name(self):
        return _cupel.config_file() or None

    @property
    def config_ini_section(self):
        return _cupel.config_section()

    @property
    def file_config(self):
        return _FileConfig()

    def get_main_option(self, name, default=None):
        return self.get_section_option(self.config_ini_section, name, default)

    def get_section_option(self, section, name, default=None):
        value = _cupel.option(section, name)
        return default if value is None else value

    def get_alembic_option(self, name, default=None):
        return self.get_main_option(name, default)

    def get_section(self, name, default=None):
        values = _cupel.options(name)
        return default if values is None else values

    def set_main_option(self, name, value):
        self.set_section_option(self.config_ini_section, name, value)

    def set_section_option(self, section, name, value):
        _cupel.set_option(section, name, value.replace("%%", "%"))

    def remove_main_option(self, name):
        _cupel.set_option(self.config_ini_section, name, None)

    def print_stdout(self, text, *args):
        pass

    def get_template_directory(self):
        return ""


class _FileConfig:
    """The parser itself, as some ask for it."""

    def get(self, section, name, fallback=None, **kw):
        value = _cupel.option(section, name)
        return fallback if value is None else value

    def has_section(self, section):
        return _cupel.options(section) is not None

    def has_option(self, section, name):
        return _cupel.option(section, name) is not None

    def set(self, section, name, value):
        _cupel.set_option(section, name, value.replace("%%", "%"))

    def items(self, section):
        return list((_cupel.options(section) or {}).items())

    def sections(self):
        return _cupel.sections()

    def __getitem__(self, section):
        return _cupel.options(section)


class CommandLine:
    pass
