"""Every command as an operation: drawn from the table of acts, so that none can be left out."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from flask import Response, request
from flask_smorest import Blueprint
from sqlalchemy import func, select

from benefits.commands.details import AttachEvidence
from benefits.commands.programme import RecordMtfsLine
from benefits.refusals import NotAllowed, NotFound, Stale
from benefits.rules import Rule, stream_of
from entrypoints import flagged
from entrypoints.acts import ACTS, Act
from entrypoints.api import described, received
from entrypoints.api.described import Schema
from entrypoints.api.files import MADE, SENT, Attached
from entrypoints.api.operations import Operation, add, answer
from entrypoints.api.scopes import scope_of
from entrypoints.here import now, realise, settings, viewer
from entrypoints.ids import with_condition_ids
from entrypoints.questions import questions
from entrypoints.schemas import Malformed, load
from entrypoints.wiring import RULES
from eventlog.tables import events
from workflows import repeats
from workflows.commands import CastVote
from workflows.council import Council
from workflows.handling import Also
from workflows.repeats import Answer

#: Where each kind of thing is, below /api, and what it is called in the document.
PLACES: Mapping[str, str] = {
    "benefit": "benefits",
    "programme": "programmes",
    "overlap": "overlaps",
    "mtfs-line": "mtfs-lines",
    "board": "boards",
    "meeting": "meetings",
    "person": "people",
    "question": "questions",
    "council": "council",
}
WRITTEN: Schema = {"$ref": "#/components/schemas/Written"}
CHANGED_MEANWHILE = (
    "If-Match names a version that it has not had. Read it again, then repeat what you did."
)


def install(blueprint: Blueprint) -> None:
    """One operation for each command; two for one that makes a thing or changes it."""
    for act in ACTS.values():
        rule = RULES[act.command]
        makes = bool(rule.key) and act.new == rule.key
        if makes:
            add(blueprint, _operation(act, rule, makes=True), partial(_make, act, rule))
        if not makes or act.command is RecordMtfsLine:
            add(blueprint, _operation(act, rule, makes=False), partial(_change, act, rule))


def _operation(act: Act, rule: Rule, *, makes: bool) -> Operation:
    place = PLACES[rule.stream]
    if makes:
        address, name = f"/{place}", act.command.__name__
    elif rule.key:
        address, name = f"/{place}/<id:{rule.key}>/{act.slug}", act.command.__name__
        name += "Again" if act.new == rule.key else ""
    else:
        address, name = f"/{place}/{act.slug}", act.command.__name__
    about = " ".join((act.command.__doc__ or "").split()).replace("``", "`")
    return Operation(
        name=name,
        tag=place,
        method="POST",
        rule=address,
        summary=act.title,
        about=f"{about}\n\nCommand `{act.slug}`.",
        scope=scope_of(act.command),
        answer=WRITTEN,
        status=201 if makes or _only_makes(act) else 200,
        body=body_schema(act, () if makes else (rule.key,)),
        version="" if makes else "needed",
        etag=True,
        flags=True,
    )


def _only_makes(act: Act) -> bool:
    """Whether it always makes a new thing within a benefit or a programme."""
    return bool(act.new) and not act.holds and act.new != RULES[act.command].key


def body_schema(act: Act, left_out: tuple[str, ...] = ()) -> Schema:
    """What is sent for a command, beside what its address says."""
    made = (act.new,) if act.new else ()
    if not _has_file(act):
        return described.of_questions(questions(act.command), left_out, made)
    schema = described.of_questions(questions(act.command), (*left_out, *MADE), made)
    schema["properties"] |= SENT
    schema["required"] += list(SENT)
    return schema


def _make(act: Act, rule: Rule) -> Response:
    """Make a new thing. One that is there already is changed at its own address."""
    command, _ = _asked(act, {})
    made = str(getattr(command, act.new))
    stream = stream_of(rule.stream, made)
    done = handle(command, 0, received.key())
    return written(done, stream, 201, made, f"/api/{PLACES[rule.stream]}/{made}")


def _change(act: Act, rule: Rule, **path: str) -> Response:
    """Change what the address names."""
    command, file = _asked(act, path)
    stream = stream_of(rule.stream, path[rule.key] if rule.key else rule.stream)
    key, seen = received.key(), received.version()
    require_version(stream, seen)
    done = handle(command, seen, key, file.keep if file else None)
    made = str(getattr(command, act.new)) if act.new else None
    return written(done, stream, 201 if _only_makes(act) else 200, made)


def _asked(act: Act, path: Mapping[str, str]) -> tuple[object, Attached | None]:
    file = Attached.allowing_for(settings().evidence_bytes) if _has_file(act) else None
    sent = received.body()
    twice = {name: "This is in the address already." for name in path if name in sent}
    if twice:
        raise Malformed(twice)
    if file is not None:
        sent = file.read(sent)
    return command_of(act, {**sent, **path}, made_id()), file


def _has_file(act: Act) -> bool:
    return act.command is AttachEvidence


def made_id() -> str:
    """The id of what is made: the same for the same key of the same person."""
    key = request.headers.get("Idempotency-Key", "")
    return sha256(f"{viewer().person} {key}".encode(errors="replace")).hexdigest()[:20]


def command_of(act: Act, sent: Mapping[str, Any], made: str, path: str = "") -> object:
    """The command that was sent. Raises ``Malformed``, with ``path`` before each field's name."""
    given = dict(sent)
    if act.new and given.get(act.new) is None:
        given[act.new] = made
    if isinstance(given.get("conditions"), list):
        given = _with_conditions(given, made)
    asked = questions(act.command)
    wrong = described.faults(asked, given)
    try:
        command: object = load(act.command, given)
    except Malformed as fault:
        wrong = {**fault.faults, **wrong}
    if wrong:
        raise Malformed({path + name: said for name, said in wrong.items()})
    return command


