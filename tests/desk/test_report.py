"""Reports at the desk: periods as an office names them, the forms of its letters, and the command."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from desk import letterhead, periods
from desk.exit import Stop
from desk.language import speaking
from desk.report import office_of
from desk.report_docx import document
from desk.report_file import Frozen, name_of
from desk.report_words import as_of
from directive.clock import OfficeClock
from register.offices import Offices
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from register.report import Office, Report
from register.summary import Period
from tests.desk.conftest import Run
from tests.register.given import DIRECTIVE, Running, directory, local, plan

STATE = Office(code="vp", name="Văn phòng UBND tỉnh", above="UBND tỉnh Ninh Bình", system="state")
PARTY = Office(
    code="vp", name="Văn phòng Đảng ủy UBND tỉnh", above="Đảng ủy UBND tỉnh Ninh Bình", system="party"
)


@pytest.mark.parametrize(
    ("code", "first", "last", "vi"),
    [
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30), "tháng 6 năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30), "quý II năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    ],
)
def test_a_period_has_a_code_and_words(code: str, first: date, last: date, vi: str) -> None:
    read = periods.period(code)
    assert (read.first, read.last) == (first, last)
    assert periods.words(read) == vi
    assert periods.code(read) == code


def test_other_periods_are_told_by_their_days() -> None:
    assert periods.words(periods.between("01/01/2026", "30/06/2026")) == "6 tháng đầu năm 2026"
    assert (
        periods.words(periods.between("2026-06-02", "2026-06-08")) == "từ ngày 02/06/2026 đến ngày 08/06/2026"
    )
    assert periods.words(periods.between("", "2026-06-08")) == "đến hết ngày 08/06/2026"
    assert periods.words(Period()) == "từ trước đến nay"


@pytest.mark.parametrize("typed", ["2026-13", "2026-00", "Q2", "2026-Q5", "0000", "9999", "tháng 6"])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Stop) as refused:
        periods.period(typed)
    assert refused.value.kind == "bad_period"


def test_the_periods_offered_end_with_the_running_ones_and_all_can_be_read() -> None:
    offered = [code for code, _ in periods.recent(date(2026, 1, 5))]
    assert offered[:2] == ["2026-01", "2025-12"]
    assert {"2026-Q1", "2025-Q4", "2026", "2025"} <= set(offered)
    assert [periods.code(periods.period(code)) for code in offered] == offered


def test_the_last_instant_of_a_day_is_told_as_its_end() -> None:
    assert as_of(local(1, 0, month=7) - timedelta(microseconds=1)) == "hết ngày 30/06/2026"
    assert as_of(local(5, 9, 30)) == "09 giờ 30 phút ngày 05/06/2026"


def test_the_report_is_of_the_office_whose_person_makes_it() -> None:
    works = Offices(monitors=frozenset({"vp", "so-c"}))
    assert office_of(directory(), works, "head-vp") == "vp"
    assert office_of(directory(), works, "officer-so-c") == "so-c"
    assert office_of(directory(), Offices(), "head-vp") == ""


def _paper(office: Office, frozen: Frozen | None = None) -> Any:
    report = Report(first=date(2026, 6, 1), last=date(2026, 6, 30), as_of=local(5, month=7), office=office)
    with speaking("vi"):
        return Document(BytesIO(document(report, frozen)))


def test_a_state_body_writes_by_decree_30() -> None:
    sent = Frozen("20260630-abc", local(5, month=1), "Chánh Văn phòng")
    made = _paper(STATE, sent)
    left, right = (cell.text.split("\n") for cell in made.tables[0].rows[0].cells)
    assert left[:2] == ["UBND TỈNH NINH BÌNH", "VĂN PHÒNG UBND TỈNH"]
    assert left[-1] == "Số: ……/BC-……"
    assert right[:2] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    assert right[-1] == "Ninh Bình, ngày 05 tháng 01 năm 2026"
    said = [line.text for line in made.paragraphs]
    assert said[0] == "BÁO CÁO"
    assert any(line.endswith("./.") for line in said)
    assert "CHÁNH VĂN PHÒNG" in made.tables[1].rows[0].cells[1].text
    assert "- Lưu: VT." in made.tables[1].rows[0].cells[0].text


def test_a_party_body_writes_in_its_own_form() -> None:
    made = _paper(PARTY)
    left, right = (cell.text.split("\n") for cell in made.tables[0].rows[0].cells)
    assert left[-2:] == ["*", "Số ……-BC/……"]
    assert right[0] == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert right[-1].startswith("Ninh Bình, ngày ")
    assert "CỘNG HÒA" not in "".join(right)
    assert not any(line.text.endswith("./.") for line in made.paragraphs)


@pytest.mark.parametrize("office", [STATE, PARTY])
def test_the_page_is_a4_with_the_margins_and_type_of_the_decree(office: Office) -> None:
    made = _paper(office)
    first, *annexes = made.sections
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (210, 297)
    assert len(annexes) == 3
    for section in annexes:
        assert section.orientation == WD_ORIENT.LANDSCAPE
        assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    for section in made.sections:
        above, below, left, right = (
            round(one.mm)
            for one in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        )
        assert 20 <= above <= 25
        assert 20 <= below <= 25
        assert 30 <= left <= 35
        assert 15 <= right <= 20
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header.paragraphs[0]._p.xml
    normal = made.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)


def test_a_place_that_no_name_tells_is_left_to_the_clerk() -> None:
    office = Office(code="vp", name="Văn phòng", above="Đảng ủy")
    assert letterhead.dated(office, date(2026, 12, 25)) == "……, ngày 25 tháng 12 năm 2026"
    assert letterhead.signs(Office(name="Sở Tư pháp")) == "GIÁM ĐỐC"


def test_a_file_is_named_after_its_period() -> None:
    quarter = Report(first=date(2026, 4, 1), last=date(2026, 6, 30), as_of=local(5, month=7))
    assert name_of(quarter, "docx") == "bao-cao-2026-Q2.docx"
    assert (
        name_of(quarter.model_copy(update={"last": date(2026, 6, 2)}), "xlsx")
        == "bao-cao-20260401-20260602.xlsx"
    )


async def _begin(data: Path) -> None:
    register = Register.open(f"sqlite+aiosqlite:///{data / 'register.db'}")
    await register.migrate()
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    for order in await orders_of(register, DIRECTIVE, OfficeClock()):
        await Running(register, order).start()
    await register.close()


def test_a_report_is_written_and_sent_from_the_command_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    asyncio.run(_begin(tmp_path / "var"))
    shift = local(5, month=7) - datetime.now(UTC)
    clock = OfficeClock(shift=shift).model_dump_json()
    file = tmp_path / "bc.docx"
    sent = run(
        "period-report",
        "--period",
        "2026-06",
        "--send",
        "--as",
        "head-vp",
        "-o",
        str(file),
        "--json",
        DONDOC_CLOCK=clock,
    )
    assert sent.returncode == 0, sent.stderr
    told = json.loads(sent.stdout)
    assert [row["received"] for row in told["report"]["by_unit"]] == [2, 1, 1]
    assert told["sent"]["id"].startswith("20260630-")
    assert "chốt lúc 08:00 05/07/2026" in "".join(line.text for line in Document(str(file)).paragraphs)
    again = run("period-report", "--id", told["sent"]["id"], "--by", "directive", DONDOC_CLOCK=clock)
    assert "1346-CV/ĐU" in again.stdout
    assert told["sent"]["id"] in again.stdout
    bad = run("period-report", "--period", "2026-06", "-o", str(tmp_path / "bc.pdf"), DONDOC_CLOCK=clock)
    assert bad.returncode == 2
    assert ".xlsx" in bad.stderr
