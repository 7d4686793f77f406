# SPDX-License-Identifier: MIT
"""The folder of revisions, as far as scripts look into it."""
import _cupel


class ScriptDirectory:
    @classmethod
    def from_config(cls, config):
        return cls()

    @property
    def dir(self):
        return _cupel.script_location()

    def get_heads(self):
        return _cupel.script_heads()

    def get_current_head(self):
        heads = _cupel.script_heads()
        return heads[0] if heads else None


class Script:
    pass
