"""Serves the web pages with gunicorn, as one process with threads or as several."""

import os
import shutil
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from prometheus_client.multiprocess import mark_process_dead

from entrypoints.measured import TOGETHER
from entrypoints.settings import Settings


class _Pages(BaseApplication):  # type: ignore[misc]
    """The web application, made in each worker so that no connection is shared between them."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._chosen = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        from wsgi import app

        return app


def _forget(_server: Any, worker: Any) -> None:
    """What an ended process counted stays in the sum; what it held at the time does not."""
    if os.environ.get(TOGETHER):
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _clear(_server: Any) -> None:
    folder = os.environ.get(TOGETHER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def serve_pages(settings: Settings, threads: int, processes: int) -> None:
    """Serve until told to stop. The database is opened by each worker for itself."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    _Pages(
        {
            "bind": f"{host}:{settings.port}",
            "worker_class": "gthread",
            "workers": processes,
            "threads": threads,
            "timeout": 180,  # a draft of a large programme is made while the person waits
            "graceful_timeout": 15,
            "control_socket_disable": True,
            "loglevel": "warning",
            "forwarded_allow_ips": "127.0.0.1",
            "child_exit": _forget,
            "on_exit": _clear,
        }
    ).run()
