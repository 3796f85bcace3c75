"""What the figures were measured on: sizes and versions, no name of the machine."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("sqlalchemy", "psycopg", "eventsourcing", "msgspec", "flask", "weasyprint")


def machine() -> dict[str, object]:
    """Cores, memory, how busy it was, and the versions that matter."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load": round(os.getloadavg()[0], 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    names = [
        line.partition(":")[2].strip()
        for line in (file.read_text().splitlines() if file.exists() else ())
        if line.startswith("model name")
    ]
    return names[0] if names else platform.processor()
