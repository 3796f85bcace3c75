"""What a person can do about a programme, its overlaps and the MTFS: links to the forms."""

from benefits.commands import details, programme
from entrypoints.acts import ACTS, BY_SLUG
from entrypoints.allowing import may_ask
from entrypoints.here import Viewer

#: The forms on a programme's own page, by heading.
HERE: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("Benefits", (details.IdentifyBenefit, programme.AddWorkstream)),
    ("The month", (programme.CloseMonth, programme.ReviewMonth, programme.WriteNarrative)),
    (
        "Arrangements",
        (
            programme.ChangeProgramme,
            programme.SetTolerance,
            programme.SetRecipients,
            programme.SetReportSchedule,
        ),
    ),
)
#: The forms on its page of investment, overlaps and the MTFS.
MONEY: tuple[tuple[str, tuple[type, ...]], ...] = (
    ("Investment", (programme.RecordGroupInvestment, programme.RemoveGroupInvestment)),
    ("Overlaps", (programme.AgreeOverlap, programme.CancelOverlap)),
    ("MTFS", (programme.RecordMtfsLine, programme.AdmitToMtfs)),
)
#: Every form about one programme, by the name in its address.
FORMS = {
    ACTS[command].slug: ACTS[command] for _, commands in (*HERE, *MONEY) for command in commands
}


def may_do(viewer: Viewer, slug: str, programme: str = "") -> bool:
    """Whether the form is for this person, about a programme where it names one."""
    return may_ask(viewer, BY_SLUG[slug].command, programme=programme)


def links(
    viewer: Viewer, key: str, *, money: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The forms that are for this person, by heading."""
    found = [
        (
            heading,
            [
                (ACTS[command].title, f"/programmes/{key}/record/{ACTS[command].slug}")
                for command in commands
                if may_ask(viewer, command, programme=key)
            ],
        )
        for heading, commands in (MONEY if money else HERE)
    ]
    return [(heading, each) for heading, each in found if each]
