"""A question, a task and an inbox as pages show them: in words, to each reader their own, and changing nothing."""

from datetime import UTC, date, datetime

import pytest

from answers.filled import new_id
from answers.house import House
from desk.explain import explained
from desk.settings import settings
from directive.approval import submitted
from directive.clock import OfficeClock
from directive.message import Act, Document, Evidence
from directive.record import Transition
from register.plans import orders_of, save_plan
from tests.answers.conftest import NOON, Browser, SignIn
from tests.answers.given import dump, hidden, link_for
from tests.answers.working import words_of
from tests.register.given import Running, document, local

HEAD, OFFICER, APPROVER = "head-so-a", "officer-so-a", "approver"


@pytest.fixture(autouse=True)
def office_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk's clock shows noon too."""
    monkeypatch.setenv("DONDOC_CLOCK", OfficeClock.starting(NOON, datetime.now(UTC)).model_dump_json())
    settings.cache_clear()


@pytest.fixture
async def asked(running: list[Running]) -> str:
    """The address of a question: so-a asks for time until 15/7."""
    task = running[0]
    said = {"day": date(2026, 7, 15), "reason": "chờ số liệu"}
    await task.act(Act.REQUEST_EXTENSION, local(12, 9), OFFICER, "officer:so-a", **said)
    return f"/cau-hoi/{task.id}/{task.facts.questions[0].id}"


async def test_looking_writes_nothing(
    signed_in_as: SignIn, house: House, running: list[Running], asked: str
) -> None:
    task = f"/nhiem-vu/{running[0].id}"
    paths = [
        asked,
        f"{asked}/ngay?choice=counter&day=2026-07-04",
        task,
        f"{task}/bao-cao",
        f"{task}/ngay",
        "/viec",
    ]
    browser = await signed_in_as(APPROVER)
    before = await dump(house.register)
    for path in (*paths, f"{asked}?da=nothing", f"{task}?da=x"):
        for method in ("GET", "HEAD"):
            assert (await browser.request(method, path)).status_code < 500, path
    assert await dump(house.register) == before


async def test_a_day_is_named_and_the_next_working_day_proposed(signed_in_as: SignIn, asked: str) -> None:
    browser = await signed_in_as(APPROVER)

    async def said(day: str) -> str:
        return words_of(await browser.get(f"{asked}/ngay", params={"choice": "counter", "day": day}))

    assert await said("2026-07-04") == "thứ Bảy 04/07/2026: là ngày nghỉ; chọn thứ Hai 06/07/2026"
    assert await said("2026-07-15") == "thứ Tư 15/07/2026: muộn nhất là 14/07/2026; chọn thứ Ba 14/07/2026"
    assert await said("2026-06-30") == "thứ Ba 30/06/2026: sớm nhất là 01/07/2026; chọn thứ Tư 01/07/2026"
    assert await said("2026-07-06") == "thứ Hai 06/07/2026"
    assert await said("") == ""
    bad = await browser.get(f"{asked}/ngay", params={"choice": "counter", "day": "31/6"})
    assert bad.status_code == 422


async def test_each_reader_has_their_own_place_in_a_question(signed_in_as: SignIn, asked: str) -> None:
    approver, head = await signed_in_as(APPROVER), await signed_in_as(HEAD)
    mine = words_of(await approver.get(asked))
    assert "Đồng ý gia hạn" in mine
    assert "chờ số liệu" in mine
    theirs = words_of(await head.get(asked))
    assert "Đang hỏi: người nghiệm thu Đảng ủy (approver)" in theirs
    assert "Đồng ý gia hạn" not in theirs
    own = words_of(await (await signed_in_as(OFFICER)).get(asked))
    assert "Không ai được tự quyết định báo cáo hoặc đề nghị của chính mình" in own
    assert (await (await signed_in_as("head-so-b")).get(asked)).status_code == 403
    english = words_of(await approver.get(f"{asked}?lang=en"))
    assert "so-a asks for an extension until 15/07/2026" in english
    assert "Grant the extension The deadline moves to the date asked for." in english


