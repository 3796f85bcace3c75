"""Describing a benefit: what is taken, and each sentence in which a rule says no."""

from dataclasses import replace
from typing import Any

import pytest

from benefits.commands import details as asked
from benefits.events import details as happened
from benefits.events import gates
from benefits.lifecycle import Gate
from benefits.refusals import NotFound
from benefits.vocabulary import Avenue, Fund, Kind
from tests.unit.council import (
    RULES,
    TODAY,
    council,
    delivering,
    identified,
    profile,
    recurring,
    validated,
    withdrawn,
)

NEW = asked.IdentifyBenefit(
    "b1", "p1", "Adults", "  Fewer placements ", Kind.CASH_RELEASING, Fund.GENERAL_FUND
)


def test_a_benefit_is_put_on_the_register_with_its_words_trimmed() -> None:
    assert council().asked(RULES, NEW) == [
        happened.BenefitIdentified(
            "p1", "Adults", "Fewer placements", Kind.CASH_RELEASING, Fund.GENERAL_FUND
        )
    ]


def test_putting_the_same_benefit_on_the_register_again_does_nothing() -> None:
    world = council()
    world.asked(RULES, NEW)
    assert world.asked(RULES, NEW) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": "Another"}, "Another benefit already has this id"),
        ({"benefit": "b 1"}, "The id of the benefit must be 1 to 100 letters"),
        ({"benefit": "b" * 101}, "The id of the benefit must be 1 to 100 letters"),
        ({"workstream": "Adult"}, "“Adult” is not a workstream of “Better Lives”: choose"),
        ({"title": " \u200b "}, "The title is missing: write it."),
        ({"title": "x" * 201}, "The title has 201 characters: write it in at most 200."),
        ({"title": "One\nTwo"}, "holds a character that cannot be shown, or a line break"),
        ({"title": "One\x00"}, "holds a character that cannot be shown"),
        ({"title": "One\u202eTwo"}, "holds a character that cannot be shown"),
        ({"group": "g" * 201}, "The group has 201 characters"),
        ({"kind": Kind.CAPITAL_RECEIPT}, "choose capital as its fund."),
    ],
)
def test_a_benefit_is_refused(change: dict[str, Any], sentence: str) -> None:
    world = council()
    world.asked(RULES, NEW)
    assert sentence in world.refused(
        RULES,
        replace(NEW, **{"benefit": "b2"} | change)
        if change != {"title": "Another"}
        else replace(NEW, title="Another"),
    )


def test_a_benefit_needs_a_programme_that_exists_and_has_a_workstream() -> None:
    world = council()
    world.refused(RULES, replace(NEW, programme="p9"), as_a=NotFound)
    world.streams["programme-p1"] = world.streams["programme-p1"][:1]
    assert "has no workstream yet: add one first." in world.refused(RULES, NEW)


DESCRIBE = asked.DescribeBenefit("b1", "Fewer people in care homes.", "Fewer moves.", "Reablement.")


def test_a_description_is_recorded_once() -> None:
    world = identified()
    assert world.asked(RULES, DESCRIBE) == [
        happened.DescriptionRecorded("Fewer people in care homes.", "Fewer moves.", "Reablement.")
    ]
    assert world.asked(RULES, DESCRIBE) == []


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("description", "The description is missing"),
        ("outcome", "The outcome that an outsider would see is missing"),
        ("attribution", "Why it is this change that brings it about is missing"),
    ],
)
def test_a_description_needs_every_part(field: str, sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(DESCRIBE, **{field: "  "}))
    long = replace(DESCRIBE, **{field: "x" * 5001})
    assert "5,001 characters: write it in at most 5,000" in identified().refused(RULES, long)


def test_what_the_board_approved_is_not_described_anew() -> None:
    assert "write a note beside it" in validated().refused(RULES, DESCRIBE)


