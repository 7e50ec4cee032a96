"""Signing in by a mailed link: once, within 15 minutes, by a press of a button, and the same answer for everybody."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from answers.app import build
from answers.house import House
from register.audit import audited
from register.sessions import end_sessions, sessions_of
from tests.answers.conftest import Browser, SignIn, browser_of, session_for
from tests.answers.given import dump, hidden, links_in, mailed
from tests.register.given import directory


async def ask(browser: Browser, who: str, then: str = "/") -> str:
    """Ask for a link; what the page then says."""
    form = hidden(await browser.get(f"/dang-nhap?next={then}"))
    answer = await browser.post("/dang-nhap", data={**form, "who": who})
    assert answer.status_code == 200
    return answer.text


async def mailed_link(browser: Browser, house: House, who: str = "head-so-a", then: str = "/") -> str:
    await ask(browser, who, then)
    return links_in((await mailed(house.register))[-1]["text"])[0]


async def test_a_mailed_link_signs_in_once(browser: Browser, house: House) -> None:
    link = await mailed_link(browser, house, then="/phien")
    form = hidden(await browser.get(link))
    entered = await browser.post(link.partition("?")[0], data=form)
    assert (entered.status_code, entered.headers["location"]) == (303, "/phien")
    assert "head-so-a" in (await browser.get("/phien")).text
    async with browser_of(build(house)) as other:
        assert (await other.get(link)).status_code == 410
        again = await other.post(link.partition("?")[0], data=hidden(await other.get("/dang-nhap")))
    assert again.status_code == 409
    assert len(await sessions_of(house.register, "head-so-a", house.wall())) == 1


async def test_a_scanner_that_opens_a_sign_in_link_uses_nothing_up(browser: Browser, house: House) -> None:
    link = await mailed_link(browser, house)
    before = await dump(house.register)
    async with browser_of(build(house)) as scanner:
        for method in ("GET", "HEAD", "GET", "OPTIONS"):
            answer = await scanner.request(method, link, headers={"Sec-Purpose": "prefetch"})
            assert answer.status_code in (200, 405)
    assert await dump(house.register) == before
    assert (await browser.post(link, data=hidden(await browser.get(link)))).status_code == 303


async def test_a_sign_in_link_ends_after_15_minutes(browser: Browser, house: House) -> None:
    link = await mailed_link(browser, house)
    late = replace(house, wall=lambda: house.wall() + timedelta(minutes=15, seconds=1))
    async with browser_of(build(late)) as slow:
        assert (await slow.get(link)).status_code == 410
        answer = await slow.post(link, data=hidden(await slow.get("/dang-nhap")))
    assert answer.status_code == 409
    assert not await sessions_of(house.register, "head-so-a", house.wall())


async def test_the_answer_is_the_same_whether_or_not_the_person_exists(
    browser: Browser, house: House
) -> None:
    known = await ask(browser, "head-so-a@example.invalid")
    unknown = await ask(browser, "nobody@example.invalid")
    assert known == unknown
    assert [one["person"] for one in await mailed(house.register)] == ["head-so-a"]


async def test_the_mail_goes_to_the_outbox_first_and_holds_no_more_than_the_link(
    browser: Browser, house: House
) -> None:
    link = await mailed_link(browser, house)
    mail = (await mailed(house.register))[0]
    assert (mail["kind"], mail["status"], mail["person"]) == ("sign_in", "decided", "head-so-a")
    assert set(re.findall(r'(?:href|src)="([^"]*)"', mail["html"])) == {f"http://page.test{link}"}
    stored = {table: rows for table, rows in (await dump(house.register)).items() if table != "messages"}
    assert link.removeprefix("/dang-nhap/") not in str(stored)


async def test_it_leads_nowhere_but_to_the_page_itself(browser: Browser) -> None:
    for foreign in ("https://evil.test/", "//evil.test", "/%5Cevil.test", "javascript:alert(1)", "/a%0d%0ab"):
        assert hidden(await browser.get(f"/dang-nhap?next={foreign}"))["next"] == "/"


async def test_a_session_ends_by_sign_out_by_revocation_and_after_12_hours(
    signed_in_as: SignIn, house: House
) -> None:
    head, officer, leader = [await signed_in_as(one) for one in ("head-so-a", "officer-so-a", "leader")]
    assert (await head.post("/dang-xuat")).status_code == 303
    assert await end_sessions(house.register, "officer-so-a", house.wall()) == 1
    for gone in (head, officer):
        assert (await gone.get("/phien")).status_code == 303
    assert (await leader.get("/phien")).status_code == 200
    later = replace(house, wall=lambda: house.wall() + timedelta(hours=12, seconds=1))
    async with browser_of(build(later)) as tomorrow:
        tomorrow.cookies.update(leader.cookies)
        assert (await tomorrow.get("/phien")).status_code == 303


async def test_signing_out_everywhere_ends_every_session_of_the_person_and_no_other(
    signed_in_as: SignIn, house: House
) -> None:
    here, there, other = [await signed_in_as(one) for one in ("head-so-a", "head-so-a", "head-so-b")]
    await here.post("/dang-xuat", data={"everywhere": "1"})
    assert [(await one.get("/phien")).status_code for one in (here, there, other)] == [303, 303, 200]


async def test_revoking_also_takes_the_links_not_yet_used(browser: Browser, house: House) -> None:
    link = await mailed_link(browser, house)
    await end_sessions(house.register, "head-so-a", house.wall())
    assert (await browser.get(link)).status_code == 410


async def test_who_has_left_the_directory_is_signed_out(signed_in_as: SignIn, house: House) -> None:
    stranger = await signed_in_as("somebody-else")
    assert (await stranger.get("/phien")).status_code == 303


async def test_signing_in_and_out_is_audited(browser: Browser, house: House) -> None:
    link = await mailed_link(browser, house)
    await ask(browser, "nobody")
    form = hidden(await browser.get(link))
    await browser.post(link, data=form)
    await browser.post("/dang-xuat", data={"csrf": hidden(await browser.get("/phien"))["csrf"]})
    lines = [(one.did, one.person, one.result) for one in await audited(house.register)]
    assert lines == [
        ("sign_out", "head-so-a", "done"),
        ("sign_in", "head-so-a", "done"),
        ("ask_sign_in", "", "unknown_person"),
        ("ask_sign_in", "head-so-a", "done"),
    ]


async def test_a_mail_is_in_the_persons_language(house: House) -> None:
    from answers.sign_in_mail import mail
    from directive.directory import Person

    office = directory()
    english = mail(house, office, Person(id="a", name="A", language="en"), "token", "/viec")
    assert "Open the link below" in english.text
    assert "http://page.test/dang-nhap/token?next=/viec" in english.text
    assert "Kính gửi Ông/Bà leader" in mail(house, office, office.person_by_id["leader"], "t", "/").text


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43])
async def test_a_made_up_session_is_none(browser: Browser, cookie: str) -> None:
    browser.cookies.set("dondoc-session", cookie)
    assert (await browser.get("/phien")).status_code == 303


async def test_over_https_the_cookie_is_for_this_host_only(house: House) -> None:
    secure = replace(house, page_url="https://page.test/")
    async with browser_of(build(secure)) as browser:
        browser.cookies.set("__Host-dondoc-session", await session_for(house, "leader"), domain="page.test")
        assert (await browser.get("/phien")).status_code == 200
        cookie = (await browser.get("/dang-nhap?lang=en")).headers["set-cookie"]
        left = await browser.post("/dang-xuat", data=hidden(await browser.get("/phien")))
        cleared = left.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-dondoc-lang=en; Path=/;")
    assert "Secure" in cookie
    assert all("Secure" in one and "HttpOnly" in one and "SameSite=lax" in one for one in cleared)