def _with_conditions(given: dict[str, Any], made: str) -> dict[str, Any]:
    rows = given["conditions"]
    if not all(isinstance(row, dict) for row in rows):
        return given
    with_ids = with_condition_ids(given, made)["conditions"]
    chosen = [
        {**new, "condition": row.get("condition") or new["condition"]}
        for row, new in zip(rows, with_ids, strict=True)
    ]
    return {**given, "conditions": chosen}


def require_version(stream: str, seen: int) -> None:
    """Refuse a version that the thing never had. Raises ``NotFound`` or ``Stale``."""
    query = select(func.max(events.c.version)).where(events.c.stream == stream)
    with realise().database.read() as connection:
        version = connection.execute(query).scalar()
    if version is None and stream != "council-council":
        raise NotFound("There is nothing with this id on the record.")
    if seen > (version or 0):
        raise Stale(CHANGED_MEANWHILE)


class ProofNeeded(NotAllowed):
    """The council asks who votes for a proof that a token cannot give."""

    problem = "proof-needed"


def _refuse_votes_without_proof(commands: object) -> None:
    """A token proves nobody’s presence: it does not vote while the council asks for that."""
    asked = commands if isinstance(commands, list) else [commands]
    votes = [one for one in asked if isinstance(one, CastVote)]
    council: Council = realise().standing("council", "council")
    if votes and council.sign_in_within:
        where = f"{settings().address.rstrip('/')}/cases/{votes[0].case}"
        raise ProofNeeded(
            f"The council asks who votes to have proved within {council.sign_in_within} minutes "
            f"that it is them. A token cannot: vote on the case’s page, {where}"
        )


def _refuse_personal(commands: object) -> None:
    if isinstance(commands, list):
        fields = flagged.of_several(commands, "commands-")
    else:
        fields = flagged.flagged(commands)
    if fields:
        raise flagged.LooksPersonal(fields)


def handle(commands: object, seen: int | None, key: str, also: Also | None = None) -> Answer:
    """Do it once, however often it is asked under this key."""
    by, at, kept = viewer().person, now(), f"api {key}"
    _refuse_votes_without_proof(commands)
    if request.headers.get(flagged.HEADER) != "yes":
        _refuse_personal(commands)
    done = realise().handle(commands, by=by, at=at, seen=seen, key=kept, also=also)
    if not done.written and not done.repeated:
        asked = commands if isinstance(commands, list) else [commands]
        with realise().database.write() as connection:
            digest = repeats.digest(asked)
            if repeats.earlier(connection, by, kept, digest) is None:
                repeats.remember(connection, by, kept, digest, done, at)
    return done


def written(
    done: Answer, stream: str, status: int = 200, made: str | None = None, location: str = ""
) -> Response:
    """What became of it: where it stands in the log, and the version that it is now at."""
    mine = [each.version for each in done.written if each.stream == stream]
    body = {
        "written": [
            {"position": w.position, "stream": w.stream, "version": w.version, "type": w.type}
            for w in done.written
        ],
        "position": done.position or None,
        "version": mine[-1] if mine else None,
        "id": made,
    }
    headers = {"ETag": f'"{mine[-1]}"'} if mine else {}
    headers |= {"Location": location} if location else {}
    headers |= {"Idempotent-Replayed": "true"} if done.repeated else {}
    return answer(body, status, headers)