@pytest.mark.parametrize(
    "command",
    [
        DESCRIBE,
        asked.LabelBenefit("b1", title="New"),
        asked.NameOwner("b1", "pat"),
        asked.StateNoInvestment("b1", "None needed."),
        asked.RecordProfile("b1", profile()),
        asked.RecordRange("b1", 1, 2),
        asked.WithdrawIdentified("b1", "Again."),
    ],
)
def test_nothing_is_recorded_on_a_withdrawn_benefit(command: object) -> None:
    said = withdrawn().refused(RULES, command)
    assert said == "This benefit was withdrawn: only notes and evidence can still be added to it."


def test_a_withdrawn_benefit_still_takes_notes_and_evidence() -> None:
    world = withdrawn()
    assert world.asked(RULES, asked.AddNote("b1", "See the minutes.")) == [
        happened.NoteAdded("See the minutes.")
    ]
    assert len(world.asked(RULES, FILE)) == 1


@pytest.mark.parametrize(
    "command", [DESCRIBE, asked.AddNote("b1", "x"), asked.NameOwner("b1", "olu")]
)
def test_a_benefit_that_is_not_there_is_not_found(command: object) -> None:
    said = council().refused(RULES, command, as_a=NotFound)
    assert said == "There is no such benefit: look for it in the register."


def test_labels_record_only_what_changed() -> None:
    world = identified()
    command = asked.LabelBenefit(
        "b1", title="Fewer placements", avenue=Avenue.EFFICIENCY, workstream="Transport"
    )
    assert world.asked(RULES, command) == [
        happened.LabelsRecorded(avenue=Avenue.EFFICIENCY, workstream="Transport")
    ]
    assert world.asked(RULES, command) == []


def test_labels_are_refused_with_an_unknown_workstream_or_no_title() -> None:
    world = identified()
    assert "is not a workstream" in world.refused(RULES, asked.LabelBenefit("b1", workstream="X"))
    assert "The title is missing" in world.refused(RULES, asked.LabelBenefit("b1", title=" "))
    assert "The theme has 201" in world.refused(RULES, asked.LabelBenefit("b1", theme="t" * 201))


CLASSIFY = asked.CorrectClassification("b1", Kind.INCOME, Fund.HRA, "It is rent.")


def test_a_classification_is_corrected_with_a_reason_until_validation() -> None:
    world = identified()
    assert "a reason is needed" in world.refused(RULES, replace(CLASSIFY, reason=" "))
    assert world.asked(RULES, CLASSIFY) == [
        happened.ClassificationCorrected(Kind.INCOME, Fund.HRA, "It is rent.")
    ]
    assert world.asked(RULES, CLASSIFY) == []
    assert "name the benefit that replaces it" in validated().refused(RULES, CLASSIFY)


def test_a_recurring_profile_cannot_become_a_capital_receipt() -> None:
    world = identified().given("benefit-b1", happened.ProfileRecorded(profile(recurring(100))))
    command = asked.CorrectClassification("b1", Kind.CAPITAL_RECEIPT, Fund.CAPITAL, "A sale.")
    assert "plan its amounts as one-off" in world.refused(RULES, command)


def test_people_are_named_once_and_must_be_known() -> None:
    world = identified()
    for command in (asked.NameOwner, asked.NameFinancePartner, asked.NameCabinetMember):
        said = world.refused(RULES, command("b1", "nobody"))
        assert said.startswith("Nobody on record has the id “nobody”")
    assert world.asked(RULES, asked.NameOwner("b1", "olu")) == []
    assert world.asked(RULES, asked.NameOwner("b1", "pat")) == [happened.OwnerNamed("pat")]
    assert world.asked(RULES, asked.NameCabinetMember("b1", "cara"))
    assert world.asked(RULES, asked.NameCabinetMember("b1", "cara")) == []


def test_a_finance_partner_acts_for_finance() -> None:
    world = identified()
    said = world.refused(RULES, asked.NameFinancePartner("b1", "pat"))
    assert said == (
        "The finance partner must act for finance: choose somebody who has the finance role."
    )
    assert world.asked(RULES, asked.NameFinancePartner("b1", "fay"))
    assert world.asked(RULES, asked.NameFinancePartner("b1", "fay")) == []