async def test_without_an_engine_nothing_is_lost_of_what_was_typed(signed_in_as: SignIn, asked: str) -> None:
    browser = await signed_in_as(APPROVER)
    said = {"choice": "refuse", "reason": "chưa đủ căn cứ", "message_id": new_id()}
    answer = await browser.post(asked, data=said)
    assert answer.status_code == 503
    assert "Chưa ghi gì" in words_of(answer)
    assert "chưa đủ căn cứ" in answer.text
    assert f'value="{said["message_id"]}"' in answer.text, "the same form again counts once"
    without = await browser.post(asked, data={"choice": "grant"})
    assert (without.status_code, "thiếu mã của lần gửi" in without.text) == (422, True)
    assert (await browser.post(asked, data={**said, "choice": "nonsense"})).status_code == 422


async def test_what_is_not_there_is_told_so(signed_in_as: SignIn, asked: str) -> None:
    browser = await signed_in_as(APPROVER)
    task = asked.split("/")[2]
    for path in (
        "/cau-hoi/task:none:1:x/approval.1",
        f"/cau-hoi/{task}/approval.9",
        f"/nhiem-vu/{task}/nonsense",
    ):
        assert (await browser.get(path)).status_code == 404, path


async def test_a_link_opens_its_question_and_nothing_else(
    browser: Browser, house: House, running: list[Running], asked: str
) -> None:
    task, question = asked.split("/")[2:]
    await browser.get(link_for(house, APPROVER, task, question))
    shown = await browser.get(asked)
    assert "Đồng ý gia hạn" in words_of(shown)
    form = {"csrf": hidden(shown)["csrf"], "message_id": new_id()}
    assert (await browser.post(asked, data={**form, "choice": "grant"})).status_code == 503, (
        "as far as the engine"
    )
    other = await browser.post(
        f"/cau-hoi/{task}/obstacle.9", data={**form, "choice": "resolve", "reason": "x"}
    )
    assert other.status_code == 403
    assert "Việc bạn có thể làm" not in words_of(await browser.get(f"/nhiem-vu/{task}"))
    assert (await browser.get(f"/nhiem-vu/{running[1].id}")).status_code in (303, 403)
    assert (await browser.get("/viec")).status_code == 303


async def test_a_task_tells_its_past_and_what_comes_as_explain_does(
    signed_in_as: SignIn, house: House, running: list[Running]
) -> None:
    task = running[0]
    file = Evidence(name="Bảng số liệu", where="https://vanban.example.invalid/1")
    await task.report(
        local(9, 10), document=Document(number="4/BC", dated=date(2026, 6, 8)), evidence=(file,)
    )
    shown = await (await signed_in_as(HEAD)).get(f"/nhiem-vu/{task.id}")
    said = words_of(shown)
    assert "10:00 09/06/2026 Officer-so-a nộp báo cáo kết quả: «đã làm xong»" in said
    assert "→ approver – chờ gửi" in said, "who was told"
    assert 'href="https://vanban.example.invalid/1" rel="noopener noreferrer"' in shown.text
    ahead = (await explained(house.register, task.id, 0, NOON)).ahead
    assert ahead
    assert [one.mark.at.isoformat() in shown.text for one in ahead] == [True] * len(ahead)
    assert all(one.why.said in said for one in ahead)


async def test_a_document_for_approval_has_its_own_words(signed_in_as: SignIn, house: House) -> None:
    whole = document()
    await save_plan(house.register, whole, "d1")
    (order,) = await orders_of(house.register, whole.directive.id, OfficeClock())
    put = Running(house.register, order, local(12, 9))
    assert whole.request
    facts, event = submitted(order, whole.request.submission(local(12, 9)), local(12, 9))
    await put.settle(Transition(facts=facts, events=(event,), at=event.at))
    reader = await signed_in_as("head-vp")
    shown = words_of(await reader.get(f"/cau-hoi/{put.id}/approval.1"))
    assert "Văn bản của so-a trình phê duyệt" in shown
    assert "Kính trình phê duyệt" in shown
    assert "Phê duyệt Văn bản qua bước này." in shown
    assert "Nghiệm thu" not in shown
    assert "Văn bản của so-a trình phê duyệt" in words_of(await reader.get("/viec"))


async def test_a_form_of_a_browser_that_hides_its_origin_is_known_by_its_word(
    signed_in_as: SignIn, asked: str
) -> None:
    """As Chromium sends a form of a page without a referrer."""
    browser = await signed_in_as(APPROVER)
    form = {"choice": "grant", "message_id": new_id()}
    ours = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post(asked, data=form, headers=ours)).status_code == 503, "as far as the engine"
    theirs = {**ours, "Sec-Fetch-Site": "cross-site"}
    assert (await browser.post(asked, data=form, headers=theirs)).status_code == 403
