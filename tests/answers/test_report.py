"""The page of reports: figures, files, who sees what, and a report that stays as it was sent."""

from html import unescape
from io import BytesIO
from typing import Any

import httpx
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from answers.house import House
from desk import periods
from desk.report import drawn
from desk.report_mail import Sender, send
from desk.report_words import COLUMNS
from directive.message import Act
from register.audit import audited
from register.open import Register
from register.plans import save_directory
from register.report import draw
from register.sent_reports import sent_reports
from register.summary import Period
from tests.answers.conftest import NOON, PAGE, SignIn, no_engine
from tests.answers.given import dump, hidden, mailed
from tests.register.given import Running, directory, local

MONTH = "/bao-cao?ky=2026-06"


@pytest.fixture
async def lived(running: list[Running]) -> list[Running]:
    """Four tasks: one done, one nudged twice, one overdue by an earlier date, one untouched."""
    done, nudged, amended, _ = running
    await done.report(local(3))
    await done.approve(local(4))
    for day in (3, 9):
        await nudged.act(Act.NUDGE, local(day), "assigner", "assigner:du", reason="đề nghị báo cáo")
    await amended.act(
        Act.AMEND_DEADLINE, local(2), "assigner", "assigner:du", day=local(8).date(), reason="gấp"
    )
    return running


async def test_the_page_shows_the_figures_and_each_leads_to_its_tasks(
    lived: list[Running], signed_in_as: SignIn
) -> None:
    browser = await signed_in_as("head-vp")
    shown = await browser.get(MONTH)
    assert shown.status_code == 200
    assert "Tổng số 4 nhiệm vụ: 0 từ kỳ trước chuyển sang, 4 nhận trong kỳ." in shown.text
    assert "Đã đôn đốc 2 lượt" in shown.text
    links = [unescape(part.split('"')[0]) for part in shown.text.split('href="') if "chi-tieu=" in part]
    assert links
    for link in links:
        listed = await browser.get(link)
        assert listed.status_code == 200, link
        assert "/nhiem-vu/task:" in listed.text, link
    late = await browser.get(next(link for link in links if "running_overdue" in link))
    assert late.text.count("/nhiem-vu/task:") == 1
    assert "quá hạn 7 ngày" in late.text


async def test_a_head_sees_the_row_of_their_own_unit_only(lived: list[Running], signed_in_as: SignIn) -> None:
    monitor, head = await signed_in_as("head-vp"), await signed_in_as("head-so-b")
    shown = (await head.get(MONTH)).text
    assert "Tổng số 1 nhiệm vụ" in shown
    assert "so-a" not in shown
    assert "Chốt và gửi" not in shown
    other = await head.get("/bao-cao/nhiem-vu?ky=2026-06&chi-tieu=received&don-vi=so-a")
    assert "/nhiem-vu/task:" not in other.text
    form = hidden(await monitor.get(MONTH))
    assert (await head.post("/bao-cao/gui", data=form)).status_code == 403
    sent = await monitor.post("/bao-cao/gui", data=form)
    assert sent.status_code == 303
    own = (await head.get(sent.headers["location"])).text
    assert "Tổng số 1 nhiệm vụ" in own
    assert "so-a" not in own
    book = await head.get(sent.headers["location"] + "/tep/xlsx")
    assert "so-a" not in str(_sheets(book))


async def test_an_officer_a_link_and_a_stranger_see_no_report(
    lived: list[Running], signed_in_as: SignIn, browser: httpx.AsyncClient
) -> None:
    officer = await signed_in_as("officer-so-a")
    for path in (MONTH, "/bao-cao/tep/xlsx?ky=2026-06", "/bao-cao/nhiem-vu?chi-tieu=received"):
        assert (await officer.get(path)).status_code == 403
        assert (await browser.get(path)).status_code == 303
    assert (await officer.post("/bao-cao/gui", data={})).status_code == 403


def _sheets(answer: httpx.Response) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


