"""The register: read tables of benefits, programmes, boards and roles."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text

from eventlog.migrating import make_read_table

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the read tables, each with the twin that a rebuild fills."""
    make_read_table(
        "register",
        Column("benefit", Text, primary_key=True),
        Column("position", BigInteger, nullable=False, unique=True),
        Column("version", BigInteger, nullable=False),
        Column("last_position", BigInteger, nullable=False),
        Column("programme", Text, nullable=False, index=True),
        Column("workstream", Text, nullable=False),
        Column("group_name", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("fund", Text, nullable=False),
        Column("theme", Text, nullable=False),
        Column("directorate", Text, nullable=False),
        Column("stage", Text, nullable=False, index=True),
        Column("owner", Text, nullable=True),
        Column("finance_partner", Text, nullable=True),
        Column("cabinet_member", Text, nullable=True),
        Column("confidence", Text, nullable=False),
        Column("has_profile", Boolean, nullable=False),
        Column("approved", Boolean, nullable=False),
        Column("planned_run_rate", BigInteger, nullable=False),
        Column("planned_one_off", BigInteger, nullable=False),
        Column("verified_run_rate", BigInteger, nullable=False),
        Column("verified_one_off", BigInteger, nullable=False),
        Column("forecast_run_rate", BigInteger, nullable=False),
        Column("forecast_one_off", BigInteger, nullable=False),
        Column("claimed_run_rate", BigInteger, nullable=False),
        Column("claimed_one_off", BigInteger, nullable=False),
        Column("open_gate", Text, nullable=False),
        Column("next_milestone", Text, nullable=False),
        Column("next_milestone_day", Text, nullable=False),
        Column("open_conditions", Integer, nullable=False),
        Column("words", Text, nullable=False),
        Index(None, "owner"),
    )
    make_read_table(
        "claims",
        Column("claim", Text, primary_key=True),
        Column("benefit", Text, nullable=False, index=True),
        Column("programme", Text, nullable=False, index=True),
        Column("position", BigInteger, nullable=False),
        Column("nature", Text, nullable=False),
        Column("month", Text, nullable=False),
        Column("plan_year", Text, nullable=False),
        Column("amount", BigInteger, nullable=False),
        Column("budget_line", Text, nullable=False),
        Column("standing", Text, nullable=False, index=True),
        Column("verified", BigInteger, nullable=False),
        Column("eroded", BigInteger, nullable=False),
        Column("grade", Text, nullable=False),
        Column("made_by", Text, nullable=False),
        Column("made_at", Text, nullable=False),
    )
    make_read_table(
        "erosions",
        Column("erosion", Text, primary_key=True),
        Column("claim", Text, nullable=False),
        Column("benefit", Text, nullable=False),
        Column("programme", Text, nullable=False, index=True),
        Column("position", BigInteger, nullable=False),
        Column("amount", BigInteger, nullable=False),
        Column("month", Text, nullable=False),
        Column("reason", Text, nullable=False),
    )
    make_read_table(
        "milestones",
        Column("milestone", Text, primary_key=True),
        Column("benefit", Text, nullable=False, index=True),
        Column("programme", Text, nullable=False, index=True),
        Column("title", Text, nullable=False),
        Column("planned", Text, nullable=False),
        Column("expected", Text, nullable=False),
        Column("reached", Text, nullable=True),
        Column("waived", Boolean, nullable=False),
        Column("drives", Boolean, nullable=False),
        Column("owner", Text, nullable=True),
        Index(None, "expected"),
    )
    make_read_table(
        "cases",
        Column("case_id", Text, primary_key=True),
        Column("benefit", Text, nullable=False, index=True),
        Column("programme", Text, nullable=False, index=True),
        Column("board", Text, nullable=False, index=True),
        Column("gate", Text, nullable=False),
        Column("position", BigInteger, nullable=False),
        Column("binds_to", BigInteger, nullable=False),
        Column("submitted_by", Text, nullable=False),
        Column("submitted_at", Text, nullable=False),
        Column("closes", Text, nullable=False),
        Column("outcome", Text, nullable=False, index=True),
        Column("ended_at", Text, nullable=False),
    )
    make_read_table(
        "votes",
        Column("case_id", Text, primary_key=True),
        Column("seat", Text, primary_key=True),
        Column("voter", Text, nullable=False),
        Column("choice", Text, nullable=False),
    )
    make_read_table(
        "conditions",
        Column("condition_id", Text, primary_key=True),
        Column("benefit", Text, nullable=False, index=True),
        Column("programme", Text, nullable=False, index=True),
        Column("text", Text, nullable=False),
        Column("owner", Text, nullable=False, index=True),
        Column("due", Text, nullable=False),
        Column("met", Boolean, nullable=False),
    )
    make_read_table(
        "tranches",
        Column("benefit", Text, primary_key=True),
        Column("source", Text, primary_key=True),
        Column("item", Text, primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("amount", BigInteger, nullable=False),
        Column("nature", Text, nullable=False),
        Column("month", Text, nullable=False),
        Column("plan_year", Text, nullable=False),
        Column("low", BigInteger, nullable=True),
        Column("high", BigInteger, nullable=True),
        Column("since", BigInteger, primary_key=True, autoincrement=False),
        Column("until", BigInteger, nullable=False, index=True),
    )
    make_read_table(
        "standings",
        Column("benefit", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("programme", Text, nullable=False, index=True),
        Column("workstream", Text, nullable=False),
        Column("group_name", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("fund", Text, nullable=False),
        Column("stage", Text, nullable=False),
        Column("owner", Text, nullable=True),
        Column("replaced_by", Text, nullable=False),
        Column("forecasted", Boolean, nullable=False),
        Column("since", BigInteger, primary_key=True, autoincrement=False),
        Column("until", BigInteger, nullable=False, index=True),
    )
    make_read_table(
        "programmes",
        Column("programme", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("title", Text, nullable=False),
        Column("first_year", Integer, nullable=False),
        Column("years", Integer, nullable=False),
        Column("board", Text, nullable=False),
        Column("sponsor", Text, nullable=True),
        Column("committee", Text, nullable=False),
        Column("tolerance", Integer, nullable=False),
        Column("working_day", Integer, nullable=False),
        Column("unclosed", Text, nullable=False),
    )
    make_read_table(
        "workstreams",
        Column("programme", Text, primary_key=True),
        Column("workstream", Text, primary_key=True),
        Column("number", Integer, nullable=False),
    )
    make_read_table(
        "months",
        Column("programme", Text, primary_key=True),
        Column("month", Text, primary_key=True),
        Column("closed", BigInteger, nullable=True),
        Column("reviewed", BigInteger, nullable=True),
    )
    make_read_table(
        "recipients",
        Column("programme", Text, primary_key=True),
        Column("person", Text, primary_key=True),
    )
    make_read_table(
        "overlaps",
        Column("overlap", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("gives_up", Text, nullable=False, index=True),
        Column("keeps", Text, nullable=False),
        Column("with_mtfs", Boolean, nullable=False),
        Column("amount", BigInteger, nullable=False),
        Column("cancelled", Boolean, nullable=False),
    )
    make_read_table(
        "mtfs_lines",
        Column("line", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
        Column("version", BigInteger, nullable=False),
        Column("reference", Text, nullable=False),
        Column("title", Text, nullable=False),
        Column("fund", Text, nullable=False),
        Column("total", BigInteger, nullable=False),
    )
    make_read_table(
        "mtfs_admitted",
        Column("line", Text, primary_key=True),
        Column("benefit", Text, primary_key=True),
        Column("year", Text, primary_key=True),
        Column("amount", BigInteger, nullable=False),
    )
    make_read_table(
        "boards",
        Column("board", Text, primary_key=True),
        Column("version", BigInteger, nullable=False),
        Column("title", Text, nullable=False),
        Column("quorum", Integer, nullable=False),
        Column("approvals", Integer, nullable=False),
        Column("tie", Text, nullable=False),
        Column("days", Integer, nullable=False),
    )
    make_read_table(
        "seats",
        Column("board", Text, primary_key=True),
        Column("seat", Text, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("person", Text, nullable=False, index=True),
        Column("deputy", Text, nullable=True, index=True),
    )
    make_read_table(
        "roles",
        Column("person", Text, primary_key=True),
        Column("role", Text, primary_key=True),
    )
