"""Benefits that are ready for their next gate: every test is met and no case is open."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from benefits.benefit import Benefit
from benefits.lifecycle import Gate
from benefits.register import programme_queries as look
from entrypoints.here import Realise, now
from entrypoints.views.next_gate import NEXT
from workflows.commands import SubmitCase
from workflows.gates import unmet
from workflows.sign_off import drafted


@dataclass(frozen=True, slots=True)
class Ready:
    """A benefit and the gate that can be asked for it now."""

    benefit: Benefit
    gate: Gate

    @property
    def href(self) -> str:
        """The page on which the case is put."""
        return f"/benefits/{self.benefit.benefit}/ask/{self.gate.name.lower()}"


def ready_cases(realise: Realise, connection: Connection, person: str) -> Iterator[Ready]:
    """Of the benefits that the register holds for nearly ready, those that are."""
    context = realise.context(connection, person, now())
    for key in look.nearly_ready(connection):
        benefit = context.benefit(key)
        gate = NEXT[benefit.stage]
        asked = drafted(benefit, SubmitCase(key, "", gate, ""), context)
        if not unmet(benefit, asked, context):
            yield Ready(benefit, gate)
