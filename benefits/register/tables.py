"""The read tables of benefits and programmes. Amounts in pence; months and days as text."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, false

from benefits.register import map_tables
from benefits.register.status_table import statuses
from eventlog.database import metadata
from eventlog.kinds import lasting_columns
from eventlog.tables import twin


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, default="", index=index)


def _maybe(name: str) -> Column[str]:
    return Column(name, Text, nullable=True)


def _pence(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, default=0)


#: One row a benefit, as it stands now.
register = Table(
    "register",
    metadata,
    _key("benefit"),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("version", BigInteger, nullable=False),
    Column("last_position", BigInteger, nullable=False),
    _text("programme", index=True),
    _text("workstream"),
    _text("group_name"),
    _text("title"),
    _text("kind"),
    _text("fund"),
    _text("theme"),
    _text("directorate"),
    _text("stage", index=True),
    _maybe("owner"),
    _maybe("finance_partner"),
    _maybe("cabinet_member"),
    _text("confidence"),
    Column("has_profile", Boolean, nullable=False),
    Column("approved", Boolean, nullable=False),
    Column("exempt", Boolean, nullable=False, server_default=false()),
    _pence("planned_run_rate"),
    _pence("planned_one_off"),
    _pence("verified_run_rate"),
    _pence("verified_one_off"),
    _pence("forecast_run_rate"),
    _pence("forecast_one_off"),
    _pence("claimed_run_rate"),
    _pence("claimed_one_off"),
    _text("open_gate"),
    _text("next_milestone"),
    _text("next_milestone_day"),
    Column("open_conditions", Integer, nullable=False),
    Column("value_confirmed", Boolean, nullable=False, default=False),
    _text("forecast_on"),
    _text("next_gate"),
    Column("unmet", Integer, nullable=False, default=0),
    _text("unmet_tests"),
    Column("needs_tolerance", Integer, nullable=False, default=0),
    _text("words"),
    Index(None, "owner"),
)

#: One row a benefit and plan year: what its plan commits to, net, of which the MTFS may hold.
committed = Table(
    "committed",
    metadata,
    _key("benefit"),
    _key("year"),
    _pence("amount"),
)

#: One row a claim.
claims = Table(
    "claims",
    metadata,
    _key("claim"),
    _text("benefit", index=True),
    _text("programme", index=True),
    Column("position", BigInteger, nullable=False),
    _text("nature"),
    _text("month"),
    _text("plan_year"),
    _pence("amount"),
    _text("budget_line"),
    _text("standing", index=True),
    _pence("verified"),
    _pence("eroded"),
    _text("grade"),
    Column("evidenced", Boolean, nullable=False, default=False),
    _text("made_by"),
    _text("made_at"),
)

#: One row an erosion that finance has not decided.
erosions = Table(
    "erosions",
    metadata,
    _key("erosion"),
    _text("claim"),
    _text("benefit"),
    _text("programme", index=True),
    Column("position", BigInteger, nullable=False),
    _pence("amount"),
    _text("month"),
    _text("reason"),
)

#: One row a milestone.
milestones = Table(
    "milestones",
    metadata,
    _key("milestone"),
    _text("benefit", index=True),
    _text("programme", index=True),
    _text("title"),
    _text("planned"),
    _text("expected"),
    _maybe("reached"),
    Column("waived", Boolean, nullable=False),
    Column("drives", Boolean, nullable=False),
    _maybe("owner"),
    Index(None, "expected"),
)

#: One row a case put to a board.
cases = Table(
    "cases",
    metadata,
    _key("case_id"),
    _text("benefit", index=True),
    _text("programme", index=True),
    _text("board", index=True),
    _text("gate"),
    Column("position", BigInteger, nullable=False),
    Column("binds_to", BigInteger, nullable=False),
    _text("submitted_by"),
    _text("submitted_at"),
    _text("closes"),
    _text("outcome", index=True),
    _text("ended_at"),
)

#: One row a vote that stands.
votes = Table(
    "votes",
    metadata,
    _key("case_id"),
    _key("seat"),
    _text("voter"),
    _text("choice"),
)

#: One row a condition of an approval.
conditions = Table(
    "conditions",
    metadata,
    _key("condition_id"),
    _text("benefit", index=True),
    _text("programme", index=True),
    _text("text"),
    _text("owner", index=True),
    _text("due"),
    Column("met", Boolean, nullable=False),
)

#: Every tranche that ever counted, with the positions of the log between which it did.
tranches = Table(
    "tranches",
    metadata,
    _key("benefit"),
    _key("source"),
    _key("item"),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _pence("amount"),
    _text("nature"),
    _text("month"),
    _text("plan_year"),
    Column("low", BigInteger),
    Column("high", BigInteger),
    *lasting_columns(),
    Index(None, "until", "source", "plan_year"),
)

#: What a benefit was filed under, with the positions of the log between which it was.
standings = Table(
    "standings",
    metadata,
    _key("benefit"),
    Column("position", BigInteger, nullable=False),
    _text("programme", index=True),
    _text("workstream"),
    _text("group_name"),
    _text("title"),
    _text("kind"),
    _text("fund"),
    _text("stage"),
    _maybe("owner"),
    _text("replaced_by"),
    Column("forecasted", Boolean, nullable=False),
    *lasting_columns(),
)

#: One row a programme.
programmes = Table(
    "programmes",
    metadata,
    _key("programme"),
    Column("position", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    _text("title"),
    Column("first_year", Integer, nullable=False),
    Column("years", Integer, nullable=False),
    _text("board"),
    _maybe("sponsor"),
    _text("committee"),
    Column("tolerance", Integer, nullable=False),
    Column("working_day", Integer, nullable=False),
    _text("unclosed"),
)

#: One row a workstream of a programme, in the order in which they were added.
workstreams = Table(
    "workstreams",
    metadata,
    _key("programme"),
    _key("workstream"),
    Column("number", Integer, nullable=False),
)

#: One row a programme's month that the PMO has closed or finance has reviewed.
months = Table(
    "months",
    metadata,
    _key("programme"),
    _key("month"),
    Column("closed", BigInteger),
    Column("reviewed", BigInteger),
)

#: One row a person who is sent a programme's report.
recipients = Table("recipients", metadata, _key("programme"), _key("person"))

#: One row an overlap between two benefits, or a benefit and an MTFS line.
overlaps = Table(
    "overlaps",
    metadata,
    _key("overlap"),
    Column("position", BigInteger, nullable=False),
    _text("gives_up", index=True),
    _text("keeps"),
    Column("with_mtfs", Boolean, nullable=False),
    _pence("amount"),
    Column("cancelled", Boolean, nullable=False),
)

#: One row a line of the medium-term plan.
mtfs_lines = Table(
    "mtfs_lines",
    metadata,
    _key("line"),
    Column("position", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    _text("reference"),
    _text("title"),
    _text("fund"),
    _pence("total"),
)

#: One row a line, benefit and year that finance has admitted.
mtfs_admitted = Table(
    "mtfs_admitted",
    metadata,
    _key("line"),
    _key("benefit"),
    _key("year"),
    _pence("amount"),
)

READ_TABLES = (
    register, statuses, committed, claims, erosions, milestones, cases, votes, conditions, tranches,
    standings, programmes, workstreams, months, recipients, overlaps, mtfs_lines,
    mtfs_admitted, *map_tables.READ_TABLES,
)  # fmt: skip
TWINS = tuple(twin(table) for table in READ_TABLES)
