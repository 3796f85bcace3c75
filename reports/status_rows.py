"""The rows by which the register knows each benefit's status on any day, and can sort by it."""

from benefits.benefit import Benefit
from benefits.register.status_table import statuses
from eventlog.kinds import Rows
from reports.live_status import LAST, spells


def status_rows(benefit: Benefit) -> Rows:
    """One row a spell; none unless a board's plan stands."""
    found = list(spells(benefit))
    ends = [*(spell.begins for spell in found[1:]), LAST]
    return {
        statuses: {
            (benefit.benefit, str(spell.begins)): {
                "benefit": benefit.benefit,
                "begins": str(spell.begins),
                "ends": str(end),
                "delivered": spell.pounds.delivered,
                "on_track": spell.pounds.on_track,
                "at_risk": spell.pounds.at_risk,
                "not_delivered": spell.pounds.not_delivered,
                "plan": spell.pounds.plan,
            }
            for spell, end in zip(found, ends, strict=False)
        }
    }
