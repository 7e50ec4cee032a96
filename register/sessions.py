"""Sign-in links and sessions: only the SHA-256 of a token is kept, so that who reads the register cannot sign in.

Instants are UTC by the wall clock, not by the office's: a rehearsal's day may last a minute, its session may not.
"""

import hashlib
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from register.open import Register
from register.page_tables import sessions, sign_ins


class Session(NamedTuple):
    """Somebody is signed in. `id` is the hash of the cookie's token; `ended_at` when it was signed out or revoked."""

    id: str
    person: str
    way: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None


def hash_of(token: str) -> str:
    """What the register keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def add_sign_in(
    register: Register, token: str, person: str, *, made_at: datetime, ends_at: datetime
) -> None:
    """A sign-in link was made for a person. Raises RegisterDown."""
    row = {"id": hash_of(token), "person": person, "made_at": made_at, "ends_at": ends_at, "used_at": None}
    await register.writing(lambda connection: connection.execute(insert(sign_ins).values(row)))


async def sign_in_open(register: Register, token: str, now: datetime) -> str:
    """Whose sign-in link it is while it can still be used; empty otherwise. Nothing changes. Raises RegisterDown."""
    wanted = select(sign_ins.c.person).where(
        sign_ins.c.id == hash_of(token), sign_ins.c.used_at.is_(None), sign_ins.c.ends_at > now
    )
    async with register.read() as connection:
        return str(await connection.scalar(wanted) or "")


async def use_sign_in(register: Register, token: str, session: Session) -> str:
    """Use a sign-in link once, for a session that begins with it; whose it is, or empty where it cannot be used.

    `session.person` is taken from the link. The link and the session are one transaction. Raises RegisterDown.
    """
    return await register.writing(lambda connection: _use(connection, hash_of(token), session))


def _use(connection: Connection, link: str, session: Session) -> str:
    once = update(sign_ins).where(
        sign_ins.c.id == link, sign_ins.c.used_at.is_(None), sign_ins.c.ends_at > session.made_at
    )
    used = once.values(used_at=session.made_at).returning(sign_ins.c.person)
    person = str(connection.scalar(used) or "")
    if person:
        connection.execute(insert(sessions).values(session._replace(person=person)._asdict()))
    return person


async def add_session(register: Register, session: Session) -> None:
    """Somebody has signed in by another way than a mailed link. Raises RegisterDown."""
    await register.writing(lambda connection: connection.execute(insert(sessions).values(session._asdict())))


async def session_of(register: Register, token: str, now: datetime) -> Session | None:
    """The session of a cookie's token while it lasts. Raises RegisterDown."""
    wanted = select(sessions).where(
        sessions.c.id == hash_of(token), sessions.c.ended_at.is_(None), sessions.c.ends_at > now
    )
    async with register.read() as connection:
        row = (await connection.execute(wanted)).one_or_none()
    return Session(**row._mapping) if row else None


async def sessions_of(register: Register, person: str, now: datetime) -> list[Session]:
    """The sessions of a person that last, the newest first. Raises RegisterDown."""
    wanted = select(sessions).where(
        sessions.c.person == person, sessions.c.ended_at.is_(None), sessions.c.ends_at > now
    )
    async with register.read() as connection:
        rows = (await connection.execute(wanted.order_by(sessions.c.made_at.desc()))).all()
    return [Session(**row._mapping) for row in rows]


async def end_session(register: Register, token: str, now: datetime) -> None:
    """Sign out of one session. Raises RegisterDown."""
    await register.writing(lambda connection: _end(connection, sessions.c.id == hash_of(token), now))


async def end_sessions(register: Register, person: str, now: datetime) -> int:
    """End all sessions of a person, and the sign-in links not yet used; how many sessions. Raises RegisterDown."""
    return await register.writing(lambda connection: _end_all(connection, person, now))


def _end_all(connection: Connection, person: str, now: datetime) -> int:
    links = update(sign_ins).where(sign_ins.c.person == person, sign_ins.c.used_at.is_(None))
    connection.execute(links.values(used_at=now))
    return _end(connection, (sessions.c.person == person) & (sessions.c.ends_at > now), now)


def _end(connection: Connection, which: object, now: datetime) -> int:
    wanted = update(sessions).where(which, sessions.c.ended_at.is_(None))  # type: ignore[arg-type]
    return int(connection.execute(wanted.values(ended_at=now)).rowcount)
