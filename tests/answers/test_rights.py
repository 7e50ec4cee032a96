"""Who is what on the page by the directory of a day, and which tasks each role is shown."""

from datetime import date
from typing import Literal

import pytest

from answers import rights
from answers.reader import Reader
from answers.standing import PageRole, Standing, roles_of
from directive.directory import Absence, Acting, Directory, Person, Unit
from directive.message import Act
from directive.question import Stage
from directive.task import Assignment, Facts, State
from notices.link import Link
from register.offices import Offices, offices
from register.open import Register
from tests.register.given import ASSIGNED, directory

DAY = date(2026, 6, 15)
NO_OFFICES = Offices()
GIVEN = Offices(given={"du": frozenset({"so-a", "so-b"})})
ADMIN, MONITOR, HEAD, APPROVER, OFFICER, READER = PageRole


def office(**more: object) -> Directory:
    """A province with two departments, one of which has an institute; a Party committee that issues."""
    units = (
        Unit(code="ubnd", name="UBND", head="chair", leadership=("chair",)),
        Unit(code="so-a", name="Sở A", parent="ubnd", head="head-a", officers=("officer-a",)),
        Unit(code="vien-a", name="Viện A", parent="so-a", head="head-v", officers=("officer-v",)),
        Unit(code="so-b", name="Sở B", parent="ubnd", head="head-b", officers=("officer-b",)),
        Unit(code="vp", name="Văn phòng", head="head-vp", officers=("clerk",)),
        Unit(
            code="du",
            name="Đảng ủy",
            leadership=("leader",),
            approvers=("approver",),
            assigners=("assigner",),
        ),
    )
    named = {one for unit in units for one in (unit.head, *unit.officers, *unit.leadership, *unit.approvers)}
    people = tuple(Person(id=one, name=one) for one in sorted({*named, "assigner", "admin", "looker"} - {""}))
    whole = {
        "version": "d",
        "units": units,
        "people": people,
        "administrators": ("admin",),
        "readers": ("looker",),
        "monitoring": ("vp",),
        **more,
    }
    return Directory.model_validate(whole)


def reader(person: str, found: Directory | None = None, link: Link | None = None) -> Reader:
    found = found or office()
    stands = Standing(frozenset(), frozenset(), frozenset()) if link else roles_of(found, person, DAY, GIVEN)
    way: Literal["mail", "link"] = "link" if link else "mail"
    return Reader(
        found.person_by_id[person], way, link, stands.roles, found, "vi", stands.units, stands.issuers
    )


def task(unit: str, officer: str = "", asks: str = "approver:du", issuer: str = "du") -> Facts:
    known = Assignment(
        id=f"task:du.1:1:{unit}",
        directive="du.1",
        code="1",
        unit=unit,
        issuer=issuer,
        monitor="vp",
        route=(Stage(asks=(asks,)),),
    )
    return Facts(
        task=known,
        state=State.ASSIGNED,
        assigned_at=ASSIGNED,
        last_at=ASSIGNED,
        calendar="c",
        policy="p",
        cycle_since=ASSIGNED,
        ack_since=ASSIGNED,
        officer=officer,
    )


#            person       roles                board   lists           sees so-a  vien-a  so-b
TABLE = [
    ("admin", {ADMIN}, True, None, True, True, True),
    ("looker", {READER}, True, None, True, True, True),
    ("head-vp", {HEAD, MONITOR}, True, None, True, True, True),
    ("clerk", {OFFICER, MONITOR}, True, None, True, True, True),
    ("chair", {HEAD, APPROVER}, True, ("so-a", "so-b", "ubnd", "vien-a"), True, True, True),
    ("head-a", {HEAD}, True, ("so-a", "vien-a"), True, True, False),
    ("head-v", {HEAD}, True, ("vien-a",), False, True, False),
    ("officer-a", {OFFICER}, False, ("so-a",), True, False, False),
    ("leader", {APPROVER}, True, ("du", "so-a", "so-b"), True, True, True),
    ("approver", {APPROVER}, True, ("du", "so-a", "so-b"), True, True, True),
    ("assigner", {APPROVER}, True, ("du", "so-a", "so-b"), True, True, True),
]


