"""Makes whoever comes from the OpenID provider somebody here, with the roles of their claims.

Through the same commands as an administrator's, by the reserved ``sign-on``. Roles that the
settings give by a claim come and go with it at each sign-in; all others are left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from benefits.refusals import Refused
from benefits.register import tables
from entrypoints import sessions
from entrypoints.here import Realise
from entrypoints.ids import new_key
from entrypoints.openid import identities
from entrypoints.openid.choices import Given, OpenId
from entrypoints.openid.identities import AlreadyLinked, Identity
from entrypoints.openid.provider import NotSignedIn
from entrypoints.openid.sentences import AMISS
from entrypoints.typed_people import LONGEST_EMAIL, LONGEST_NAME, is_email, one_line
from eventlog.recorded import Recorded
from workflows import commands, directory
from workflows.directory import AlreadyInDirectory, Entry
from workflows.people import SIGN_ON

NOT_FOR_YOU = (
    "Your account has no role for Realise, so you cannot come in. Ask whoever looks after accounts "
    "in your council."
)
LEFT_OUT = (
    "The single sign-on left your roles out, because you are in too many groups. Ask whoever looks "
    "after accounts in your council to give Realise app roles instead of groups."
)
LEFT = "You cannot sign in to Realise any more. Ask an administrator of Realise."
TAKEN = (
    "Somebody with your email address is known to Realise already. Ask an administrator to let "
    "that be you; your number at the single sign-on is {}."
)
BUSY = "Realise could not take you in just now. Start the sign-in again."
#: Once more when somebody else came in, or changed these roles, in the same moment.
TRIES = 3


@dataclass(frozen=True)
class Arrival:
    """Somebody whom the provider sent: its checked claims, at this instant."""

    realise: Realise
    openid: OpenId
    claims: Mapping[str, Any]
    at: datetime

    def person(self) -> str:
        """The id of the person here, registered if new, with roles as claimed.

        Raises ``NotSignedIn`` for who may not come in; what they could do here is then taken.
        """
        try:
            who = identities.identity_of(self.claims)
        except (KeyError, ValueError) as fault:
            raise NotSignedIn(AMISS.format(f"it does not say who you are ({fault})")) from fault
        for _ in range(TRIES):
            try:
                return self._once(who)
            except (Refused, AlreadyLinked):
                continue
        raise NotSignedIn(BUSY)

    def _once(self, who: Identity) -> str:
        if self.openid.left_out(self.claims):
            raise NotSignedIn(LEFT_OUT)  # what they may do is not known, so nothing of it is taken
        given = self.openid.given(self.claims)
        with self.realise.database.read() as connection:
            known = identities.person_of(connection, who)
            entry = directory.by_id(connection, known) if known else None
        if entry is None:
            if given is None:
                raise NotSignedIn(NOT_FOR_YOU)
            return self._join(who, given)
        if not entry.active:
            raise NotSignedIn(LEFT)
        self._ask(self._changes(entry.person, given or frozenset()))
        if given is None:
            with self.realise.database.write() as connection:
                sessions.end_all(connection, entry.person, self.at)
            raise NotSignedIn(NOT_FOR_YOU)
        self._rename(entry)
        return entry.person

    def _join(self, who: Identity, given: frozenset[Given]) -> str:
        person = new_key()
        entry = Entry(person, self._name(), self._email(), "", "", active=True)

        def also(connection: Connection, _: Sequence[Recorded[Any]]) -> None:
            identities.link(connection, who, person, self.at)
            directory.add(connection, entry)

        asked = [commands.RegisterPerson(person), *self._granting(person, self._known(given))]
        try:
            self.realise.handle(asked, by=SIGN_ON, at=self.at, also=also)
        except AlreadyInDirectory as fault:
            raise NotSignedIn(TAKEN.format(who.subject)) from fault
        return person

    def _changes(self, person: str, given: frozenset[Given]) -> list[object]:
        """What makes the roles that the provider decides as its claims say."""
        standing = self.realise.standing("person", person)
        held = {Given(role) for role in standing.roles}
        held |= {Given(role, programme) for role, programme in standing.programme_roles}
        away = sorted((held & self.openid.managed) - given)
        taking = [
            commands.RevokeProgrammeRole(person, one.role, one.programme)
            if one.programme
            else commands.RevokeRole(person, one.role)
            for one in away
        ]
        return [*taking, *self._granting(person, self._known(given) - held)]

    def _granting(self, person: str, given: frozenset[Given]) -> list[object]:
        return [
            commands.GrantProgrammeRole(person, one.role, one.programme)
            if one.programme
            else commands.GrantRole(person, one.role)
            for one in sorted(given)
        ]

    def _known(self, given: frozenset[Given]) -> frozenset[Given]:
        """Without the roles for a programme that is not there, or not yet."""
        with self.realise.database.read() as connection:
            there = set(connection.execute(select(tables.programmes.c.programme)).scalars())
        return frozenset(one for one in given if not one.programme or one.programme in there)

    def _ask(self, asked: list[object]) -> None:
        if asked:
            self.realise.handle(asked, by=SIGN_ON, at=self.at)

    def _rename(self, entry: Entry) -> None:
        """Follow a changed name or address; one that somebody else has here is left."""
        name, email = self._name(), self._email() or entry.email
        if (name, email) == (entry.name, entry.email):
            return
        with self.realise.database.write() as connection:
            try:
                directory.change(connection, entry.person, name, email, entry.post)
            except AlreadyInDirectory:
                directory.change(connection, entry.person, name, entry.email, entry.post)

    def _name(self) -> str:
        parts = " ".join(str(self.claims.get(one) or "") for one in ("given_name", "family_name"))
        for said in (self.claims.get("name"), parts, self.claims.get("preferred_username")):
            name = one_line(str(said or ""))[:LONGEST_NAME]
            if re.search(r"\w", name):
                return name
        raise NotSignedIn(AMISS.format("it does not say your name"))

    def _email(self) -> str | None:
        """The address that emails go to; none when the provider says that it is not theirs."""
        if self.claims.get("email_verified") is False:
            return None
        for claim in ("email", "preferred_username"):
            said = str(self.claims.get(claim) or "").strip().lower()
            if len(said) <= LONGEST_EMAIL and is_email(said):
                return said
        return None
