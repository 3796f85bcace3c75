"""Starts the web application for a web server, or ends with a sentence that says why not."""

import sys

from flask import Flask

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
        return create_app(Realise(Database.open(chosen.database_url), chosen), chosen)
    except (BadSetting, NotBuilt, DatabaseFault) as fault:
        sys.exit(f"Realise cannot start. {fault}")