@pytest.mark.parametrize(
    ("person", "roles", "board", "units", "a", "v", "b"), TABLE, ids=[row[0] for row in TABLE]
)
def test_each_role_is_shown_what_is_its_own(
    person: str,
    roles: set[PageRole],
    board: bool,
    units: tuple[str, ...] | None,
    a: bool,
    v: bool,
    b: bool,
) -> None:
    who = reader(person)
    assert who.roles == roles
    assert rights.sees_board(who) is board
    assert rights.units_seen(who) == units
    assert [rights.sees_task(who, task(unit)) for unit in ("so-a", "vien-a", "so-b")] == [a, v, b]
    assert rights.administers(who) is (person == "admin")
    assert rights.monitors(who) is (person in ("admin", "head-vp", "clerk"))


def test_who_was_given_a_task_or_is_asked_on_its_way_sees_it() -> None:
    assert rights.sees_task(reader("officer-b"), task("so-a", officer="officer-b"))
    assert rights.sees_task(reader("head-b"), task("so-a", asks="head:so-b"))
    assert not rights.sees_task(reader("head-b"), task("so-a"))


def test_who_stands_in_for_somebody_away_has_their_place_on_those_days_only() -> None:
    away = Absence(person="head-a", start=DAY, end=DAY, delegate="officer-b")
    there = office(absences=(away,))
    assert roles_of(there, "officer-b", DAY, NO_OFFICES).roles == {OFFICER, HEAD}
    assert roles_of(there, "officer-b", DAY, NO_OFFICES).units == {"so-a", "so-b", "vien-a"}
    assert roles_of(there, "officer-b", date(2026, 6, 16), NO_OFFICES).units == {"so-b"}


def test_an_acting_head_is_the_head_on_their_days() -> None:
    units = tuple(
        unit.model_copy(update={"acting": (Acting(person="officer-a", start=DAY),)})
        if unit.code == "so-a"
        else unit
        for unit in office().units
    )
    assert HEAD in roles_of(office(units=units), "officer-a", DAY, NO_OFFICES).roles


def test_a_link_shows_its_own_task_answers_its_own_question_and_no_more() -> None:
    link = Link(person="head-a", task="task:du.1:1:so-a", question="q1", ends_at=ASSIGNED)
    who = reader("head-a", link=link)
    assert rights.sees_task(who, task("so-a"))
    assert not rights.sees_task(who, task("vien-a"))
    assert rights.answers_question(who, "task:du.1:1:so-a", "q1")
    assert not rights.answers_question(who, "task:du.1:1:so-a", "q2")
    assert not rights.answers_question(who, "task:du.1:1:so-b", "q1")
    assert not rights.sees_board(who)
    assert rights.units_seen(who) == ()
    assert not rights.administers(who)
    assert not rights.does_act(who, "task:du.1:1:so-a", Act.WITHDRAW)


async def test_the_monitoring_office_is_who_monitors_a_plan_where_the_directory_names_none(
    register: Register,
) -> None:
    works = await offices(register)
    assert works == Offices(frozenset({"vp"}), {"du": frozenset({"so-a", "cac-so"})})
    assert roles_of(directory(), "leader", DAY, works).units == {"du", "so-a", "so-b", "so-c"}
    assert PageRole.MONITOR in roles_of(directory(), "head-vp", DAY, works).roles
    named = directory().model_copy(update={"monitoring": ("so-a",)})
    assert PageRole.MONITOR not in roles_of(named, "head-vp", DAY, works).roles
    assert PageRole.MONITOR in roles_of(named, "officer-so-a", DAY, works).roles
