"""Signed notes: the published example, round trips, and every way to spoil one."""

import pytest

from eventlog.signed_note import BadKey, BadNote, Signer, Verifier, text_of

# The example in the documentation of Go's golang.org/x/mod/sumdb/note, where the form began.
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNATURE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
    "Zb6KE6RyyBwJnAM=\n"
)
NOTE = f"{TEXT}\n{SIGNATURE}"


def test_the_published_note_is_read_and_made() -> None:
    key = Verifier.read(PUBLIC)
    assert str(key) == PUBLIC
    assert text_of(NOTE, [key]) == TEXT
    signer = Signer.read(PRIVATE)
    assert signer.verifier == key
    assert signer.secret_text() == PRIVATE
    assert signer.sign(TEXT) == NOTE


def test_a_fresh_key_comes_back_from_its_text_and_is_not_shown() -> None:
    one, other = Signer.fresh(), Signer.fresh()
    assert Signer.read(one.secret_text()) == one
    assert one.name != other.name
    assert one.secret_text() not in repr(one)
    assert text_of(one.sign("a\nb\n"), [other.verifier, one.verifier]) == "a\nb\n"


def test_signatures_of_others_are_passed_over_when_one_is_known() -> None:
    key = Verifier.read(PUBLIC)
    witness = Signer.fresh()
    both = NOTE + witness.sign(TEXT).rpartition("\n\n")[2]
    assert text_of(both, [key]) == text_of(both, [witness.verifier]) == TEXT


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("know", "knew"),
        NOTE.replace("answer", "answer "),
        NOTE.replace("x08go/ZJkuBS", "x08go/ZJkuBT"),
        NOTE.replace("— ", "- "),
        NOTE.replace("PeterNeumann x08", "Somebody x08"),
        NOTE.replace("x08go", "y08go"),
        NOTE + "\n",
        NOTE.removesuffix("\n"),
        TEXT,
        TEXT + "\n",
        TEXT + SIGNATURE,
        "",
        NOTE.replace("x08go", "x08é"),
        f"{TEXT}\n— PeterNeumann \n",
    ],
)
def test_a_note_that_was_changed_in_any_part_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        text_of(note, [Verifier.read(PUBLIC)])


def test_a_note_that_no_known_key_has_signed_is_refused() -> None:
    with pytest.raises(BadNote, match="No key that is known"):
        text_of(NOTE, [Signer.fresh().verifier])
    with pytest.raises(BadNote, match="line end"):
        Signer.fresh().sign("no end")


@pytest.mark.parametrize(
    "text",
    [
        "", "a+b+c", PUBLIC[:-4], PUBLIC.replace("c74f", "c74e"), PUBLIC.replace("+A", "+B"),
        PUBLIC.replace("Peter", "Peter "), "+c74f20a3+" + PUBLIC.rpartition("+")[2],
    ],
)  # fmt: skip
def test_what_is_no_key_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadKey) as fault:
        Verifier.read(text)
    assert str(fault.value).endswith(".")
    with pytest.raises(BadKey):
        Signer.read(f"PRIVATE+KEY+{text}")
    with pytest.raises(BadKey):
        Signer.read(text)
