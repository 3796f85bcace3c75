"""What looks like personal data in free text is found, and what is public is let be."""

import re
from pathlib import Path

import pytest

from benefits.personal_data import as_words, found

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Ask jo.o'neil@example.org.uk first", "an email address", "jo.o'neil@example.org.uk"),
        ("Ring 07700 900123.", "a telephone number", "07700 900123"),
        ("Ring 07700900123", "a telephone number", "07700900123"),
        ("Tel: (0113) 496 0000 after ten", "a telephone number", "(0113) 496 0000"),
        ("Tel 020 7946 0018", "a telephone number", "020 7946 0018"),
        ("on +44 20 7946 0018", "a telephone number", "+44 20 7946 0018"),
        ("on +44 (0)7700 900123", "a telephone number", "+44 (0)7700 900123"),
        ("NI QQ? No: AB 12 34 56 C", "a National Insurance number", "AB 12 34 56 C"),
        ("ab123456c left", "a National Insurance number", "ab123456c"),
        ("patient 943 476 5919 moved", "an NHS number", "943 476 5919"),
        ("patient 9434765919", "an NHS number", "9434765919"),
        ("the resident, born 3 May 1956, moved", "a date of birth", "born 3 May 1956"),
        ("DOB: 03/05/1956", "a date of birth", "DOB: 03/05/1956"),
        ("date of birth 1956-05-03", "a date of birth", "date of birth 1956-05-03"),
        ("d.o.b. 3.5.56", "a date of birth", "d.o.b. 3.5.56"),
        ("lives at 12 High Street, Leeds LS1 4AP", "a home address",
         "12 High Street, Leeds LS1 4AP"),
        ("12b Mill Lane\nLeeds\nLS1 4AP", "a home address", "12b Mill Lane Leeds LS1 4AP"),
        ("LS1 4AP, number 12", "a home address", "LS1 4AP, number 12"),
        ("Pay to 12-34-56 12345678", "bank details", "12-34-56 12345678"),
        ("Agreed with Mrs Patel", "somebody’s name", "Mrs Patel"),
        ("Mr J. Smith agreed", "somebody’s name", "Mr J. Smith"),
        ("for Ms O’Brien", "somebody’s name", "Ms O’Brien"),
        ("MRS PATEL agreed", "somebody’s name", "MRS PATEL"),
        ("Dr Who signed", "somebody’s name", "Dr Who"),
    ],
)  # fmt: skip
def test_what_looks_personal_is_found(text: str, what: str, words: str) -> None:
    assert [(one.what, one.words) for one in found(text)] == [(what, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Recurring savings of £1,234,567.00 from 2026/27, and 0.5% after.",
        "£9434765919 in all",
        "9434765918 is no NHS number: its check digit is wrong",
        "Councillor Ruth Hale chairs the Transformation Board.",
        "The depot at Mill Lane, LS1 4AP closes on 31/10/2026.",
        "12 libraries close; see LS1 for where.",
        "Born of the review of 2019, the plan starts on 1 April 2026.",
        "Invoice 01/04/2026 to 31/03/2027, minute 14.",
        "From 2026-04-01 to 2027-03-31",
        "A near miss. Near Miss Reports fell. MS Teams and Ms Teams licences.",
        "GB 12 34 56 A is no National Insurance number.",
        "Cost centre 0412-7731, journal 000123",
        "Mr. and Mrs. are no names by themselves",
        "0123456789012345 is too long for a telephone",
        "Section 151 Officer, Best Value Duty (Local Government Act 1999, section 3)",
        "2024 2025 2026 2027, 01 02 03",
    ],
)
def test_what_is_public_is_let_be(text: str) -> None:
    assert found(text) == ()


def test_a_reference_number_is_no_telephone_but_an_address_in_it_is_found() -> None:
    assert found("01134960000", code=True) == ()
    assert found("jo@example.org", code=True)


def test_what_was_found_is_told_in_words_once_each() -> None:
    text = "jo@example.org, again jo@example.org, and Mrs Patel"
    assert as_words(found(text)) == (
        "an email address (“jo@example.org”) and somebody’s name (“Mrs Patel”)"
    )


def test_a_long_text_is_read_at_once() -> None:
    """No shape goes back over what it has read: 4,000 characters of the worst take no while."""
    for worst in ("0", "1 A ", "a.a@", "born ", "0 1", "07 ", "Mr A. ", "1 A B", "012 "):
        assert len(found((worst * 4000)[:4000])) <= 5


def test_nothing_of_the_sample_council_is_flagged() -> None:
    """Every text in quotes of the sample's modules: what councils write does not alarm."""
    flagged = {}
    for module in sorted((ROOT / "entrypoints" / "sample").glob("*.py")):
        for text in re.findall(r'"([^"\n]*)"', module.read_text(encoding="utf-8")):
            if found(text):
                flagged[text] = found(text)
    assert flagged == {}
