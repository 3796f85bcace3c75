"""Where a web server starts: ``gunicorn wsgi:app``."""

from entrypoints.start import start_web

app = start_web()