async def test_the_files_hold_the_figures_of_the_register(
    lived: list[Running], register: Register, signed_in_as: SignIn
) -> None:
    browser = await signed_in_as("head-vp")
    june = Period(first=local(1).date(), last=local(30).date())
    report = await draw(register, june, NOON, office="vp")
    sheets = _sheets(await browser.get("/bao-cao/tep/xlsx?ky=2026-06"))
    assert list(sheets) == ["Theo đơn vị", "Theo văn bản", "Quá hạn"]
    rows = {line[1]: line[2:] for line in sheets["Theo đơn vị"][7:]}
    wanted = {row.key: [column.value(row) for column in COLUMNS] for row in report.by_unit}
    assert rows == {**wanted, "Tổng cộng": [column.value(report.total) for column in COLUMNS]}
    (late,) = sheets["Quá hạn"][6:]
    assert late[1:] == [
        "1346-CV/ĐU", "1.2", "việc 1.2", "so-b", "chờ tiếp nhận", local(8).date(), 7, 0, 0,
    ]  # fmt: skip
    paper = Document(BytesIO((await browser.get("/bao-cao/tep/docx?ky=2026-06")).content))
    _, _, units, _, overdue = paper.tables
    cells = [[cell.text for cell in row.cells] for row in units.rows[2:]]
    assert {line[1]: [int(count) for count in line[2:]] for line in cells} == rows
    assert [cell.text for cell in overdue.rows[1].cells][-3:] == ["7", "0", "0"]
    head = paper.tables[0].rows[0].cells
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head[1].text
    assert "VĂN PHÒNG" in head[0].text


async def test_a_sent_report_is_shown_as_it_was_whatever_happens(
    lived: list[Running], register: Register, house: House, signed_in_as: SignIn
) -> None:
    browser = await signed_in_as("head-vp")
    form = hidden(await browser.get(MONTH))
    sent = await browser.post("/bao-cao/gui", data=form)
    place = sent.headers["location"]
    before = await browser.get(place)
    files = [(await browser.get(f"{place}/tep/{form}")).content for form in ("xlsx", "docx")]
    for task in lived[1:]:
        await task.act(Act.WITHDRAW, local(15, 11), "assigner", "assigner:du", reason="dừng tất cả")
    assert (await browser.get(place)).text == before.text
    assert [(await browser.get(f"{place}/tep/{form}")).content for form in ("xlsx", "docx")] == files
    assert "head-vp" in before.text
    assert "12:00 15/06/2026" in before.text
    # the same form again is the same report; figures that have moved since are not sent unseen
    (only,) = await sent_reports(register)
    again = await browser.post("/bao-cao/gui", data=form)
    assert again.status_code == 409
    assert await sent_reports(register) == [only]
    assert [one.did for one in await audited(register)].count("report_sent") == 1


async def test_the_leaders_above_are_told_once_of_a_sent_report(
    lived: list[Running], register: Register, house: House, signed_in_as: SignIn
) -> None:
    made = directory("d2")
    units = tuple(one.model_copy(update={"parent": "du"}) if one.code == "vp" else one for one in made.units)
    await save_directory(register, made.model_copy(update={"units": units}))
    browser = await signed_in_as("head-vp")
    form = hidden(await browser.get(MONTH))
    place = (await browser.post("/bao-cao/gui", data=form)).headers["location"]
    assert (await browser.post("/bao-cao/gui", data=form)).headers["location"] == place
    (mail,) = await mailed(register)
    assert (mail["person"], mail["kind"], mail["status"]) == ("leader", "report", "decided")
    assert house.page_url + place[1:] in mail["text"]
    assert "Tổng số 4 nhiệm vụ" in mail["text"]
    assert "Tổng số 4 nhiệm vụ" in mail["html"]
    assert "tháng 6 năm 2026" in mail["subject"]


