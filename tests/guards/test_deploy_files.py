"""The files that an operator copies are ones that systemd and nginx take, and no other."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints.settings import read_settings
from entrypoints.settings_file import with_file
from tests.guards.tracked import ROOT

FOLDER = ROOT / "tools" / "deploy"
PAGE = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
UNITS = ("realise-web.service", "realise-schedule.service")


def _said(unit: str) -> dict[str, str]:
    lines = (FOLDER / unit).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("[")] == ["[Unit]", "[Service]", "[Install]"]
    plain = [line for line in lines if line and not line.startswith("[")]
    assert all(re.fullmatch(r"[A-Z][A-Za-z]+=\S.*", line) for line in plain)
    return dict(line.split("=", 1) for line in plain)


def test_the_page_names_every_file_and_no_other() -> None:
    named = set(re.findall(r"tools/deploy/([\w.-]+)", PAGE))
    assert named == {path.name for path in FOLDER.iterdir()}


def test_the_units_start_the_two_processes_without_rights() -> None:
    for unit, command in zip(UNITS, ("serve", "schedule"), strict=True):
        said = _said(unit)
        assert said["ExecStart"] == f"/srv/realise/.venv/bin/realise {command}"
        assert (said["User"], said["NoNewPrivileges"], said["ProtectSystem"]) == (
            "realise", "yes", "strict",
        )  # fmt: skip
        assert said["EnvironmentFile"] == "/etc/realise.env"
    assert int(_said(UNITS[1])["TimeoutStopSec"]) >= 180


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_takes_the_unit(unit: str, tmp_path: Path) -> None:
    looked = shutil.which("systemd-analyze")
    text = (FOLDER / unit).read_text(encoding="utf-8")
    # The program and the page stand elsewhere here; all else is as it is copied.
    text = re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", text, flags=re.MULTILINE)
    text = re.sub(r"^Documentation=.*\n", "", text, flags=re.MULTILINE)
    (tmp_path / unit).write_text(text)
    if looked:
        ran = subprocess.run(
            [looked, "verify", "--man=no", str(tmp_path / unit)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (ran.returncode, unit in ran.stderr) == (0, False), ran.stderr
    assert _said(unit)["Restart"] == "on-failure"


def test_the_settings_are_ones_and_are_those_of_the_page(tmp_path: Path) -> None:
    text = (FOLDER / "realise.env").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert "\n".join(lines) in PAGE
    file = tmp_path / "realise.env"
    file.write_text(text)
    file.chmod(0o640)
    given = {**with_file({"REALISE_SETTINGS_FILE": str(file)}), "REALISE_SECRET_FILE": ""}
    settings = read_settings(given, tmp_path, tmp_path)
    assert (settings.https, settings.proxies) == (True, 1)


def test_nginx_takes_its_configuration_which_says_who_asks_and_how_large_a_file_may_be(
    tmp_path: Path,
) -> None:
    text = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}") >= 4
    plain = [line.strip() for line in text.splitlines() if line.strip()]
    assert all(line[0] == "#" or line[-1] in "{};" for line in plain)
    for needed in (
        "proxy_set_header Host $http_host;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Forwarded-Proto $scheme;",
        "proxy_set_header X-Forwarded-Host $http_host;",
        "client_max_body_size 21m;",
        "gzip on;",
    ):
        assert needed in plain
    nginx = shutil.which("nginx")
    if nginx:
        subprocess.run(
            [nginx, "-t", "-p", str(tmp_path), "-c", str(_for_here(text, tmp_path))], check=True
        )


def _for_here(text: str, folder: Path) -> Path:
    """The same with a certificate of its own, within the rest of a configuration."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=x",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    text = text.replace("/etc/ssl/realise.pem", str(certificate))
    text = text.replace("/etc/ssl/private/realise.key", str(key))
    whole = folder / "nginx.conf"
    own = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    around = f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{own}access_log off;\n"
    whole.write_text(f"{around}{text}}}\n")
    return whole
