"""Where a web server starts: ``gunicorn wsgi:app``."""

import gc

gc.disable()  # what a start makes, it keeps: looking for rubbish is a sixth of its time

from entrypoints.start import start_web  # noqa: E402 - after the collector is told

app = start_web()

gc.freeze()  # nor does a request ever look through it again
gc.enable()
