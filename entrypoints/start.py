"""Starts the web application for a web server, or ends with a sentence that says why not."""

import sys

from flask import Flask

from entrypoints import observing
from entrypoints.application import create_app
from entrypoints.assets import NotBuilt
from entrypoints.cli.opening import settings
from entrypoints.settings import BadSetting
from entrypoints.wiring import Realise
from eventlog.database import Database
from eventlog.faults import DatabaseFault


def start_web() -> Flask:
    """The application, with the settings of this process."""
    try:
        chosen = settings()
        observing.install(chosen)
        database = Database.open(chosen.database_url, pool=chosen.pool)
        return observing.traced(create_app(Realise(database, chosen), chosen))
    except (BadSetting, NotBuilt, DatabaseFault) as fault:
        sys.exit(f"Realise cannot start. {fault}")
