"""The Best Value programme: Northumberland's printed lines, taken through invented lives.

The figures come from the paper's table by the same import that a council would run; what is
claimed, verified and decided is made up.
"""

from dataclasses import replace
from datetime import datetime

from benefits.commands import delivery, details, money
from benefits.events.gates import Choice
from benefits.lifecycle import Gate
from benefits.plans import PlannedTranche, Profile, UnitModel
from benefits.tranches import Nature, Tranche
from benefits.vocabulary import Cause, Confidence, Direction, Grade, Point
from entrypoints.sample.diary import Diary
from entrypoints.sample.lives import CONFIRMS, FINANCE, PMO, Life
from entrypoints.sample.words import DESCRIBED


def write(diary: Diary, lives: dict[str, Life]) -> None:
    """Note the life of every benefit that is not left as it was imported. ``lives`` by title."""
    for title, said in DESCRIBED.items():
        lives[title].described(diary.day(0, 8), said)
    _homecare(diary, lives["Demand for Homecare"])
    _shared_lives(diary, lives["Shared Lives in place of independent supported living"])
    _transport(diary, lives)
    _category(diary, lives["Category management"])
    _customer(diary, lives["Customer (total)"])
    _assets(diary, lives)
    _support(diary, lives)
    _third_parties(diary, lives["Spend with Third Parties (total without ICT)"])
    _withdrawn(diary, lives["ICT spend rationalisation"], lives["Applications rationalisation"])


def _approved_for_delivery(
    diary: Diary, life: Life, line: str, starts_after: int, *, condition: str = ""
) -> None:
    """Validated in the first month, in delivery in the second."""
    life.approved(diary.day(0, 13), Gate.VALIDATION, f"Approve the plan for {life.title}.")
    life.prepared(diary.day(0, 23), line, diary.day(starts_after, 5))
    life.approved(diary.day(1, 6), Gate.DELIVERY, f"Start the delivery of {life.title}.", condition)


def _homecare(diary: Diary, life: Life) -> None:
    """The largest saving: half on time, the rest slipping; part eroded by new demand."""
    year, first = diary.start.financial_year, diary.start
    _approved_for_delivery(
        diary, life, "ASC-4410", 2, condition="Report waiting times for reviews each quarter."
    )
    life.reached(diary.day(1, 25), step=1).reached(diary.day(2, 8))
    claim = life.claims(diary.day(3, 4), 400_000_00, first.plus(2), year)
    life.verifies(diary.day(3, 9), claim, 400_000_00, Grade.PRELIMINARY)
    second = life.claims(
        diary.day(5, 3), 300_336_00, first.plus(4), year, note="Second cohort of reviews."
    )
    life.verifies(
        diary.day(5, 9),
        second,
        260_000_00,
        Grade.PRELIMINARY,
        "Packages for twelve people were not reduced: 40,336 is not seen in the ledger.",
    )
    life.forecasts(
        diary.day(5, 16),
        "Recruitment of two reviewers failed: the third cohort starts in April.",
        Tranche(660_000_00, Nature.RECURRING, first.plus(2), year),
        Tranche(300_336_00, Nature.RECURRING, year.plus(1).first, year),
        Tranche(1_920_672_00, Nature.RECURRING, year.plus(1).first, year.plus(1)),
        Tranche(960_336_00, Nature.RECURRING, year.plus(2).first, year.plus(2)),
    )
    diary.asks(
        diary.day(6, 6),
        FINANCE,
        money.RecordPressure(
            life.benefit, f"{life.benefit}x1", first.plus(5), 85_000_00,
            "New demand for homecare after hospital discharges rose.",
        ),
    )  # fmt: skip
    diary.asks(
        diary.ago(4),
        PMO,
        money.ReportErosion(
            life.benefit, f"{life.benefit}e1", claim, 35_000_00, first.plus(6),
            "Four packages went back up after falls.",
        ),
    )  # fmt: skip
    life.reads(diary.day(4, 2), "431").reads(diary.day(6, 2), "412")
    _packages(diary, life)
    life.condition_met(diary.day(4, 9), 2, "First quarterly figures went to the board.")


def _packages(diary: Diary, life: Life) -> None:
    """The paper's unit model, (450 - 207) x 304 x 52, phased 25/50/25, and two readings of it."""
    model = UnitModel(450, 207, 304_00, 52, "packages of homecare", (25, 50, 25))
    why = "The unit model behind the amounts is put beside them; no amount changes."

    def record(at: datetime) -> None:
        profile = diary.realise.benefit(life.benefit).profile
        assert profile is not None
        command = details.RecordProfile(life.benefit, replace(profile, drivers=model), why)
        diary.realise.handle(command, by=PMO, at=at)

    diary.on(diary.day(0, 7), record)
    for month, volume, worth, note in (
        (3, 431, 304_00, "Packages open on the last Sunday of July."),
        (5, 412, 311_50, "Packages ended were longer than the average of the plan."),
    ):
        diary.asks(
            diary.day(month + 1, 2),
            PMO,
            delivery.ReadDrivers(life.benefit, diary.start.plus(month), volume, worth, note),
        )


