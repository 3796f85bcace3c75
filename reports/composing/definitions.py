"""What the words of the report mean, and how anybody can check that it is what it says."""

from reports.composing.record import Record

DEFINITIONS = (
    ("Annual amount", "What a recurring saving is worth in a full year."),
    (
        "Brought forward",
        (
            "Recurring plan of earlier years, less what finance has verified for it: worked "
            "for each benefit and never below nothing. It is shown beside this year’s plan, "
            "never in it."
        ),
    ),
    (
        "Cashable",
        (
            "Savings and income that reduce what the council spends, less disbenefits. Cost "
            "avoidance, capital receipts and other kinds are always shown apart."
        ),
    ),
    (
        "Claimed",
        (
            "Said by the service to be realised. It counts as realised only when finance "
            "verifies it."
        ),
    ),
    (
        "Confidence",
        "How sure the service is that the money will come: low, medium or high, with a reason.",
    ),
    (
        "Current plan",
        (
            "What the board has approved, at the committed point, gross of recurring "
            "investment and after overlaps given up. Only a decision of the board moves it."
        ),
    ),
    (
        "Expected by year end",
        "Verified, claimed and still forecast from a month of the plan year.",
    ),
    (
        "Grade",
        (
            "How much finance has seen. Preliminary: the budget was removed. Interim: some "
            "months of the ledger. Final: a year end or twelve months, or the one-off "
            "received."
        ),
    ),
    (
        "Headroom",
        ("The low end of the benefits that support a line of the medium-term plan, less the line."),
    ),
    ("In-year cash", "The money that falls in one financial year, April to March."),
    (
        "Lost or moved by delay",
        (
            "Cash of the year that falls between the planned month and the later month of the"
            " same money. Recurring cash lost to delay is not recovered."
        ),
    ),
    (
        "Net present value",
        (
            "Benefits less costs of every year, each in the money of the first year. It is never "
            "added to amounts as planned (nominal)."
        ),
    ),
    ("One-off", "An amount that comes once. It is part of in-year cash and of no run rate."),
    ("Original plan", "What the board approved at the Validation gate. It is kept for ever."),
    ("Over-delivery", "More than was planned. It never hides another benefit’s shortfall."),
    (
        "P10, P50 and P90",
        (
            "What at least comes in nine, five and one of ten outcomes drawn from the range and "
            "the confidence of each benefit."
        ),
    ),
    ("Plan year", "The financial year in which a saving was planned to begin."),
    (
        "Pressure",
        (
            "A cost that consumed a saving, recorded by finance. It is shown beside what was "
            "delivered and changes neither its money nor its status."
        ),
    ),
    (
        "Released",
        ("The verified run rate, net, above a line of the medium-term plan. Members allocate it."),
    ),
    ("Run rate", "The annual amounts that recur by a month: every saving that has begun so far."),
    (
        "Slipped to later years",
        "Still expected, but only from a month after the plan year has ended.",
    ),
    (
        "Status",
        (
            "Delivered: verified. On track: claimed or still forecast. At risk: slipped, "
            "overdue, or of low confidence. Will not be delivered: no longer expected in any "
            "year."
        ),
    ),
    ("Verified", "Confirmed by finance against a budget line, a receipt or other evidence."),
    ("Will not be delivered", "Planned, and no longer expected in any year."),
)


def verification(record: Record) -> tuple[str, ...]:
    """The steps by which a reader can check the report against the record."""
    return (
        (
            "Take the two files attached to this PDF: figures.csv holds every figure of the "
            "tables to the penny, and report.json everything that is printed."
        ),
        (
            "Compare this file’s SHA-256 with the one on the council’s page of reports: on most "
            "computers the command is sha256sum, followed by the name of the file."
        ),
        (
            "Ask the council’s auditor to run “realise verify”. It works out every hash of the "
            "record again and names the first event that does not fit."
        ),
        (
            f"In its answer, event {record.position:,} must have the hash that is printed below. "
            "Then nothing that this report rests on has been changed since."
        ),
        (
            "To follow a figure, take its short code to appendix A or B and read the events that "
            "are named there in the record."
        ),
        (
            "To work every figure out again without the council’s database, ask for an export of "
            "the record and run “realise verify-report”, the name of this file, “--log” and the "
            "name of the export. It says which figures do not hold."
        ),
    )
