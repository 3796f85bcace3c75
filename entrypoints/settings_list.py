"""The list of settings: what each is called, what it means, and what holds when it is not given."""

from dataclasses import dataclass


class BadSetting(ValueError):
    """A setting cannot be used. ``str()`` is a sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``default`` is what holds when it is not given; ``bounds`` for whole numbers."""

    meaning: str
    default: str = ""
    shown: str = ""
    bounds: tuple[int, int] = (0, 0)


SETTINGS: dict[str, Setting] = {
    "REALISE_DATABASE_URL": Setting(
        "Where the record is kept: `sqlite:///folder/realise.db` or "
        "`postgresql://name:password@host/database`.",
        shown="`sqlite:///var/realise.db`",
    ),
    "REALISE_OWNER_DATABASE_URL": Setting(
        "The same PostgreSQL database by the role that owns its tables; used to make, restore "
        "and upgrade it. Where it differs from the first, the database itself refuses changes "
        "to the record.",
        shown="the same as `REALISE_DATABASE_URL`",
    ),
    "REALISE_POOL_KEPT": Setting(
        "How many connections to PostgreSQL each process keeps open.", "5", bounds=(1, 100)
    ),
    "REALISE_POOL_MORE": Setting(
        "How many more it opens while it is busy, and closes again. Best as many together as a "
        "web process has threads.",
        "15",
        bounds=(0, 100),
    ),
    "REALISE_POOL_SECONDS": Setting(
        "After how many seconds a connection is closed and opened anew, for a firewall or a "
        "pooler that drops old ones; 0 for never. One that has rested is asked whether it lives "
        "before it is used, in any case.",
        "1800",
        bounds=(0, 86_400),
    ),
    "REALISE_REPORT_DATABASE_URL": Setting(
        "A copy of the database that PostgreSQL keeps by streaming replication. Reports are read "
        "from it once it has caught up, and from the database itself when it does not.",
        shown="reports are read from the database itself",
    ),
    "REALISE_SETTINGS_FILE": Setting(
        "A file with settings, `NAME=value` a line. What the environment says goes first.",
        shown="the environment alone",
    ),
    "REALISE_SECRET_KEY": Setting(
        "At least 32 random characters that sign the cookies.", shown="read from the secret file"
    ),
    "REALISE_SECRET_FILE": Setting(
        "The file that holds the secret when `REALISE_SECRET_KEY` is not given. It is made at "
        "random, readable by its owner only, on the first start.",
        shown="`var/secret`",
    ),
    "REALISE_VAR": Setting(
        "The folder of Realise’s own files.", shown="`var` in the folder that it is started in"
    ),
    "REALISE_HOST": Setting(
        "The address to listen on. Anything but loopback needs `REALISE_HTTPS`.", "127.0.0.1"
    ),
    "REALISE_PORT": Setting("The port to listen on.", "8000", bounds=(1, 65535)),
    "REALISE_HTTPS": Setting(
        "`on` when people reach Realise by HTTPS: the cookie is then sent by HTTPS only, and "
        "browsers are told to stay with it.",
        "off",
    ),
    "REALISE_TRUSTED_HOSTS": Setting(
        "The names that people reach Realise by, with commas between them. A request for any "
        "other name is refused. Needed with `REALISE_HTTPS`.",
        shown="any name",
    ),
    "REALISE_ACCESS_DAYS": Setting(
        "For how many days the access record is kept: sign-ins, refusals, and reading of what is "
        "exempt.",
        "400",
        bounds=(1, 3650),
    ),
    "REALISE_PROGRAMMES_OPEN": Setting(
        "`off` when people see only the programmes where they have something to do: a role, a "
        "seat on its board, a benefit, or its report to read. Who has a role for the council "
        "sees every programme. With `on` everybody who signs in sees them all.",
        "on",
    ),
    "REALISE_PROXIES": Setting(
        "How many proxies stand in front and say who is calling (`X-Forwarded-For`).",
        "0",
        bounds=(0, 5),
    ),
    "REALISE_ADDRESS": Setting(
        "The address that emails lead to, such as `https://realise.example.gov.uk`.",
        shown="`http://127.0.0.1:` and the port",
    ),
    "REALISE_IDLE_MINUTES": Setting(
        "Minutes without a page after which a person signs in again.", "30", bounds=(1, 720)
    ),
    "REALISE_SESSION_HOURS": Setting(
        "Hours after which a person signs in again in any case.", "12", bounds=(1, 168)
    ),
    "REALISE_OIDC_ISSUER": Setting(
        "The council’s OpenID Connect provider, for single sign-on, written as the provider "
        "writes its issuer: `https://login.microsoftonline.com/TENANT/v2.0`.",
        shown="none: people sign in by passwords kept here",
    ),
    "REALISE_OIDC_CLIENT_ID": Setting("What the provider calls Realise.", shown="none"),
    "REALISE_OIDC_CLIENT_SECRET": Setting(
        "The secret by which Realise proves itself to the provider.", shown="none"
    ),
    "REALISE_OIDC_ROLE_CLAIM": Setting(
        "The claim of the ID token that holds a person’s roles or groups.", "roles"
    ),
    "REALISE_OIDC_ROLES": Setting(
        "Which value of that claim gives which role: "
        "`Realise.PMO=pmo; Realise.Care.Finance=finance@care; Realise.Member=member`. Roles are "
        "`pmo`, `finance`, `scrutiny`, `auditor`, `exempt_reader` and `administrator`, with `@` "
        "and a programme’s id for that programme alone; a `member` comes in with none of them. "
        "Who has none of the values cannot come in.",
        shown="needed with `REALISE_OIDC_ISSUER`",
    ),
    "REALISE_OIDC_NAME": Setting(
        "What people call the single sign-on: “Sign in with …”.", "your council account"
    ),
    "REALISE_PASSWORDS": Setting(
        "Who may sign in by a password kept here: `everybody`, or only `administrators`, for when "
        "the single sign-on is down.",
        "everybody",
    ),
    "REALISE_SECOND_FACTOR": Setting(
        "`administrators` when administrators who sign in by a password need a code of their "
        "telephone too; with `chosen` people decide for themselves.",
        "chosen",
    ),
    "REALISE_SMTP_HOST": Setting(
        "The mail server. Without one (or GOV.UK Notify) nothing is sent: emails wait in the "
        "outbox.",
        shown="none",
    ),
    "REALISE_SMTP_PORT": Setting("The mail server's port.", "587", bounds=(1, 65535)),
    "REALISE_SMTP_USER": Setting("The name to sign in to the mail server with.", shown="none"),
    "REALISE_SMTP_PASSWORD": Setting("Its password.", shown="none"),
    "REALISE_SMTP_TLS": Setting("Whether mail is handed over by STARTTLS.", "on"),
    "REALISE_MAIL_FROM": Setting("The address that emails come from.", "realise@localhost"),
    "REALISE_NOTIFY_API_KEY": Setting(
        "The key of the council’s service at GOV.UK Notify, which then sends the emails and no "
        "mail server does.",
        shown="none",
    ),
    "REALISE_NOTIFY_TEMPLATE": Setting(
        "The id of the email template in Notify. It holds `((subject))`, `((body))` and "
        "`((link_to_file))`.",
        shown="needed with `REALISE_NOTIFY_API_KEY`",
    ),
    "REALISE_NOTIFY_URL": Setting(
        "Where Notify’s API is.", "https://api.notifications.service.gov.uk"
    ),
    "REALISE_MAIL_FOLDER": Setting(
        "A folder in which emails are written as files and not sent; for trying things out.", ""
    ),
    "REALISE_SIGNING_KEY_FILE": Setting(
        "The file of the key that signs checkpoints of the record. It is made at random, readable "
        "by its owner only, on first use. Keep a copy of it apart from the backups.",
        shown="`var/signing-key`",
    ),
    "REALISE_WITNESS_EMAIL": Setting(
        "An address, best outside the council’s own administration, that is sent every new signed "
        "checkpoint, such as the external auditor’s.",
        shown="none",
    ),
    "REALISE_EVIDENCE_MB": Setting(
        "The largest evidence file, in megabytes.", "20", bounds=(1, 500)
    ),
    "REALISE_REPORT_WORKERS": Setting(
        "How many processes draw a long report at once, each with up to 300 MB. The report is "
        "the same with any number.",
        "2",
        bounds=(1, 16),
    ),
    "REALISE_API_PER_MINUTE": Setting(
        "How many requests a minute one token may make of the API, in each process.",
        "6000",
        bounds=(1, 1_000_000),
    ),
    "REALISE_TRACES_URL": Setting(
        "Where traces are sent by OpenTelemetry (OTLP over HTTP), such as "
        "`http://127.0.0.1:4318/v1/traces`. They hold no personal data.",
        shown="no traces",
    ),
    "REALISE_SENTRY_DSN": Setting(
        "Where Sentry, or what speaks like it, takes unforeseen faults: their kind and the place "
        "in the code, no words of theirs and nobody’s data.",
        shown="faults are in the log alone",
    ),
    "REALISE_METRICS_TOKEN": Setting(
        "At least 32 random characters with which another machine may read `/metrics` "
        "(`Authorization: Bearer …`).",
        shown="the metrics are for this machine only",
    ),
}


_ABOUT = (
    "Realise reads these from the environment when it starts, or from the file that "
    "`REALISE_SETTINGS_FILE` names. None has to be given. One that is wrong stops the start with "
    "a sentence that says what to write."
)


def settings_page() -> str:
    """The text of docs/settings.md."""
    rows = [
        f"| `{name}` | {setting.meaning} | {_otherwise(setting)} |"
        for name, setting in SETTINGS.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            _ABOUT,
            "",
            "| setting | what it means | when it is not given |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _otherwise(setting: Setting) -> str:
    return setting.shown or (f"`{setting.default}`" if setting.default else "none")