FILE = asked.AttachEvidence("b1", "e1", "Minutes", "a" * 64, 10, "application/pdf")


def test_evidence_is_attached_once() -> None:
    world = identified()
    assert len(world.asked(RULES, FILE)) == 1
    assert world.asked(RULES, FILE) == []
    assert "Other evidence" in world.refused(RULES, replace(FILE, sha256="b" * 64))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"evidence": ""}, "The id of the evidence"),
        ({"title": ""}, "The title of the evidence is missing"),
        ({"sha256": "A" * 64}, "SHA-256 must be 64 lower-case hex digits"),
        ({"size": 0}, "The file is empty"),
        ({"size": 100_000_001}, "larger than 100 MB"),
        ({"media_type": "pdf"}, "must be like application/pdf"),
        ({"about": "a" * 201}, "What the evidence is about has 201"),
    ],
)
def test_evidence_is_refused(change: dict[str, Any], sentence: str) -> None:
    assert sentence in identified().refused(RULES, replace(FILE, **change))


def test_a_note_says_something() -> None:
    assert "The note is missing" in identified().refused(RULES, asked.AddNote("b1", "\n"))


WITHDRAW = asked.WithdrawIdentified("b1", "Not worth it.")


def test_the_pmo_withdraws_an_identified_benefit_and_names_what_replaces_it() -> None:
    world = identified(identified(), "b2", title="Better idea")
    assert world.asked(RULES, replace(WITHDRAW, replacement="b2")) == [
        gates.BenefitWithdrawn("Not worth it.", "", "b2")
    ]


def test_a_withdrawal_is_refused() -> None:
    world = identified()
    assert "a reason is needed" in world.refused(RULES, replace(WITHDRAW, reason=""))
    assert "cannot replace itself" in world.refused(RULES, replace(WITHDRAW, replacement="b1"))
    said = world.refused(RULES, replace(WITHDRAW, replacement="b9"), as_a=NotFound)
    assert said.startswith("There is no such benefit to replace it")
    assert "put a Withdrawal case" in validated().refused(RULES, WITHDRAW)
    realised = delivering().given("benefit-b1", gates.BenefitRealised("case3"))
    assert "put a Reopening case" in realised.refused(RULES, WITHDRAW)
    put = gates.CaseSubmitted("k1", Gate.VALIDATION, 2, "board1", TODAY, "Please decide.")
    assert "retract it first" in world.given("benefit-b1", put).refused(RULES, WITHDRAW)


def test_what_replaces_a_benefit_was_not_withdrawn_itself() -> None:
    world = identified(withdrawn(), "b2")
    command = asked.WithdrawIdentified("b2", "Not worth it.", "b1")
    assert "was withdrawn itself" in world.refused(RULES, command)


def test_a_benefit_is_made_exempt_with_a_reason_and_that_is_ended_with_another() -> None:
    world = identified()
    assert world.asked(RULES, asked.MakeExempt("b1", " Paragraph 3. ")) == [
        happened.BenefitMadeExempt("Paragraph 3.")
    ]
    assert world.benefit("b1").exempt
    assert world.asked(RULES, asked.MakeExempt("b1", "Paragraph 3.")) == []
    assert world.asked(RULES, asked.EndExemption("b1", "Signed.")) == [
        happened.ExemptionEnded("Signed.")
    ]
    assert not world.benefit("b1").exempt
    assert world.asked(RULES, asked.EndExemption("b1", "Signed.")) == []


def test_an_exemption_needs_a_reason_to_begin_and_to_end() -> None:
    world = identified()
    refusal = world.refused(RULES, asked.MakeExempt("b1", " "))
    assert "Say why the benefit is exempt" in refusal
    world.given("benefit-b1", happened.BenefitMadeExempt("Paragraph 3."))
    refusal = world.refused(RULES, asked.EndExemption("b1", ""))
    assert "Say why the benefit need not be exempt" in refusal
