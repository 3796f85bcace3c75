"""Lets long work go on without Python's search for cyclic garbage, which walks all it has made.

Laying out pages, working out a month's figures and rebuilding tables hold on to nearly everything
until they end: the search walks it again and again in vain, up to a quarter of the time of each.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed(*, tidy: bool = False) -> Iterator[None]:
    """No search in this process meanwhile; with ``tidy`` one is made at the end.

    Threads may nest it as they like: whoever found the search going lets it go on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            if tidy:
                gc.collect()
