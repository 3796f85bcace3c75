"""Settings from a file, ``NAME=value`` a line, as systemd and containers read such files too."""

from collections.abc import Mapping
from pathlib import Path

from entrypoints.settings_list import SETTINGS, BadSetting

NAMED = "REALISE_SETTINGS_FILE"


def with_file(environment: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, with what the file that it names says beside it.

    Raises ``BadSetting`` for a file that cannot be read, that everybody can read, or that holds
    anything but settings.
    """
    named = environment.get(NAMED, "").strip()
    return {**_read(Path(named)), **environment} if named else environment


def _read(file: Path) -> dict[str, str]:
    try:
        if file.stat().st_mode & 0o007:
            raise BadSetting(
                f"Everybody can read {file}, and it may hold passwords. Run: chmod o= {file}"
            )
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or "it is not text"
        raise BadSetting(f"{NAMED} names {file}, which cannot be read: {reason}.") from fault
    said = enumerate(map(str.strip, lines), start=1)
    return dict(_setting(file, number, line) for number, line in said if line and line[0] != "#")


def _setting(file: Path, number: int, line: str) -> tuple[str, str]:
    name, equals, value = line.removeprefix("export ").partition("=")
    name, value = name.strip(), value.strip()
    if not equals or name not in SETTINGS:
        raise BadSetting(
            f"Line {number} of {file} is no setting of Realise. Write NAME=value with a name of "
            "docs/settings.md."
        )
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return name, value
