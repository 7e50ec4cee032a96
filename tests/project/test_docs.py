"""The documents are true to the program: commands, settings, policy keys, links, the tour."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from typer.core import TyperGroup

from desk.app import build
from desk.settings import Settings
from directive.policy import DeliveryPolicy, Ladder, Level, Policy, QuestionPolicy, Reminder
from letters.policy_check import LIMITS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = [page for page in DOCS if page.name != "cli.md"]
EVERYTHING = "\n".join(page.read_text(encoding="utf-8") for page in DOCS)
TOUR = re.compile(r"<!-- tour -->\n```console\n(?P<lines>.*?)```\n<!-- /tour -->", re.DOTALL)
FENCED = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)(?P<file>[^)#\s]*)(?:#(?P<place>[^)\s]+))?\)")
GROUPS = {"directory", "calendar", "policy", "webhook", "outbox", "session", "absence"}
COMMAND = re.compile(rf"starter\.py ((?:(?:{'|'.join(sorted(GROUPS))}) )?[a-z][a-z-]+)(?=[ `\n])")
SETTING = re.compile(r"\b(?:DONDOC|TEMPORAL)_[A-Z_]*[A-Z]\b")
OTHERS = {
    # of the compose file's jobs, told in deploy/README.md
    "DONDOC_PASSWORD",
    "TEMPORAL_PASSWORD",
}


def commands() -> list[str]:
    """Every command, groups spelled out: `directory import`."""

    def of(group: TyperGroup, path: str) -> Iterator[str]:
        for name, command in group.commands.items():
            if isinstance(command, TyperGroup):
                yield from of(command, f"{path}{name} ")
            else:
                yield f"{path}{name}"

    root = typer.main.get_command(build())
    assert isinstance(root, TyperGroup)
    return list(of(root, ""))


def settings_read() -> set[str]:
    """Every variable that the code names, and those that the settings' fields make."""
    named = {f"DONDOC_{name.upper()}" for name in Settings.model_fields}
    rooms = ("desk", "answers", "register", "activities", "notices", "letters", "directive", "workflows")
    files = [ROOT / "worker.py", ROOT / "starter.py", ROOT / "docker-compose.yml", ROOT / "Makefile"]
    for room in (*rooms, "tests/register"):
        files += (ROOT / room).rglob("*.py")
    for file in files:
        named |= set(SETTING.findall(file.read_text(encoding="utf-8")))
    return named - OTHERS


def slug(heading: str) -> str:
    """The anchor that a heading gets where Markdown is shown."""
    plain = unicodedata.normalize("NFC", heading).strip().lower()
    return "".join(one for one in plain if one.isalnum() or one in " -_").replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """The places of a page that a link may name."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    return {slug(found) for found in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_documents(command: str) -> None:
    assert re.search(rf"`?starter\.py {command}(?![a-z-])", EVERYTHING)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.name)
def test_no_document_names_a_command_that_is_not_there(page: Path) -> None:
    known = set(commands())
    text = page.read_text(encoding="utf-8")
    named = set(COMMAND.findall(text)) - GROUPS
    assert named <= known, named - known


@pytest.mark.parametrize("name", sorted(settings_read()))
def test_every_setting_is_told_to_operators(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for found in LINK.finditer(FENCED.sub("", page.read_text(encoding="utf-8"))):
        target = (page.parent / found["file"]).resolve() if found["file"] else page
        assert target.exists(), found[0]
        if found["place"]:
            assert found["place"] in anchors(target), found[0]


@pytest.mark.parametrize(
    "model",
    [Policy, Ladder, Level, QuestionPolicy, Reminder, DeliveryPolicy],
    ids=lambda model: model.__name__,
)
def test_every_key_of_a_policy_is_documented(model: type[BaseModel]) -> None:
    text = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    for name in model.model_fields:
        assert f"`{name}`" in text or f"`{name}:" in text, name


def test_the_limits_of_a_policy_are_those_of_the_check() -> None:
    rows = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8").splitlines()
    for key, limit in LIMITS.items():
        told = [row for row in rows if f"`{key}`" in row]
        assert any(re.search(rf"(?<!\d){limit}(?!\d)", row) for row in told) or key == "count", (key, limit)


def test_the_standard_numbers_are_those_of_the_file() -> None:
    policy = (ROOT / "letters" / "policies" / "standard.yaml").read_text(encoding="utf-8")
    rows = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8").splitlines()
    plain = re.findall(r"^ *(\w+): \"?([\d:]+)\"?(?: |$)", policy, re.MULTILINE)
    assert len(plain) > 15
    for key, number in plain:
        told = [row for row in rows if row.startswith(f"| `{key}` ")]
        assert told, key
        assert any(re.search(rf"\| {number}[ (]", row) for row in told), (key, number)


def test_the_tour_does_what_the_issue_names_and_starts_with_the_program() -> None:
    found = TOUR.search(README.read_text(encoding="utf-8"))
    assert found
    lines = found["lines"].splitlines()
    assert all(line.startswith("$ .venv/bin/python starter.py ") for line in lines)
    verbs = [line.split("starter.py ", 1)[1].split()[0] for line in lines]
    wanted = "read check preview assign tasks show acknowledge report inbox answer summary".split()
    assert list(dict.fromkeys(verbs)) == wanted


def test_readme_names_targets_that_the_makefile_has() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^|\$ )make ([a-z-]+)", EVERYTHING, re.MULTILINE))
    assert named
    assert named <= targets, named - targets


def test_the_files_that_documents_name_are_there() -> None:
    rooms = "directive letters workflows activities register notices desk examples deploy tests docs".split()
    named = set(re.findall(rf"`((?:{'|'.join(rooms)})/[\w./-]*\w\.(?:py|yaml|md|sh))`", EVERYTHING))
    missing = [file for file in sorted(named) if not (ROOT / file).exists()]
    assert not missing


def test_decisions_say_why_in_a_few_sentences() -> None:
    text = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8")
    for part in text.split("\n### ")[1:]:
        title, _, body = part.partition("\n")
        said = body.split("\n## ")[0].strip()
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", said)) <= 7, title


def test_no_document_is_longer_than_a_screen_is_wide() -> None:
    """Lines of prose are wrapped; tables, links and what programs print may be longer."""
    for page in WRITTEN:
        for number, line in enumerate(FENCED.sub("", page.read_text(encoding="utf-8")).splitlines(), start=1):
            assert len(line) <= 150 or line.startswith(("|", "- [")), f"{page.name}: {number}"
