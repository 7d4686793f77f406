"""Nothing is installed here."""


class PackageNotFoundError(ModuleNotFoundError):
    pass


def version(name):
    raise PackageNotFoundError(f"No package metadata was found for {name}")


distribution = metadata = version


def entry_points(**params):
    return []
