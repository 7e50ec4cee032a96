"""The frame of the page: who is let in, and what every answer carries."""

from tests.answers.conftest import Browser, SignIn


async def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(browser: Browser) -> None:
    answer = await browser.get("/?x=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/dang-nhap?next=%2F%3Fx%3D1"


async def test_the_monitoring_office_begins_at_the_board_and_a_head_at_the_inbox(
    signed_in_as: SignIn,
) -> None:
    office, head = await signed_in_as("head-vp"), await signed_in_as("head-so-a")
    assert (await office.get("/")).headers["location"] == "/bang"
    assert (await head.get("/")).headers["location"] == "/viec"


async def test_an_unknown_address_says_so_in_both_languages(browser: Browser) -> None:
    assert "không có trang" in (await browser.get("/khong-co")).text.lower()
    english = await browser.get("/khong-co?lang=en")
    assert english.status_code == 404
    assert "there is no such page" in english.text.lower()
