"""From the question shown to the recorded decision and the workflow's next step, through the page and a real engine."""

from datetime import date
from pathlib import Path

import pytest

from answers.filled import new_id
from directive.event import EventKind
from directive.question import QuestionKind
from directive.task import State
from register.audit import audited
from register.reading import events, marks_of
from tests.answers.working import Working, words_of, working
from tests.databases import Database
from tests.register.given import local, plan, planned

pytestmark = pytest.mark.timeout(180)


async def test_people_decide_on_the_page_and_the_workflow_goes_on(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with working(tmp_path, database.fresh(), monkeypatch) as office:
        await office.begin(plan(planned("1"), planned("2"), planned("3")))
        await acknowledged(office)
        await extension_granted(office)
        await returned_and_approved(office)
        await late_answer(office)
        await committed(office)
        await amended_after_a_look(office)


async def acknowledged(office: Working) -> None:
    """One press in the inbox; a form sent twice counts once."""
    officer = await office.person("officer-so-a")
    assert "Cần tiếp nhận hoặc bổ sung (3)" in await officer.sees("/viec")
    name = new_id()
    for _ in range(2):
        said = await officer.does(office.task("1", "tiep-nhan"), message_id=name)
        assert "Đã ghi officer-so-a tiếp nhận nhiệm vụ" in said
    kinds = [one.kind for one in await events(office.register, office.tasks["1"])]
    assert kinds == [EventKind.ASSIGNED, EventKind.ACKNOWLEDGED]
    assert "Tiếp nhận cả 2 nhiệm vụ" in await officer.sees("/viec")
    rest = [office.tasks["2"], office.tasks["3"]]
    data = {"csrf": officer.csrf, "task": rest, "message_id": [new_id(), new_id()]}
    for _ in range(2):
        together = await officer.browser.post("/viec/tiep-nhan", data=data)
        assert "Đã ghi tiếp nhận 2 nhiệm vụ." in await officer.sees(together.headers["location"])
    kinds = [one.kind for task in rest for one in await events(office.register, task)]
    assert kinds == [EventKind.ASSIGNED, EventKind.ACKNOWLEDGED] * 2


async def extension_granted(office: Working) -> None:
    """Asked by the head, refused on a Saturday, granted by the approver: the deadline shown has moved."""
    head, approver = await office.person("head-so-a"), await office.person("approver")
    where = office.task("1", "xin-gia-han")
    saturday = await head.sends(where, day="2026-07-11", reason="chờ số liệu quyết toán")
    assert saturday.status_code == 422
    assert "Thứ Bảy 11/07/2026: là ngày nghỉ. Chọn thứ Hai 13/07/2026." in words_of(saturday)
    assert "chờ số liệu quyết toán" in words_of(saturday), "what was typed is still there"
    await head.does(where, day="2026-07-13", reason="chờ số liệu quyết toán")

    asked = await office.question("1")
    shown = await approver.sees(asked)
    assert "so-a xin gia hạn đến 13/07/2026" in shown
    assert "Trả lời chậm nhất: 08:00 thứ Năm 11/06/2026 (còn 3 ngày làm việc)" in shown
    assert "hỏi bạn với vai trò người nghiệm thu đảng ủy" in shown.lower()
    assert "Thời hạn: hết ngày 30/06/2026 → hết ngày 13/07/2026" in shown, (
        "the effect stands beside the button"
    )
    assert "chờ số liệu quyết toán" in shown
    assert (await head.sends(asked, choice="grant")).status_code == 403, "whoever asks does not decide"

    name = new_id()
    assert "gia hạn lần 1 đến 13/07/2026" in await approver.does(asked, choice="grant", message_id=name)
    assert "gia hạn lần 1 đến 13/07/2026" in await approver.does(asked, choice="grant", message_id=name)
    due = (await office.facts("1")).due
    assert due
    assert due.day == date(2026, 7, 13)
    told = (await head.sees(office.task("1"))).lower()
    assert "thời hạn hết ngày 13/07/2026 thời hạn ban đầu hết ngày 30/06/2026" in told

    second = await (await office.person("leader")).sends(asked, choice="refuse", reason="không")
    assert second.status_code == 409
    assert "câu hỏi này đã có quyết định" in words_of(second)
    assert "do approver quyết định" in words_of(second), "told who decided"


async def returned_and_approved(office: Working) -> None:
    """A report with a file, sent back with a reason, handed in again and accepted."""
    officer, approver = await office.person("officer-so-a"), await office.person("approver")
    pdf = {
        "file": ("bao-cao.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "application/pdf")
    }
    refused = await officer.sends(
        office.task("2", "bao-cao"), text="đã xong", files={"file": ("a.exe", b"MZ\0\0", "")}
    )
    assert refused.status_code == 422
    said = await officer.does(
        office.task("2", "bao-cao"), text="đã xong", document="45/BC-SA", dated="2026-06-05", files=pdf
    )
    assert "bao-cao.pdf" in said
    asked = await office.question("2")
    shown = await approver.sees(asked)
    assert "Báo cáo của so-a chờ nghiệm thu" in shown
    assert "45/BC-SA (05/06/2026) đã xong bao-cao.pdf" in shown
    without = await approver.sends(asked, choice="return")
    assert without.status_code == 422
    assert "Thiếu lý do" in words_of(without)
    await approver.does(asked, choice="return", reason="thiếu phụ lục")
    assert (await office.facts("2")).rounds == 1
    await officer.does(office.task("2", "bao-cao"), text="đã bổ sung phụ lục")
    again = await office.question("2")
    assert again != asked
    assert "approver trả lại báo cáo (lần 1)" in await approver.sees(asked), (
        "once answered, it shows the answer"
    )
    assert "approver nghiệm thu báo cáo" in await approver.does(again, choice="approve")
    assert (await office.facts("2")).state is State.COMPLETED


async def late_answer(office: Working) -> None:
    """After the close a question shows its decision, and a late answer is told it."""
    approver = await office.person("other")
    asked = f"/cau-hoi/{office.tasks['2']}/approval.2"
    assert (await approver.browser.get(asked)).status_code == 403, "not for whoever has no part in it"
    leader = await office.person("leader")
    assert "Câu hỏi này đã xong approver nghiệm thu báo cáo" in await leader.sees(asked)
    late = await leader.sends(asked, choice="return", reason="muộn")
    assert late.status_code == 409
    assert "Nhiệm vụ đã hoàn thành" in words_of(late)
    assert "approver nghiệm thu báo cáo" in words_of(late)


async def committed(office: Working) -> None:
    """Nothing comes: the head is asked, commits to a day, and the ladder rests until it is over."""
    await office.until(local(1, 8, 30, month=7))
    asked = await office.question("3")
    head = await office.person("head-so-a")
    assert "Cần trả lời (1)" in await head.sees("/viec")
    shown = await head.sees(asked)
    assert "Đã quá hạn, chưa nhận được báo cáo của so-a" in shown
    assert "Nếu đến 08:00 03/07/2026 chưa có trả lời: báo cấp trên, mức 2" in shown
    far = await head.sends(asked, choice="commit", day="2026-07-16")
    assert far.status_code == 422
    assert "muộn nhất là 15/07/2026" in words_of(far)
    assert "cam kết xong trong ngày 10/07/2026" in await head.does(asked, choice="commit", day="2026-07-10")
    first = (await marks_of(office.register, office.tasks["3"]))[0]
    assert (first.kind, first.at) == (EventKind.ESCALATED, local(13, month=7))


async def amended_after_a_look(office: Working) -> None:
    """Another deadline is shown with what it changes; it is set by the second press only."""
    assigner = await office.person("assigner")
    where = office.task("3", "sua-han")
    looked = await assigner.sends(where, day="2026-07-20", reason="theo chỉ đạo mới")
    assert looked.status_code == 200
    assert "Thời hạn: hết ngày 30/06/2026 → hết ngày 20/07/2026" in words_of(looked)
    assert (await office.facts("3")).cycle == 1, "a look writes nothing"
    await assigner.does(where, day="2026-07-20", reason="theo chỉ đạo mới", confirmed="1")
    assert (await office.facts("3")).cycle == 2
    assert not (await office.facts("3")).open_question(QuestionKind.ESCALATION)
    noted = [(one.person, one.did, one.result) for one in await audited(office.register, person="assigner")]
    assert noted[0] == ("assigner", "amend_deadline", "done")
