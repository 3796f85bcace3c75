"""The pages, one short module each. A module's ``pages`` is its Flask blueprint."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

#: Every module of this package. What has a tab stands in ``entrypoints.navigation`` too.
PAGES: tuple[ModuleType, ...] = tuple(
    import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)
)
