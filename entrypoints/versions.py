"""A change that does not say which version of a thing it was decided on."""


class VersionNeeded(Exception):
    """It has to be said which version was seen. ``str()`` says how."""
