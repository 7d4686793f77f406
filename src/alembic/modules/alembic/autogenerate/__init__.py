# SPDX-License-Identifier: MIT
"""Plug-ins of env.py register here; cupel compares schemas by itself."""
from alembic.util import Dispatcher

comparators = Dispatcher()
renderers = Dispatcher()


class Rewriter:
    def __init__(self):
        self.rules = []

    def rewrites(self, operator):
        def register(function):
            self.rules.append((operator, function))
            return function

        return register

    def chain(self, other):
        return self

    def __call__(self, context, revision, directives):
        pass
