"""The board on the page: what it shows to whom, its addresses, its freshness and its file."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.datastructures import QueryParams

from answers.board_asked import Asked, asked_in
from desk.language import speaking
from directive.message import Act
from register.board import View
from register.open import Register
from register.pages import Sort
from register.plans import save_directory
from tests.answers.conftest import NOON, Browser, SignIn
from tests.register.given import Running, directory, local

SUBJECT = "task:du.1346-cv-du-2026:1.2:so-b"


@pytest.fixture
async def office(signed_in_as: SignIn, running: list[Running]) -> Browser:
    """The monitoring office's head, four tasks: one in time, one withdrawn, one late and handed in, one reported."""
    by = {"actor": "assigner", "role": "assigner:du"}
    await running[0].act(Act.AMEND_DEADLINE, local(2), **by, day=local(10).date(), reason="kết luận")
    await running[1].act(Act.AMEND_DEADLINE, local(2), **by, day=local(16).date(), reason="kết luận")
    return await signed_in_as("head-vp")


def words(answer: str) -> str:
    """The text of a page, in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer)).split())


async def test_the_board_says_where_things_stand(office: Browser) -> None:
    answer = await office.get("/bang")
    assert answer.status_code == 200
    said = words(answer.text)
    assert "1 quá hạn 1 sắp đến hạn 2 trong hạn 0 chưa có hạn 0 dừng tính hạn" in said
    assert "Quá hạn (1) Cần xử lý (0) Tất cả (4)" in said
    assert "quá hạn 5 ngày 10/06/2026 Chưa tiếp nhận nhiệm vụ" in said
    assert 'aria-label="so-a: quá hạn 1, sắp đến hạn 1"' in answer.text
    assert "style=" not in answer.text
    assert re.search(r"<script(?! src)", answer.text) is None


async def test_filters_are_in_the_address_and_stay_in_its_links(office: Browser) -> None:
    chosen = await office.get("/bang?view=tasks&unit=so-b&due-from=2026-06-30&due-to=2026-06-30")
    assert SUBJECT in chosen.text
    assert ":1.2:so-c" not in chosen.text
    assert "unit=so-b&amp;due-from=2026-06-30&amp;due-to=2026-06-30&amp;view=tasks" in chosen.text
    assert '<option value="so-b" selected>' in chosen.text
    assert "Hạn đến ngày: 2026-06-30" in words(chosen.text)
    searched = await office.get("/bang", params={"view": "tasks", "q": "VIỆC 1.2", "unit": "so-b,so-c"})
    assert "Tất cả (2)" in words(searched.text)
    nothing = await office.get("/bang?view=tasks&q=khong-co")
    assert "Không tìm thấy nhiệm vụ nào" in words(nothing.text)
    assert "Bỏ mọi bộ lọc" in words(nothing.text)


@pytest.mark.parametrize(
    "query", ["unit=so-khac", "due-from=31/6/2026", "state=mo", "directive=9-X", "group=so-a"]
)
async def test_a_filter_that_is_not_known_is_told_without_saying_that_nothing_is_overdue(
    office: Browser, query: str
) -> None:
    answer = await office.get(f"/bang?{query}")
    assert answer.status_code == 422
    assert "Không có nhiệm vụ" not in words(answer.text)
    assert "(0)" not in words(answer.text)
    assert 'class="notice warning"' in answer.text
    assert (await office.get(f"/bang/phan?{query}")).status_code == 422


@pytest.mark.parametrize(
    "query",
    ["view=x&sort=y&page=-1&all=7", "page=99999999999", "q=%00%F0%28&page=2", "q=a%0d%0aB", "light=%F0"],
)
async def test_nonsense_in_an_address_is_no_fault_of_ours(office: Browser, query: str) -> None:
    assert (await office.get(f"/bang?{query}")).status_code in (200, 422)


async def test_an_unchanged_board_answers_304_and_a_changed_one_its_new_part(
    office: Browser, running: list[Running], register: Register
) -> None:
    whole = (await office.get("/bang?unit=so-a")).text
    held = re.search(r'hx-get="([^"]+)".*?hx-headers=\'{"If-None-Match": "\\"(\w+)\\""}\'', unescape(whole))
    assert held
    address, tag = held.group(1), f'"{held.group(2)}"'
    same = await office.get(address, headers={"If-None-Match": tag})
    assert (same.status_code, same.text, same.headers["ETag"]) == (304, "", tag)
    other = await office.get("/bang/phan?unit=so-b", headers={"If-None-Match": tag})
    assert other.status_code == 200

    await running[0].report(NOON)
    changed = await office.get(address, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Đã nộp báo cáo, chờ người nghiệm thu Đảng ủy nghiệm thu từ 15/06/2026" in words(changed.text)
    assert changed.text.lstrip().startswith('<div id="bang"')
    fresh = changed.headers["ETag"]
    assert (await office.get(address, headers={"If-None-Match": f"{tag}, {fresh}"})).status_code == 304
    await save_directory(register, directory("d2"))
    assert (await office.get(address, headers={"If-None-Match": fresh})).status_code == 200


async def test_a_head_sees_the_own_unit_and_nothing_else(office: Browser, signed_in_as: SignIn) -> None:
    head = await signed_in_as("head-so-b")
    for path in (
        "/bang?view=tasks",
        "/bang/phan?view=tasks",
        "/bang?view=tasks&unit=so-a",
        "/bang?view=tasks&q=so-a",
    ):
        answer = await head.get(path)
        assert answer.status_code == 200
        assert ":so-a" not in answer.text
        assert ":so-c" not in answer.text
        assert 'value="so-a"' not in answer.text.replace('name="q" value="so-a"', "")
    assert SUBJECT in (await head.get("/bang?view=tasks")).text
    tag = (await office.get("/bang/phan")).headers["ETag"]
    assert (await head.get("/bang/phan", headers={"If-None-Match": tag})).status_code == 200


@pytest.mark.parametrize("path", ["/bang", "/bang/phan", "/bang.xlsx"])
async def test_whoever_does_not_look_after_tasks_sees_no_board(
    signed_in_as: SignIn, browser: Browser, running: list[Running], path: str
) -> None:
    assert (await (await signed_in_as("other")).get(path)).status_code == 403
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/dang-nhap?next={path.replace('/', '%2F')}",
    )


async def test_a_board_left_open_after_its_session_leads_to_the_sign_in_and_back(browser: Browser) -> None:
    asks = {"HX-Request": "true", "HX-Current-URL": "http://page.test/bang?unit=so-a"}
    answer = await browser.get("/bang/phan?unit=so-a", headers=asks)
    assert (answer.status_code, answer.text) == (401, "")
    assert answer.headers["HX-Redirect"] == "/dang-nhap?next=%2Fbang%3Funit%3Dso-a"


async def test_the_list_is_had_as_a_workbook_with_all_its_pages(
    office: Browser, running: list[Running]
) -> None:
    answer = await office.get("/bang.xlsx?view=tasks&unit=so-a,so-c")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bang-theo-doi-20260615-1200.xlsx"'
    with ZipFile(BytesIO(answer.content)) as book:
        said = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "3 nhiệm vụ, tính lúc 12:00 15/06/2026" in said
    assert "chưa tiếp nhận nhiệm vụ" in said
    assert sheet.count("<row ") == 5
    assert "<f>" not in sheet


async def test_the_board_speaks_english_to_whoever_asks(office: Browser) -> None:
    said = words((await office.get("/bang?lang=en")).text)
    assert "Overdue (1) To be decided (0) All (4)" in said
    assert "Not acknowledged" in said


def test_an_address_says_what_is_asked_and_nothing_that_is_usual() -> None:
    asked = asked_in(
        QueryParams("unit=so-b&unit=so-a&q=%20khoa%20%20hoc%20&view=tasks&page=3&sort=due&lang=en")
    )
    assert asked == Asked({"q": "khoa hoc", "unit": "so-b,so-a"}, View.TASKS, Sort.DUE, 3)
    assert asked.address() == "/bang?q=khoa+hoc&unit=so-b%2Cso-a&view=tasks"
    assert asked.address(page="4", sort="unit", q="") == "/bang?unit=so-b%2Cso-a&view=tasks&sort=unit&page=4"
    assert asked.address("/bang.xlsx", view="late", unit="") == "/bang.xlsx?q=khoa+hoc"
    assert Asked({}).address() == "/bang"
    again = asked_in(QueryParams(asked.query(page="3")))
    assert again == asked
    with speaking("en"):
        assert Asked({}, every=True).address() == "/bang?all=1"
