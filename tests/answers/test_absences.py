"""Being away, on the page: entered by the person, their head or an administrator, in force at once, ended at once."""

import re

from answers.filled import new_id
from answers.house import House
from register.absences import AbsenceRow, absences_from
from register.audit import audited
from register.open import Register
from register.plans import save_directory
from tests.answers.conftest import NOON, Browser, SignIn
from tests.answers.given import hidden
from tests.register.given import directory

PLACE = "/vang-mat"


async def enter(browser: Browser, name: str = "", **fields: str) -> tuple[int, str]:
    """Send the form; the status, and the page that follows."""
    shown = hidden(await browser.get(PLACE))
    form = {"first": "2026-06-16", "last": "2026-06-19", "delegate": "officer-so-b", **fields}
    sent = await browser.post(
        PLACE, data={"csrf": shown["csrf"], "message_id": name or shown["message_id"], **form}
    )
    if sent.status_code == 303:
        return sent.status_code, (await browser.get(sent.headers["location"])).text
    return sent.status_code, sent.text


async def entered(register: Register) -> list[AbsenceRow]:
    return await absences_from(register, NOON.date())


async def test_an_absence_is_entered_told_and_ended(
    signed_in_as: SignIn, register: Register, house: House
) -> None:
    head = await signed_in_as("head-so-a")
    status, said = await enter(head, reason="đi công tác")
    assert status == 303
    assert "Từ 16/06/2026 đến hết 19/06/2026, officer-so-b nhận thay head-so-a" in said
    (row,) = await entered(register)
    assert (row.person, row.delegate, row.entered_by, row.reason) == (
        "head-so-a", "officer-so-b", "head-so-a", "đi công tác"
    )  # fmt: skip
    assert "đi công tác" in (await (await signed_in_as("officer-so-b")).get(PLACE)).text

    ended = await head.post(f"{PLACE}/{row.id}/rut", data={"csrf": hidden(await head.get(PLACE))["csrf"]})
    assert ended.status_code == 303
    assert "Đã rút" in (await head.get(ended.headers["location"])).text
    (row,) = await entered(register)
    assert row.withdrawn_at == NOON
    assert [one.did for one in await audited(house.register)] == ["absence_withdraw", "absence_add"]


async def test_the_same_form_twice_counts_once(signed_in_as: SignIn, register: Register) -> None:
    head, name = await signed_in_as("head-so-a"), new_id()
    assert [(await enter(head, name))[0] for _ in range(2)] == [303, 303]
    assert len(await entered(register)) == 1


async def test_what_does_not_fit_is_told_beside_its_field_with_what_was_typed(
    signed_in_as: SignIn, register: Register
) -> None:
    head = await signed_in_as("head-so-a")
    status, said = await enter(head, delegate="head-so-a", reason="nghỉ phép")
    assert status == 409
    assert re.search(r'id="delegate-error">Không thể tự nhận thay cho mình', said)
    assert 'value="nghỉ phép"' in said
    status, said = await enter(head, first="2026-06-12")
    assert (status, "đã qua" in said) == (409, True)
    status, said = await enter(head, first="hôm nay")
    assert status == 422
    assert await entered(register) == []


async def test_a_head_enters_it_for_their_people_and_an_administrator_for_everybody(
    signed_in_as: SignIn, register: Register
) -> None:
    await save_directory(register, directory("d2").model_copy(update={"administrators": ("deputy",)}))
    head, foreign, admin = [await signed_in_as(one) for one in ("head-so-a", "head-so-b", "deputy")]
    assert 'value="officer-so-a"' in (await head.get(PLACE)).text
    assert (await enter(foreign, person="officer-so-a"))[0] == 409
    assert (await enter(head, person="officer-so-a"))[0] == 303
    assert (await enter(admin, person="leader"))[0] == 303
    by = {row.person: row for row in await entered(register)}
    assert {who: row.entered_by for who, row in by.items()} == {
        "officer-so-a": "head-so-a",
        "leader": "deputy",
    }
    stolen = await foreign.post(
        f"{PLACE}/{by['leader'].id}/rut", data={"csrf": hidden(await foreign.get(PLACE))["csrf"]}
    )
    assert stolen.status_code == 409
    assert all(row.withdrawn_at is None for row in await entered(register))


async def test_who_is_left_alone_by_it_is_told(signed_in_as: SignIn) -> None:
    await enter(await signed_in_as("head-so-c"), delegate="head-so-a")
    status, said = await enter(await signed_in_as("head-so-a"))
    assert status == 303
    assert "Trong thời gian này không còn ai nhận thay head-so-c (16/06/2026–19/06/2026)" in said


async def test_a_look_at_the_page_changes_nothing(signed_in_as: SignIn, register: Register) -> None:
    head = await signed_in_as("head-so-a")
    await enter(head)
    (row,) = await entered(register)
    assert (await head.get(f"{PLACE}/{row.id}/rut")).status_code == 405
    assert (await head.get(f"{PLACE}?da={row.id}")).status_code == 200
    assert await entered(register) == [row]
