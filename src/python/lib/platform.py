"""The machine, as little as scripts need."""


def system(): return "Linux"
def machine(): return "x86_64"
def node(): return "localhost"
def release(): return ""
def version(): return ""
def platform(): return "Linux"
def python_version(): return "3.11.0"
def python_implementation(): return "CPython"
