"""Role × act × path: what each role is shown and may do on the page, as one table.

The engine is not there in these tests: who may do an act gets as far as it (503) or as what their form lacks (422), who
may not is refused before (403), and neither changes anything in the register but the audit.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest
from fastapi import FastAPI

from answers.act_names import PATHS
from answers.cookies import SESSION
from answers.csrf import HEADER, token_for
from answers.house import House
from directive.message import Act
from register.audit import audited
from register.plans import save_directory
from tests.answers.conftest import Browser, browser_of, session_for
from tests.answers.given import dump, hidden, link_for
from tests.register.given import Running, directory

A, B = (f"task:du.1346-cv-du-2026:1.2:so-{one}" for one in "ab")
WHO = {
    "administrator": "deputy",
    "reader": "other",
    "monitor": "head-vp",
    "head": "head-so-a",
    "officer": "officer-so-a",
    "foreign head": "head-so-b",
    "leadership": "leader",
    "approver": "approver",
    "assigner": "assigner",
}
EVERYBODY = {*WHO, "link"}
LOOK = {"administrator", "reader", "monitor"}
DECIDE = {"leadership", "approver", "assigner"}
SEES_A = LOOK | DECIDE | {"head", "officer"}
BOARD = EVERYBODY - {"officer", "link"}
SIGNED_IN = EVERYBODY - {"link"}

PATH_TABLE: dict[str, set[str]] = {
    "/viec": SIGNED_IN,
    "/phien": SIGNED_IN,
    "/bang": BOARD,
    "/bao-cao": BOARD,
    f"/nhiem-vu/{A}": SEES_A | {"link"},
    f"/nhiem-vu/{B}": LOOK | DECIDE | {"foreign head"},
}
UNIT = {"head", "officer", "link"}
ASSIGNING = {"assigner", "leadership"}
ACT_TABLE: dict[Act, set[str]] = {
    Act.ACKNOWLEDGE: UNIT,
    Act.REFUSE: UNIT,
    Act.PROGRESS: UNIT,
    Act.REPORT: UNIT,
    Act.REQUEST_EXTENSION: UNIT,
    Act.RAISE_OBSTACLE: UNIT,
    Act.REASSIGN: {"head"} | ASSIGNING,
    Act.NUDGE: ASSIGNING | {"monitor"},
    Act.AMEND_DEADLINE: ASSIGNING,
    Act.SUSPEND: ASSIGNING,
    Act.RESUME: ASSIGNING,
    Act.WITHDRAW: ASSIGNING,
}


ACTORS = ("administrator", "monitor", "head", "officer", "foreign head", "approver", "assigner", "link")
"""One of those whom the table treats alike: a reader is refused as an administrator is."""


class Office(NamedTuple):
    """Everybody with a browser of their own."""

    house: House
    browsers: dict[str, Browser]


@pytest.fixture
async def office(app: FastAPI, house: House, running: list[Running]) -> AsyncIterator[Office]:
    """The same office with an administrator and a reader; the head's link to task A in a browser of its own."""
    rights = {"version": "d2", "administrators": ("deputy",), "readers": ("other",)}
    await save_directory(house.register, directory().model_copy(update=rights))
    async with AsyncExitStack() as opened:
        browsers = {}
        for role, person in WHO.items():
            token = await session_for(house, person)
            browsers[role] = await opened.enter_async_context(browser_of(app))
            browsers[role].cookies.set(SESSION, token, domain="page.test")
            browsers[role].headers[HEADER] = token_for(house, token)
        browsers["link"] = await opened.enter_async_context(browser_of(app))
        await browsers["link"].get(link_for(house, "head-so-a", A))
        shown = await browsers["link"].get(f"/nhiem-vu/{A}/{PATHS[Act.ACKNOWLEDGE]}")
        browsers["link"].headers[HEADER] = hidden(shown)["csrf"]
        yield Office(house, browsers)


async def test_each_path_is_shown_to_its_roles_and_to_nobody_else(office: Office) -> None:
    before = await dump(office.house.register)
    for path, allowed in PATH_TABLE.items():
        for role, browser in office.browsers.items():
            status = (await browser.get(path)).status_code
            assert status == 200 if role in allowed else status in (303, 403), (path, role, status)
    assert await dump(office.house.register) == before


async def test_each_act_is_for_its_roles_and_for_nobody_else(office: Office) -> None:
    before = await dump(office.house.register)
    for act, allowed in ACT_TABLE.items():
        for role in ACTORS:
            browser = office.browsers[role]
            said = {
                "message_id": f"of-the-table-{act}-{role[:4]}",
                "confirmed": "1",
                "reason": "vì lý do thử nghiệm",
                "text": "đã làm",
                "day": "2026-07-10",
                "until": "2026-07-10",
                "person": "head-so-a" if role != "head" else "officer-so-a",
            }
            answer = await browser.post(f"/nhiem-vu/{A}/{PATHS[act]}", data=said)
            status = answer.status_code
            if role not in allowed:
                assert status in (401, 403), (act, role, status)
            else:
                assert status in (409, 422, 503), (act, role, status)
                assert "không giữ vai trò" not in answer.text, (act, role)
    after = await dump(office.house.register)
    assert {name: rows for name, rows in after.items() if name != "audit"} == {
        name: rows for name, rows in before.items() if name != "audit"
    }


async def test_an_allowed_act_gets_as_far_as_the_engine_and_both_are_audited(office: Office) -> None:
    path = f"/nhiem-vu/{A}/{PATHS[Act.ACKNOWLEDGE]}"
    allowed = await office.browsers["head"].post(path, data={"message_id": "message-1"})
    foreign = await office.browsers["approver"].post(path, data={"message_id": "message-2"})
    assert (allowed.status_code, foreign.status_code) == (503, 403)
    assert "không kết nối được máy chủ" in allowed.text.lower()
    lines = [(one.did, one.person, one.task, one.result) for one in await audited(office.house.register)]
    assert lines == [
        ("acknowledge", "approver", A, "wrong_role"),
        ("acknowledge", "head-so-a", A, "engine_unreachable"),
    ]


async def test_nobody_does_anything_to_a_task_that_they_are_not_shown(office: Office) -> None:
    before = await dump(office.house.register)
    for act, path in PATHS.items():
        for role in ("head", "link"):
            answer = await office.browsers[role].post(
                f"/nhiem-vu/{B}/{path}", data={"message_id": "message-3"}
            )
            assert answer.status_code in (401, 403), (act, role)
    assert await dump(office.house.register) == before


async def test_without_a_session_or_a_link_there_is_nothing_but_the_sign_in(
    browser: Browser, running: list[Running], house: House
) -> None:
    before = await dump(house.register)
    for path in PATH_TABLE:
        assert (await browser.get(path)).headers["location"].startswith("/dang-nhap?next="), path
    form = hidden(await browser.get("/dang-nhap"))
    for path in PATHS.values():
        assert (await browser.post(f"/nhiem-vu/{A}/{path}", data=form)).status_code == 401
    assert await dump(house.register) == before
