"""From the delivered mail to the recorded decision and the workflow's next step, at a desk and on a telephone."""

from datetime import date

import pytest
from playwright.async_api import Page, expect

from directive.due import local_day
from directive.event import EventKind
from directive.message import Door
from directive.question import QuestionKind
from directive.task import State
from register.reading import events, marks_of, notices_of
from tests.browser.chromium import DESK, PHONE
from tests.browser.stack import Stack
from tests.browser.visiting import Visits, faults

pytestmark = pytest.mark.on("postgresql")
COMMITTED = date(2026, 7, 8)


async def test_a_head_commits_to_a_date_at_the_desk_and_the_ladder_waits_for_it(
    stack: Stack, visits: Visits
) -> None:
    task = stack.task("1.2", "ubnd-tinh")
    page = await visits.screen(size=DESK)
    await page.goto(stack.link("ubnd.pct", task))
    assert "/l/" not in page.url, "the token has left the address"
    shown = page.get_by_role("main")
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Đã quá hạn, chưa nhận được báo cáo")
    for needed in (
        "Trả lời chậm nhất: 08:00 thứ Sáu 03/07/2026",  # until when
        "thay Chủ tịch UBND tỉnh vắng mặt",  # why this person
        "Tập trung chỉ đạo quyết liệt, khẩn trương hoàn thành",  # the task as worded
        "hết ngày 30/06/2026",
        "từ nay đến hết tháng 6/2026",  # the letter's line
    ):
        await expect(shown).to_contain_text(needed)

    await page.locator("#c-commit > summary").click()
    await page.locator(f"#c-commit input[type=radio][value='{COMMITTED}']").check(force=True)
    await page.locator("#c-commit").get_by_role("button").click()
    await expect(page.locator(".notice.done")).to_contain_text("cam kết xong trong ngày 08/07/2026")
    assert await faults(page) == []

    last = (await events(stack.register, task))[-1]
    assert (last.kind, last.actor, last.on_behalf_of) == (EventKind.COMMITTED, "ubnd.pct", "ubnd.ct")
    assert last.door == Door.PAGE
    following = (await marks_of(stack.register, task))[0]
    assert following.kind is EventKind.ESCALATED
    assert following.level == 2
    assert local_day(following.at) == date(2026, 7, 9), "the next level, on the working day after the date"


async def test_an_approver_decides_by_two_touches_and_a_late_second_answer_is_told_who_decided(
    stack: Stack, visits: Visits
) -> None:
    task = stack.task("2", "du-so-tc")
    link = stack.link("du.pbt", task)
    page, other = await visits.screen(size=PHONE), await visits.screen(size=PHONE)
    await page.goto(link)
    await other.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Đảng ủy Sở Tài chính chờ nghiệm thu")
    await expect(page.get_by_role("main")).to_contain_text("31-NQ/ĐU (26/06/2026)")
    await page.get_by_role("button", name="Nghiệm thu", exact=True).tap()
    await expect(page.locator(".notice.done")).to_contain_text("nghiệm thu báo cáo")
    assert await faults(page) == []

    facts = await stack.facts(task)
    assert facts.state is State.COMPLETED
    assert not facts.open_question(QuestionKind.APPROVAL)
    last = (await events(stack.register, task))[-1]
    assert last.kind is EventKind.APPROVED

    await _return_it(other)
    await expect(other.get_by_role("main")).to_contain_text(
        "Phó Bí thư Thường trực Đảng ủy UBND tỉnh nghiệm thu báo cáo"
    )
    assert await faults(other) == []
    assert (await stack.facts(task)).state is State.COMPLETED

    await page.goto(link)
    await expect(page.get_by_role("main")).to_contain_text("Câu hỏi này đã xong")
    told = {one.person for one in await notices_of(stack.register, task) if one.event.id == last.id}
    assert {"du-so-tc.cv", "du-so-tc.tt"} <= told, "the unit hears of it"


async def _return_it(page: Page) -> None:
    """Answer otherwise, from a page that was opened before the decision."""
    await page.locator("#c-return > summary").tap()
    await page.locator("#c-return textarea").fill("Thiếu phụ lục số liệu.")
    await page.locator("#c-return").get_by_role("button").tap()


async def test_a_question_is_answered_with_the_keyboard_alone(stack: Stack, visits: Visits) -> None:
    task = stack.task("3", "ban-tc-du")
    page = await visits.screen(size=DESK)
    await page.goto(stack.link("du.pbt", task))
    await page.keyboard.press("Tab")
    assert await _focused(page) == "Đến nội dung chính"
    await page.keyboard.press("Enter")
    for _ in range(40):
        await page.keyboard.press("Tab")
        assert await _visibly(page), await _focused(page)
        if (await _focused(page)).startswith("Trả lại"):
            break
    await page.keyboard.press("Enter")
    await expect(page.locator("#c-return")).to_have_attribute("open", "")
    while await page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        await page.keyboard.press("Tab")
    await page.keyboard.type("Đề nghị bổ sung số liệu của 05 sở.")
    while await page.evaluate("document.activeElement.tagName") != "BUTTON":
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".notice.done")).to_contain_text("trả lại báo cáo")
    facts = await stack.facts(task)
    assert (facts.state, facts.rounds) == (State.IN_PROGRESS, 1)


async def _focused(page: Page) -> str:
    said: str = await page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
    return said.strip()


async def _visibly(page: Page) -> bool:
    """Whether what has the focus, or the box around it, has a ring that can be seen."""
    ring: bool = await page.evaluate(
        """() => [document.activeElement, document.activeElement.closest('label')].some((one) => {
          const style = one && getComputedStyle(one);
          return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        })"""
    )
    return ring
