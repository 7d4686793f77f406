"""Nobody is there to ask."""
import os


def getuser():
    return os.environ.get("USER") or os.environ.get("LOGNAME") or "user"


def getpass(prompt="Password: ", stream=None):
    raise EOFError("scripts cannot ask for input")
