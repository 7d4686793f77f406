# SPDX-License-Identifier: MIT
"""What env.py calls as alembic.context."""


class EnvironmentContext:
    def __init__(self, config=None, script=None, **kw):
        self.config = config
        self.script = script
        self.context_opts = kw

    def __getattr__(self, name):
        from alembic import context
        return getattr(context, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False
