"""There is no network here."""
from urllib.parse import quote, unquote


def urlopen(*args, **kwargs):
    raise PermissionError("scripts have no network: urllib.request.urlopen() is not supported")


urlretrieve = urlopen


def pathname2url(path):
    return quote(path)


def url2pathname(url):
    return unquote(url)
