"""Sends emails by GOV.UK Notify, where the council has chosen that over a mail server of its own.

The template in Notify holds ((subject)), ((body)) and ((link_to_file)). A file goes as a link, for
which Notify asks the reader's own address; one that is too large for Notify stays where people
sign in. What Notify answers: https://docs.notifications.service.gov.uk/python.html
"""

import io
import logging
import re
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from entrypoints.loopback import is_loopback
from entrypoints.settings_list import BadSetting
from workflows.outbox import Fault, Message

#: Notify takes no larger file (bytes).
LARGEST_FILE = 2 * 1024 * 1024
#: Answers that no second try changes: the email, the template or the key is wrong.
FINAL = frozenset({400, 403})
_CLIENT = "notifications_python_client"
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


@dataclass(frozen=True, slots=True)
class Notify:
    """The council's account: the key, and the template by which every email goes."""

    key: str = field(repr=False)
    template: str
    url: str


def read_notify(key: str, template: str, url: str, *, smtp: bool) -> Notify | None:
    """The account as set; None without a key. ``smtp``: a mail server is set too.

    Raises ``BadSetting`` for what cannot work.
    """
    if not key and not template:
        return None
    if smtp:
        raise BadSetting(
            "REALISE_SMTP_HOST and REALISE_NOTIFY_API_KEY are both set, so it is not clear which "
            "is to send. Unset one of them."
        )
    if not re.fullmatch(rf".*{_UUID}-{_UUID}", key):
        raise BadSetting(
            "REALISE_NOTIFY_API_KEY is not a whole key. Copy it from “API integration” in GOV.UK "
            "Notify: it has a name and two ids, with hyphens between them."
        )
    if not re.fullmatch(_UUID, template):
        raise BadSetting(
            "REALISE_NOTIFY_TEMPLATE is not the id of a template. Copy it from the template’s page "
            "in GOV.UK Notify."
        )
    parts = urlsplit(url)
    if parts.scheme != "https" and not (
        parts.scheme == "http" and is_loopback(parts.hostname or "")
    ):
        raise BadSetting("REALISE_NOTIFY_URL is not an https:// address. Write one, or unset it.")
    if find_spec(_CLIENT) is None:
        raise BadSetting(
            "REALISE_NOTIFY_API_KEY is set, and what speaks to GOV.UK Notify is not installed. "
            "Install it: pip install 'realise[notify]'."
        )
    return Notify(key, template, url)


def deliver(account: Notify, message: Message, address: str, patience: float) -> Fault | None:
    """Hand an email over; None when Notify took it. ``patience``: seconds to wait for an answer.

    Its reference at Notify is the message's id here, by which a second try can be told.
    """
    _, fault = _asked(
        account,
        patience,
        "send_email_notification",
        email_address=address,
        template_id=account.template,
        personalisation=_personalisation(message),
        reference=message.message,
    )
    return fault


def looked_at(account: Notify, patience: float) -> str:
    """What keeps emails from going, as a sentence; empty when key and template are right."""
    template, fault = _asked(account, patience, "get_template", template_id=account.template)
    if fault is not None:
        return fault.said
    words = f"{template.get('subject')} {template.get('body')}"
    missing = [
        f"(({name}))" for name in ("subject", "body", "link_to_file") if f"(({name}" not in words
    ]
    return f"The template in GOV.UK Notify lacks {', '.join(missing)}." if missing else ""


def _asked(
    account: Notify, patience: float, deed: str, **given: Any
) -> tuple[dict[str, Any], Fault | None]:
    """Notify's answer, or what went wrong. The library is loaded when first needed."""
    faults = import_module(f"{_CLIENT}.errors")
    logging.getLogger(_CLIENT).setLevel(logging.ERROR)  # a failure is told in the outbox
    client = import_module(f"{_CLIENT}.notifications").NotificationsAPIClient(
        account.key, base_url=account.url, timeout=patience
    )
    try:
        answer: dict[str, Any] = getattr(client, deed)(**given)
    except faults.APIError as fault:
        return {}, _fault(fault)
    finally:
        client.request_session.close()
    return answer, None


def _personalisation(message: Message) -> dict[str, Any]:
    """What fills the template; without a file its link is empty, for Notify wants every field."""
    body, link = message.body, {}
    if message.file is not None and len(message.file) > LARGEST_FILE:
        body += "\nThe file is too large for this email: sign in to read it.\n"
    elif message.file is not None:
        upload = import_module(f"{_CLIENT}.utils").prepare_upload
        link = upload(
            io.BytesIO(message.file), message.file_name, confirm_email_before_download=True
        )
    return {"subject": message.subject, "body": body, "link_to_file": link or ""}


def _fault(fault: Any) -> Fault:
    if fault.response is None:
        return Fault(f"GOV.UK Notify cannot be reached: {fault.__cause__ or fault.message}")
    told = fault.message
    words = [str(one.get("message", one)) for one in told] if isinstance(told, list) else [told]
    status = fault.status_code
    return Fault(
        f"GOV.UK Notify did not take it: {status} {' '.join(' '.join(map(str, words)).split())}",
        final=status in FINAL,
    )