async def test_a_report_whose_sender_dies_at_the_commit_is_told_and_audited_all_the_same(
    lived: list[Running], register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = directory("d2")
    units = tuple(one.model_copy(update={"parent": "du"}) if one.code == "vp" else one for one in made.units)
    office = made.model_copy(update={"units": units})
    await save_directory(register, office)
    report = await drawn(register, periods.period("2026-06"), NOON, who="head-vp")
    whole = Register.writing

    async def last_words(self: Register, work: Any) -> Any:
        await whole(self, work)
        raise KeyboardInterrupt

    monkeypatch.setattr(Register, "writing", last_words)
    with pytest.raises(KeyboardInterrupt):
        await send(register, report, Sender("head-vp"), NOON, office, no_engine, PAGE)  # type: ignore[arg-type]
    (sent,) = await sent_reports(register)
    (mail,) = await mailed(register)
    assert (mail["person"], mail["kind"]) == ("leader", "report")
    assert mail["text"].startswith("Kính gửi Ông/Bà leader,")
    assert "Trân trọng." in mail["text"]
    assert [one.detail["report"] for one in await audited(register) if one.did == "report_sent"] == [sent.id]


async def test_a_correction_names_the_report_it_replaces_and_why(
    lived: list[Running], register: Register, signed_in_as: SignIn
) -> None:
    browser = await signed_in_as("head-vp")
    form = hidden(await browser.get(MONTH))
    first = (await browser.post("/bao-cao/gui", data=form)).headers["location"].rpartition("/")[2]
    assert (await browser.post("/bao-cao/gui", data=form)).headers["location"].endswith(first)
    unchanged = (await browser.get(MONTH)).text
    assert "chưa thay đổi" in unchanged
    assert 'action="/bao-cao/gui"' not in unchanged
    await lived[1].act(Act.WITHDRAW, local(15, 11), "assigner", "assigner:du", reason="trùng")
    without = {name: value for name, value in hidden(await browser.get(MONTH)).items() if name != "thay"}
    refused = await browser.post("/bao-cao/gui", data=without)
    assert refused.status_code == 409
    assert first in refused.text
    form = hidden(await browser.get(MONTH))
    assert form["thay"] == first
    assert (await browser.post("/bao-cao/gui", data=form)).status_code == 422  # without a reason
    second = await browser.post("/bao-cao/gui", data={**form, "ly-do": "bổ sung việc thu hồi"})
    shown = (await browser.get(second.headers["location"])).text
    assert first in shown
    assert "bổ sung việc thu hồi" in shown
    assert "đã được thay bằng" in (await browser.get(f"/bao-cao/da-gui/{first}")).text
    assert len(await sent_reports(register)) == 2


async def test_looking_at_reports_writes_nothing(
    lived: list[Running], register: Register, signed_in_as: SignIn
) -> None:
    browser = await signed_in_as("head-vp")
    before = await dump(register)
    for path in (
        MONTH,
        "/bao-cao?ky=tu-chon&tu=2026-06-02&den=2026-06-10",
        "/bao-cao/tep/docx",
        "/bao-cao?lang=en",
    ):
        assert (await browser.get(path)).status_code == 200, path
    assert (await browser.get("/bao-cao/gui")).status_code in (404, 405)
    assert await dump(register) == before


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/bao-cao?ky=2026-13", 422),
        ("/bao-cao?ky=quy", 422),
        ("/bao-cao?ky=2027", 422),  # has not begun
        ("/bao-cao?ky=tu-chon&tu=2026-06-10&den=2026-06-02", 422),
        ("/bao-cao?ky=2026-06&van-ban=khong-co", 404),
        ("/bao-cao/nhiem-vu?chi-tieu=khac", 404),
        ("/bao-cao/nhiem-vu?chi-tieu=received&luc=hom-qua", 422),
        ("/bao-cao/da-gui/20260101-0000000000", 404),
        ("/bao-cao/tep/pdf", 422),
    ],
)
async def test_what_cannot_be_reported_is_told_in_words(path: str, status: int, signed_in_as: SignIn) -> None:
    browser = await signed_in_as("head-vp")
    answer = await browser.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
