# SPDX-License-Identifier: MIT


class hybrid_property(property):
    def expression(self, function):
        return self

    comparator = update_expression = expression


def hybrid_method(function):
    return function
