"""Every page, at a desk and on a telephone, in both languages, light and dark: no faults, nothing too wide.

Looking for faults costs a second a page: every page is looked at once, at the one size or at the other, and with
`--everything` at both.
"""

import pytest
from playwright.async_api import expect

from tests.browser.chromium import DESK, PHONE, Size, too_wide
from tests.browser.stack import Stack
from tests.browser.visiting import Visits, faults

TASK = Stack.task("1.2", "ubnd-tinh")
APPROVAL = Stack.task("3", "vp-du")
CLOSED = Stack.task("2", "du-so-khcn")

pytestmark = pytest.mark.on("sqlite")
PAGES = (
    ("", "dang-nhap"),
    ("", "dang-nhap/khong-co"),
    ("", "l/khong-co"),
    ("ubnd.cv", "viec"),
    ("ubnd.cv", f"nhiem-vu/{TASK}"),
    ("ubnd.cv", f"nhiem-vu/{TASK}/bao-cao"),
    ("ubnd.pct", "viec"),
    ("ubnd.pct", f"nhiem-vu/{TASK}/xin-gia-han"),
    ("ubnd.pct", "vang-mat"),
    ("ubnd.pct", "phien"),
    ("du.pbt", f"cau-hoi/{APPROVAL}/approval.1"),
    ("du.bt", f"cau-hoi/{CLOSED}/approval.1"),
    ("vp-du.cvp", "bang"),
    ("vp-du.cvp", "bang?view=all"),
    ("vp-du.cvp", "bao-cao"),
    ("vp-du.cvp", f"nhiem-vu/{TASK}"),
    ("vp-du.cvp", "khong-co-trang-nay"),
)


@pytest.mark.parametrize(
    ("size", "dark", "lang"),
    [(DESK, False, "vi"), (PHONE, True, "en")],
    ids=["desk-light-vi", "phone-dark-en"],
)
async def test_every_page_is_whole(
    stack: Stack, visits: Visits, size: Size, dark: bool, lang: str, pytestconfig: pytest.Config
) -> None:
    wrong: dict[str, list[str]] = {}
    person, page = "", await visits.screen("", size, dark=dark, lang=lang)
    for who, path in PAGES if pytestconfig.getoption("--everything") else PAGES[dark::2]:
        if who != person:
            person, page = who, await visits.screen(who, size, dark=dark, lang=lang)
        await page.goto(stack.url + path)
        if found := await faults(page):
            wrong[path] = found
        assert await page.evaluate("document.documentElement.lang") == lang, path
    assert wrong == {}


async def test_no_page_is_wider_than_a_telephone(stack: Stack, visits: Visits) -> None:
    wide: dict[str, list[str]] = {}
    person, page = "", await visits.screen("", PHONE)
    for who, path in PAGES:
        if who != person:
            person, page = who, await visits.screen(who, PHONE)
        await page.goto(stack.url + path)
        await page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
        if found := await too_wide(page):
            wide[path] = found
    assert wide == {}


async def test_a_person_signs_in_by_the_mailed_link_and_out_again(stack: Stack, visits: Visits) -> None:
    page = await visits.screen()
    await page.goto(stack.url + "viec")
    await page.get_by_label("Thư điện tử hoặc mã người dùng").fill("vp-du.cvp@example.invalid")
    await page.get_by_role("button", name="Gửi liên kết đăng nhập").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("hộp thư")
    assert await faults(page) == []
    await page.goto(await stack.newest("vp-du.cvp", "dang-nhap/"))
    assert await faults(page) == []
    await page.get_by_role("button", name="Đăng nhập").click()
    await expect(page).to_have_url(stack.url + "viec")
    await expect(page.get_by_role("navigation", name="Các trang")).to_contain_text("Bảng theo dõi")
    await page.locator(".account summary").click()
    await page.get_by_role("button", name="Đăng xuất").click()
    await page.goto(stack.url + "viec")
    assert "/dang-nhap" in page.url


async def test_a_report_with_a_file_is_handed_in_on_a_telephone(stack: Stack, visits: Visits) -> None:
    task = stack.task("1.4", "ubnd-tinh")
    page = await visits.screen("ubnd.cv", PHONE)
    await page.goto(f"{stack.url}nhiem-vu/{task}/bao-cao")
    await page.get_by_label("Nội dung").fill("UBND tỉnh báo cáo kết quả kiểm tra, đôn đốc.")
    pdf = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    await page.locator("input[type=file]").set_input_files(
        {"name": "bao-cao.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    await (
        page.get_by_role("button", name="Nộp báo cáo")
        .or_(page.get_by_role("button", name="Báo cáo"))
        .first.tap()
    )
    await expect(page.locator(".notice.done")).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text("bao-cao.pdf")
    assert await faults(page) == []
    href = await page.get_by_role("link", name="bao-cao.pdf").first.get_attribute("href")
    assert href
    fetched = await page.request.get(stack.url.rstrip("/") + href)
    assert await fetched.body() == pdf


async def test_the_board_renews_itself_without_reloading(stack: Stack, visits: Visits) -> None:
    page = await visits.screen("vp-du.cvp")
    await page.clock.install()
    await page.goto(stack.url + "bang")
    await page.evaluate("window.same = true")
    async with page.expect_response(lambda one: "/bang" in one.url and "style" not in one.url) as renewed:
        await page.clock.run_for(31_000)
    assert (await renewed.value).status in (200, 204, 304)
    assert await page.evaluate("window.same") is True
