"""The life of a benefit as a table: its stages, and the gates that lead from one to the next."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a benefit is in its life."""

    IDENTIFIED = "identified"
    VALIDATED = "validated"
    IN_DELIVERY = "in delivery"
    REALISED = "realised"
    WITHDRAWN = "withdrawn"

    @property
    def reconciled(self) -> bool:
        """Whether the board has approved a plan for it that still counts."""
        return self in (Stage.VALIDATED, Stage.IN_DELIVERY, Stage.REALISED)

    @property
    def takes_claims(self) -> bool:
        return self in (Stage.IN_DELIVERY, Stage.REALISED)


class Gate(StrEnum):
    """A decision that only the programme board can make."""

    VALIDATION = "Validation"
    DELIVERY = "Delivery"
    REALISATION = "Realisation"
    REBASELINE = "Re-baseline"
    WITHDRAWAL = "Withdrawal"
    REOPENING = "Reopening"


@dataclass(frozen=True, slots=True)
class Passage:
    """What an approved gate does: the stages it opens from and the stage it leads to."""

    gate: Gate
    opens_from: tuple[Stage, ...]
    leads_to: Stage | None  # None: the stage stays as it is
    finance_seat_from: tuple[Stage, ...]  # stages in which the finance seat must approve

    def needs_finance_seat(self, stage: Stage) -> bool:
        return stage in self.finance_seat_from


PASSAGES: dict[Gate, Passage] = {
    passage.gate: passage
    for passage in (
        Passage(Gate.VALIDATION, (Stage.IDENTIFIED,), Stage.VALIDATED, ()),
        Passage(Gate.DELIVERY, (Stage.VALIDATED,), Stage.IN_DELIVERY, (Stage.VALIDATED,)),
        Passage(Gate.REALISATION, (Stage.IN_DELIVERY,), Stage.REALISED, (Stage.IN_DELIVERY,)),
        Passage(Gate.REBASELINE, (Stage.VALIDATED, Stage.IN_DELIVERY), None, (Stage.IN_DELIVERY,)),
        Passage(
            Gate.WITHDRAWAL,
            (Stage.VALIDATED, Stage.IN_DELIVERY),
            Stage.WITHDRAWN,
            (Stage.IN_DELIVERY,),
        ),
        Passage(Gate.REOPENING, (Stage.REALISED,), Stage.IN_DELIVERY, ()),
    )
}
