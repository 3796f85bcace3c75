"""Whom each benefit of the sample touches, what was found of it, and what is done about it."""

from dataclasses import dataclass
from typing import TypeAlias

from benefits.vocabulary import Assessed

#: What was found, and what is done about it.
Found: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Impact:
    """What a service found when it asked for the Delivery gate."""

    equality: Found
    service: Found
    community: Found

    def of(self, about: Assessed) -> Found:
        """What was found of one of the three."""
        found: Found = getattr(self, about.name.lower())
        return found


#: By the title of the benefit.
IMPACTS: dict[str, Impact] = {
    "Demand for Homecare": Impact(
        (
            "Older people and people with a disability use homecare most, women more than men.",
            "Nobody's support changes without a review, with a relative or an advocate there.",
        ),
        (
            "Social workers spend more of their week on reviews than on new requests.",
            "Reviews are shared between the area teams, and the duty desk is staffed as before.",
        ),
        (
            "Family carers may be asked to do more while somebody is in reablement.",
            "Each carer is offered an assessment of their own before reablement begins.",
        ),
    ),
    "Shared Lives in place of independent supported living": Impact(
        (
            "Adults with a learning disability live here; some have never lived with a family.",
            "Nobody moves who does not choose to, after visits and a trial month.",
        ),
        (
            "Support workers of two schemes would have fewer hours as people move out.",
            "They are offered work in the Shared Lives team first.",
        ),
        (
            "New households of carers need neighbours and surgeries that know the scheme.",
            "The scheme meets each carer's surgery and parish before somebody moves in.",
        ),
    ),
    "Pick up points": Impact(
        (
            "Pupils with a disability may not manage the walk to a shared stop.",
            "Whoever cannot walk it safely keeps a pick-up at the door.",
        ),
        (
            "Drivers and escorts work to a new timetable at each stop.",
            "Runs are tried in the holidays, and schools open their gates ten minutes sooner.",
        ),
        (
            "More children wait at village stops, some of them on busy roads.",
            "Parish councils say where a shelter or a crossing is needed before stops are settled.",
        ),
    ),
    "Personal budgets": Impact(
        (
            "Families without a car or on a low income cannot take up a mileage rate.",
            "A seat on the council's transport stays open to each of them.",
        ),
        (
            "The transport team pays families each month in place of a few large contracts.",
            "Payments run in the payroll cycle, and one officer answers families.",
        ),
        (
            "More cars come to the gates of special schools.",
            "Schools stagger their mornings, and families who drive past each other may share.",
        ),
    ),
    "Enhanced budgets": Impact(
        (
            "Every pupil here has complex needs, and some families cannot lift or escort a child.",
            "A budget is offered and never required; an escort is paid for where one is needed.",
        ),
        (
            "The team weighs each case by itself, which takes longer than booking a vehicle.",
            "Two caseworkers are trained by the special schools before the offer opens.",
        ),
        (
            "Small operators of adapted vehicles may lose work in the north.",
            "Operators are told a term ahead, and families may spend the budget with them.",
        ),
    ),
    "Route mapping": Impact(
        (
            "Pupils with autism find a change of driver or route hard.",
            "Their routes change last, with photographs of the driver and a practice run.",
        ),
        (
            "Routes are planned by software, and the planners' work becomes checking.",
            "Planners are trained in the spring, and plan one term by both ways.",
        ),
        (
            "Journeys become longer for some of the outlying villages.",
            "No journey is planned beyond 75 minutes; parishes see the map before it is used.",
        ),
    ),
    "Independent travel": Impact(
        (
            "Young people with a learning disability are trained, and some may feel pressed to.",
            "Training begins when the young person and the family ask for it, and may stop.",
        ),
        (
            "Schools release pupils and a member of staff for training in the school day.",
            "Training is set by each school's timetable, and supply cover is paid for.",
        ),
        (
            "More young people use ordinary buses at busy times.",
            "Bus companies train their drivers, and each learner carries a card to show.",
        ),
    ),
    "Category management": Impact(
        (
            "Larger contracts can shut out firms led by people from minority groups.",
            "Each category plan asks bidders about fair work and opens a share to small firms.",
        ),
        (
            "Services may no longer buy for themselves from whom they know.",
            "Each directorate names a buyer who sits in the category's team.",
        ),
        (
            "Local suppliers may lose work to national ones.",
            "Contracts are split in lots, and local spend is reported every quarter.",
        ),
    ),
    "Customer (total)": Impact(
        (
            "People without the internet, or with little English, ask by telephone or in person.",
            "The telephone and the counters stay open, with interpreters on call.",
        ),
        (
            "Staff of seven services answer questions that were not theirs before.",
            "They are trained service by service, and specialists take what is hard.",
        ),
        (
            "Libraries and advice centres are asked for help with online forms.",
            "Library staff are given time and training, and advice centres a line of their own.",
        ),
    ),
    "Building management": Impact(
        (
            "Repairs of ramps, lifts and hearing loops matter most to people with a disability.",
            "Such repairs are first in the contract, to be answered within a day.",
        ),
        (
            "Caretakers of many buildings come to work for one team.",
            "They are consulted on hours and places, and keep their terms.",
        ),
        (
            "Clubs that hire halls ask a help desk and no longer a caretaker whom they know.",
            "Regular hirers are met before the change and keep their keys.",
        ),
    ),
    "Cleaning cost model": Impact(
        (
            "Most cleaners are women in part-time posts.",
            "Nobody's hours are cut without consultation, and vacancies are used first.",
        ),
        (
            "Services choose how often they are cleaned and see what it costs.",
            "A floor is set for kitchens, toilets and care, which nobody may go below.",
        ),
        (
            "Visitors may find public rooms cleaned less often.",
            "Visitors' complaints are counted by building and looked at each month.",
        ),
    ),
    "New operating model": Impact(
        (
            "Managers over 50 and part-time managers are many in the tiers that change.",
            "Posts are filled by an open process, and each may be shared by two people.",
        ),
        (
            "Teams have other managers, and some work from another place.",
            "Each team knows its manager a month before the change.",
        ),
        (
            "Parish councils and partners lose the officer whom they used to ring.",
            "A named contact for each area is published before the structure changes.",
        ),
    ),
    "Resident Focused Organisation": Impact(
        (
            "Agency staff are more often from minority groups than permanent staff are.",
            "Whoever works through an agency is told of each permanent post and how to apply.",
        ),
        (
            "Teams that lean on agency staff could fall behind at busy times.",
            "An agency post ends when a permanent one has started, and not before.",
        ),
        (
            "Residents meet other people at the first contact than they are used to.",
            "Residents' groups try the new first contact before it opens.",
        ),
    ),
    "School admissions calls answered online": Impact(
        (
            "Parents with little English or without the internet may miss a closing date.",
            "The pages are in six languages, and libraries help with an application.",
        ),
        (
            "The admissions team answers fewer calls and writes more of its own pages.",
            "Two of the team are trained to write for the web before the pages open.",
        ),
        (
            "Primary schools are asked by parents about forms that they do not own.",
            "Schools have a sheet to hand out, and a line to the team in January.",
        ),
    ),
}