def _shared_lives(diary: Diary, life: Life) -> None:
    """A small saving that is met exactly, in three claims."""
    year, first = diary.start.financial_year, diary.start
    _approved_for_delivery(diary, life, "ASC-4475", 1)
    life.reached(diary.day(1, 20), step=1).reached(diary.day(2, 3))
    for number, amount in enumerate((18_850_00, 18_850_00, 18_850_00)):
        claim = life.claims(diary.day(2 + number, 4), amount, first.plus(1 + number), year)
        life.verifies(diary.day(2 + number, 10), claim, amount, Grade.PRELIMINARY)
    life.reads(diary.day(6, 3), "6")


def _transport(diary: Diary, lives: dict[str, Life]) -> None:
    year, first = diary.start.financial_year, diary.start
    for title, line, share in (
        ("Pick up points", "HST-2101", 100),
        ("Personal budgets", "HST-2102", 60),
        ("Route mapping", "HST-2104", 100),
    ):
        life = lives[title]
        planned = {"Pick up points": 55_000_00, "Personal budgets": 118_500_00}.get(
            title, 92_500_00
        )
        _approved_for_delivery(diary, life, line, 3)
        life.reached(diary.day(1, 27), step=1).reached(diary.day(3, 5))
        claim = life.claims(diary.day(4, 4), planned * share // 100, first.plus(3), year)
        if title != "Route mapping":
            life.verifies(diary.day(4, 14), claim, planned * share // 100, Grade.PRELIMINARY)
        else:
            life.verifies(
                diary.day(4, 14), claim, 80_000_00, Grade.PRELIMINARY,
                "Two routes were kept for the winter: 12,500 is rejected.",
            )  # fmt: skip
    enhanced = lives["Enhanced budgets"]
    _approved_for_delivery(diary, enhanced, "HST-2103", 3)
    enhanced.reached(diary.day(2, 3), step=1)
    enhanced.slips(
        diary.day(3, 8), diary.day(5, 20), "The policy consultation ran for six more weeks."
    )
    enhanced.claims(diary.ago(3), 42_000_00, first.plus(6), year, note="First families agreed.")
    travel = lives["Independent travel"]
    travel.approved(diary.day(2, 13), Gate.VALIDATION, "Approve the plan for independent travel.")
    travel.prepared(diary.day(6, 3), "HST-2105", diary.day(9, 5))
    case = travel.asked(diary.ago(4), Gate.DELIVERY, "Start training families and schools.")
    travel.votes(diary.ago(2), case, "sanjay", statement="The training offer is ready.")


def _category(diary: Diary, life: Life) -> None:
    """Re-baselined: contracts start later, and the first year's amount moves to the second."""
    year, first = diary.start.financial_year, diary.start
    _approved_for_delivery(diary, life, "COM-7001", 2)
    life.reached(diary.day(2, 1), step=1)
    claim = life.claims(diary.day(3, 6), 180_000_00, first.plus(2), year)
    life.verifies(diary.day(3, 15), claim, 180_000_00, Grade.PRELIMINARY)
    profile = Profile(
        (
            PlannedTranche(Nature.RECURRING, year.first, 300_000_00),
            PlannedTranche(Nature.RECURRING, year.plus(1).first, 2_200_000_00),
            PlannedTranche(Nature.RECURRING, year.plus(2).first, 1_500_000_00),
        ),
        Point.STATED,
    )
    life.rebaselined(
        diary.day(4, 8), profile, Cause.SLIPPED,
        "Two frameworks are let a year later than planned: move £200,000 to the second year.",
    )  # fmt: skip
    life.slips(diary.day(4, 20), diary.day(7, 10), "The second framework is let in the autumn.")
    life.claims(diary.ago(5), 120_000_00, first.plus(6), year)


def _customer(diary: Diary, life: Life) -> None:
    """Seven printed lines under one profile; low confidence, a claim rejected, one waiting."""
    year, first = diary.start.financial_year, diary.start
    life.approved(diary.day(0, 20), Gate.VALIDATION, "Approve the plan for customer services.")
    life.prepared(diary.day(1, 12), "CUS-3300", diary.day(4, 3))
    life.approved(diary.day(1, 20), Gate.DELIVERY, "Start integrating customer services.")
    life.reached(diary.day(2, 20), step=1)
    rejected = life.claims(
        diary.day(4, 10), 95_000_00, first.plus(3), year, note="Calls avoided in two services."
    )
    diary.asks(
        diary.day(4, 21),
        FINANCE,
        money.RejectClaim(
            life.benefit, rejected, "Calls fell, but no budget was removed: claim it when it is."
        ),
    )
    claim = life.claims(diary.day(5, 5), 210_000_00, first.plus(4), year)
    life.verifies(diary.day(5, 18), claim, 210_000_00, Grade.PRELIMINARY)
    life.slips(diary.day(5, 22), diary.day(6, 10), "The telephone system is late by five weeks.")
    life.forecasts(
        diary.day(6, 8),
        "Integration is slower than planned; paperless needs a new contract.",
        Tranche(210_000_00, Nature.RECURRING, first.plus(4), year),
        Tranche(172_500_00, Nature.RECURRING, first.plus(9), year),
        Tranche(100_000_00, Nature.RECURRING, year.plus(1).first, year),
        Tranche(1_746_500_00, Nature.RECURRING, year.plus(1).month(4), year.plus(1)),
        Tranche(1_000_000_00, Nature.RECURRING, year.plus(2).first, year.plus(2)),
    )
    life.reads(diary.day(4, 5), "4010").reads(diary.day(6, 5), "3655", "Web chat opened in July.")


def _assets(diary: Diary, lives: dict[str, Life]) -> None:
    year, first = diary.start.financial_year, diary.start
    building = lives["Building management"]
    _approved_for_delivery(diary, building, "PRO-5200", 1)
    building.reached(diary.day(1, 18), step=1).reached(diary.day(2, 2))
    claim = building.claims(diary.day(2, 8), 100_000_00, first.plus(1), year)
    building.verifies(diary.day(2, 16), claim, 100_000_00, Grade.PRELIMINARY)
    cleaning = lives["Cleaning cost model"]
    _approved_for_delivery(diary, cleaning, "PRO-5210", 2)
    cleaning.reached(diary.day(1, 18), step=1).reached(diary.day(3, 1))
    wrong = cleaning.claims(diary.day(3, 3), 105_000_00, first.plus(2), year)
    cleaning.verifies(diary.day(3, 8), wrong, 105_000_00, Grade.PRELIMINARY)
    diary.asks(
        diary.day(5, 10),
        PMO,
        money.CorrectClaim(
            cleaning.benefit, wrong,
            Tranche(98_000_00, Nature.RECURRING, first.plus(3), year),
            "Two schools were counted twice, and the contract began a month later.",
            "PRO-5210",
        ),
    )  # fmt: skip
    cleaning.verifies(
        diary.day(5, 15), wrong, 98_000_00, Grade.PRELIMINARY, "Agreed to the contract schedule."
    )


def _support(diary: Diary, lives: dict[str, Life]) -> None:
    business = lives["Corporate business support"]
    business.approved(
        diary.day(1, 13), Gate.VALIDATION, "Approve the plan for business support.",
        condition="Agree the consultation plan with staff representatives.",
    )  # fmt: skip
    other = lives["Other professional specialisms"]
    other.approved(diary.day(4, 8), Gate.VALIDATION, "Approve the plan for specialisms.")
    hub = lives["Employee service centre and transactions hub"]
    case = hub.asked(
        diary.ago(3), Gate.VALIDATION, "Approve the plan for the employee service centre."
    )
    hub.votes(diary.ago(2), case, "elaine", Choice.APPROVE, "A sound plan with a modest range.")


def _third_parties(diary: Diary, life: Life) -> None:
    """Put once, lapsed when the owner changed, put again and approved."""
    case = life.asked(diary.day(2, 15), Gate.VALIDATION, "Approve the plan for third-party spend.")
    life.votes(diary.day(2, 16), case, "sanjay")
    diary.asks(diary.day(2, 17), PMO, details.NameOwner(life.benefit, "gareth"), hour=18)
    life.approved(diary.day(2, 22), Gate.VALIDATION, "Approve the plan: the owner has changed.")


def _withdrawn(diary: Diary, life: Life, instead: Life) -> None:
    """Counted elsewhere in the paper, and so withdrawn before any board approved it."""
    diary.asks(
        diary.day(1, 27),
        PMO,
        details.WithdrawIdentified(
            life.benefit,
            "The paper counts it under Best Use of Technology: here it would count twice.",
            instead.benefit,
        ),
    )
    diary.asks(
        diary.day(6, 14),
        CONFIRMS,
        details.AddNote(instead.benefit, "Licences end in March: the value can be confirmed then."),
    )
    diary.asks(
        diary.day(6, 16),
        PMO,
        [
            details.StateConfidence(instead.benefit, Confidence.LOW, "No list of licences yet."),
            delivery.DefineMeasure(
                instead.benefit, f"{instead.benefit}m", "Applications in use", "applications",
                Direction.DOWN, "412", diary.day(0, 1),
            ),
        ],
    )  # fmt: skip
