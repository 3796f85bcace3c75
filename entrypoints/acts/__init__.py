"""Every command that a page may ask, in a person's words."""

from entrypoints.acts.act import Act
from entrypoints.acts.of_benefits import OF_BENEFITS
from entrypoints.acts.of_meetings import OF_MEETINGS
from entrypoints.acts.of_programmes import OF_PROGRAMMES
from entrypoints.acts.of_scrutiny import OF_SCRUTINY
from entrypoints.acts.of_the_council import OF_THE_COUNCIL
from workflows import commands as governance

__all__ = ["ACTS", "BY_SLUG", "NEVER_ASKED", "Act"]

#: Commands that no page asks: a job or another act gives them.
NEVER_ASKED = frozenset({governance.EndCase, governance.RegisterPerson})

ACTS: dict[type, Act] = {
    act.command: act
    for act in (*OF_BENEFITS, *OF_PROGRAMMES, *OF_SCRUTINY, *OF_THE_COUNCIL, *OF_MEETINGS)
}
#: The acts by their names in addresses.
BY_SLUG: dict[str, Act] = {act.slug: act for act in ACTS.values()}
