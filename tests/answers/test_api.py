"""The HTTP API: who is let in, what it tells in which language, and refusals as problem documents."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI

from answers import api
from answers.app import build
from answers.house import House
from register.audit import audited
from register.open import Register
from tests.answers.conftest import Browser, SignIn, browser_of, session_for
from tests.register.given import Running

TASK = "task:du.1346-cv-du-2026:1.1:so-a"
V1 = "/api/v1"
KEY = {"Idempotency-Key": "0b6c1d5e-7d0e-4c8e-9a54-2f1f4f7f9f10"}


@pytest.fixture
async def head(app: FastAPI, house: House, running: list[Running]) -> AsyncIterator[Browser]:
    """A program that knows the session of so-a's head."""
    async with browser_of(app) as opened:
        opened.headers["Authorization"] = f"Bearer {await session_for(house, 'head-so-a')}"
        yield opened


def problem(answer: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem document of an answer."""
    told: dict[str, Any] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, told["status"], told["kind"]) == (status, status, kind), told
    assert told["type"] == f"urn:dondoc:problem:{kind}"
    assert told["title"]
    assert told["remedy"]
    return told


async def test_a_program_is_known_by_its_bearer_token_and_needs_no_form(head: Browser) -> None:
    me = (await head.get(f"{V1}/me")).json()
    assert (me["person"], me["roles"], me["units"]) == ("head-so-a", ["head"], ["so-a"])
    problem(
        await head.post(f"{V1}/tasks/{TASK}/acts/acknowledge", headers=KEY, json={}),
        503,
        "engine_unreachable",
    )


async def test_who_is_not_signed_in_is_told_so_on_every_path(
    browser: Browser, running: list[Running]
) -> None:
    for path, operations in api.described()["paths"].items():
        for method in operations:
            answer = await browser.request(method, path.replace("{task}", TASK).replace("{digest}", "0" * 64))
            problem(answer, 401, "unsigned")
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_wrong_token_is_not_rescued_by_a_cookie(signed_in_as: SignIn, running: list[Running]) -> None:
    browser = await signed_in_as("head-so-a")
    assert (await browser.get(f"{V1}/me")).status_code == 200
    problem(await browser.get(f"{V1}/me", headers={"Authorization": "Bearer made-up"}), 401, "unsigned")


async def test_a_cookie_writes_only_with_its_form_token(signed_in_as: SignIn, running: list[Running]) -> None:
    browser = await signed_in_as("head-so-a")
    where = f"{V1}/tasks/{TASK}/acts/acknowledge"
    problem(await browser.post(where, headers=KEY, json={}), 503, "engine_unreachable")
    del browser.headers["X-CSRF-Token"]
    problem(await browser.post(where, headers=KEY, json={}), 403, "bad_form")


@pytest.mark.parametrize(
    ("query", "header", "said"),
    [("", "", "không có trang"), ("", "en-GB,vi;q=0.5", "there is no"), ("?lang=vi", "en", "không có trang")],
)
async def test_sentences_come_in_the_language_asked_for(
    head: Browser, query: str, header: str, said: str
) -> None:
    answer = await head.get(f"{V1}/tasks/khong-co{query}", headers={"Accept-Language": header})
    assert said in problem(answer, 404, "not_found")["title"]


async def test_the_list_comes_piece_by_piece_and_only_what_one_may_see(
    head: Browser, app: FastAPI, house: House
) -> None:
    async def every(browser: Browser, **more: str) -> list[str]:
        found, after = [], ""
        while True:
            piece = (await browser.get(f"{V1}/tasks", params={"limit": 1, "after": after, **more})).json()
            found += [one["id"] for one in piece["tasks"]]
            if piece["next"] is None:
                return found
            after = piece["next"]

    assert await every(head) == [TASK, "task:du.1346-cv-du-2026:1.2:so-a"]
    assert await every(head, unit="so-b") == []
    async with browser_of(app) as office:
        office.headers["Authorization"] = f"Bearer {await session_for(house, 'head-vp')}"
        assert len(await every(office)) == 4
        assert await every(office, unit="so-b") == ["task:du.1346-cv-du-2026:1.2:so-b"]
        assert await every(office, search="VIEC 1.1") == [TASK]
        assert await every(office, light="overdue") == []


async def test_a_task_is_told_in_sentences_with_what_happened_and_what_comes(head: Browser) -> None:
    told = (await head.get(f"{V1}/tasks/{TASK}", headers={"Accept-Language": "en"})).json()
    assert told["due_said"] == "the end of 30/06/2026"
    assert told["past"][0]["said"].startswith("Assigned to officer of so-a")
    assert told["ahead"][0]["said"] == "reminder to acknowledge → officer of so-a"
    assert "acknowledge" in told["may"]
    problem(await head.get(f"{V1}/tasks/task:du.1346-cv-du-2026:1.2:so-b"), 403, "not_yours")


async def test_what_a_rule_refuses_is_a_conflict_and_what_does_not_fit_names_its_field(
    head: Browser, house: House
) -> None:
    where = f"{V1}/tasks/{TASK}/acts"
    refused = await head.post(f"{where}/reassign", headers=KEY, json={"person": "nobody"})
    problem(refused, 409, "unknown_person")
    problem(await head.post(f"{where}/withdraw", headers=KEY, json={"reason": "x"}), 403, "wrong_role")
    slip = await head.post(f"{where}/reassign", headers=KEY, json={"person": 3, "more": 1})
    assert problem(slip, 422, "bad_request")["facts"] == {"fields": ["more", "person"]}
    assert problem(await head.post(f"{where}/refuse", json={"reason": "x"}), 422, "bad_request")["facts"] == {
        "fields": ["Idempotency-Key"]
    }
    problem(await head.put(f"{where}/refuse", json={}), 405, "method_not_allowed")
    told = {(one.did, one.result) for one in await audited(house.register)}
    assert {("reassign", "unknown_person"), ("withdraw", "wrong_role")} <= told


async def test_evidence_names_a_link_or_a_file_that_was_sent(head: Browser) -> None:
    where = f"{V1}/tasks/{TASK}/acts/report"
    unknown = {"text": "xong", "evidence": [{"name": "x", "where": "sha256:" + "0" * 64}]}
    problem(await head.post(where, headers=KEY, json=unknown), 409, "evidence_unknown")
    script = {"text": "xong", "evidence": [{"name": "x", "where": "javascript:alert(1)"}]}
    problem(await head.post(where, headers=KEY, json=script), 422, "bad_request")


async def test_a_register_that_is_down_is_told_as_503(house: House) -> None:
    token = await session_for(house, "head-so-a")
    gone = Register.open("sqlite+aiosqlite:////nowhere/register.db")
    async with browser_of(build(replace(house, register=gone))) as browser:
        answer = await browser.get(f"{V1}/me", headers={"Authorization": f"Bearer {token}"})
    problem(answer, 503, "register_unreachable")
    await gone.close()


async def test_the_numbers_are_those_of_the_units_one_may_see(head: Browser) -> None:
    told = (await head.get(f"{V1}/summary", params={"by": "unit"})).json()
    assert [(row["key"], row["received"]) for row in told["rows"]] == [("so-a", 2)]
    every = {"first": "0001-01-01", "last": "9999-12-31"}
    assert (await head.get(f"{V1}/summary", params=every)).json()["rows"] == told["rows"]


def test_the_description_names_every_operation_every_way_in_and_every_refusal() -> None:
    described = api.described()
    assert described["openapi"] == "3.1.0"
    operations = [one for path in described["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names) == 25
    for one in operations:
        assert one["security"][0] == {"bearer": []}
        assert {"400", "401", "403", "422", "500", "503"} <= set(one["responses"])
        assert one.get("description") or one.get("summary")
    assert set(described["components"]["securitySchemes"]) == {"bearer", "session", "form"}
    assert "HTTPValidationError" not in described["components"]["schemas"]
