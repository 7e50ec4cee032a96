"""Evidence on the page: an attachment for whoever may see a task that uses it, and never shown inside."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.app import build
from answers.filled import new_id
from answers.house import House
from desk.evidence import path_of
from desk.settings import settings
from register.audit import audited
from tests.answers.conftest import Browser, SignIn, browser_of
from tests.answers.given import link_for
from tests.register.given import Running

TASK = "task:du.1346-cv-du-2026:1.1:so-a"
CONTENT = "Số liệu quý II".encode()
DIGEST = hashlib.sha256(CONTENT).hexdigest()
PLACE = f"/minh-chung/{DIGEST}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    settings.cache_clear()
    yield
    settings.cache_clear()


async def bring(browser: Browser, name: str = "Số liệu.txt", content: bytes = CONTENT) -> int:
    """Send a file by the API; the status."""
    answer = await browser.post(f"/api/v1/tasks/{TASK}/files", files={"file": (name, content)})
    return answer.status_code


async def test_a_file_is_handed_out_as_an_attachment_and_never_shown(
    signed_in_as: SignIn, running: list[Running]
) -> None:
    officer, head = await signed_in_as("officer-so-a"), await signed_in_as("head-so-a")
    assert await bring(officer) == 201
    for place in (PLACE, f"/api/v1/files/{DIGEST}"):
        answer = await head.get(place)
        assert answer.content == CONTENT
        assert answer.headers["content-disposition"].startswith('attachment; filename="S__li_u.txt"')
        assert "filename*=UTF-8''S%E1%BB%91%20li%E1%BB%87u.txt" in answer.headers["content-disposition"]
        assert answer.headers["content-type"] == "text/plain"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"


async def test_who_may_not_see_the_task_is_told_that_there_is_no_such_file(
    signed_in_as: SignIn, browser: Browser, running: list[Running]
) -> None:
    assert await bring(await signed_in_as("officer-so-a")) == 201
    assert (await (await signed_in_as("head-so-b")).get(PLACE)).status_code == 404
    assert (await (await signed_in_as("head-vp")).get(PLACE)).status_code == 200
    assert (await browser.get(PLACE)).status_code == 303
    assert (await (await signed_in_as("head-vp")).get("/minh-chung/..%2f..%2fregister.db")).status_code == 404
    assert (await (await signed_in_as("head-vp")).get(f"/minh-chung/{'0' * 64}")).status_code == 404


async def test_a_mailed_link_opens_the_evidence_of_its_own_task_only(
    signed_in_as: SignIn, house: House, running: list[Running]
) -> None:
    assert await bring(await signed_in_as("officer-so-a")) == 201
    other = "task:du.1346-cv-du-2026:1.2:so-b"
    for task, status in ((TASK, 200), (other, 404)):
        async with browser_of(build(house)) as browser:
            await browser.get(link_for(house, "approver", task))
            assert (await browser.get(PLACE)).status_code == status


async def test_a_file_that_comes_with_an_answer_of_somebody_who_is_not_asked_is_not_kept(
    signed_in_as: SignIn, running: list[Running]
) -> None:
    task = running[0]
    while not task.facts.questions:
        await task.take_next()
    (question,) = task.facts.questions
    overseer = await signed_in_as("head-vp")  # sees every task and is asked nothing
    told = {"message_id": new_id(), "choice": "report", "csrf": overseer.headers["X-CSRF-Token"]}
    files = {"file": ("Số liệu.txt", CONTENT)}
    answer = await overseer.post(f"/cau-hoi/{task.id}/{question.id}", data=told, files=files)
    assert answer.status_code == 403
    assert not path_of(DIGEST).exists()
    assert (await overseer.get(PLACE)).status_code == 404


async def test_a_file_that_is_refused_is_told_in_words_and_audited(
    signed_in_as: SignIn, house: House, running: list[Running]
) -> None:
    officer = await signed_in_as("officer-so-a")
    assert await bring(officer, "a.pdf", b"MZ\0\0") == 409
    assert await bring(await signed_in_as("head-so-b")) == 403
    (last, *_) = await audited(house.register)
    assert (last.did, last.result) == ("bring_file", "evidence_type")


async def test_a_content_that_is_gone_is_told_as_lost(signed_in_as: SignIn, running: list[Running]) -> None:
    officer = await signed_in_as("officer-so-a")
    assert await bring(officer) == 201
    path_of(DIGEST).unlink()
    answer = await officer.get(f"/api/v1/files/{DIGEST}")
    assert (answer.status_code, answer.json()["kind"]) == (503, "file_lost")
