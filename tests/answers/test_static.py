"""What the page serves is ours or is what its makers published, and asks nothing of another host."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "answers" / "static"
TEMPLATES = STATIC.parent / "templates"


def test_htmx_is_what_its_makers_published() -> None:
    said = re.search(r"htmx\.min\.js sha384-(\S+)", (STATIC / "README.md").read_text("utf-8"))
    assert said
    found = hashlib.sha384((STATIC / "htmx.min.js").read_bytes()).digest()
    assert base64.b64encode(found).decode() == said[1]


def test_every_file_that_is_served_is_explained() -> None:
    explained = (STATIC / "README.md").read_text("utf-8")
    assert [file.name for file in STATIC.iterdir() if f"`{file.name}`" not in explained] == ["README.md"]


@pytest.mark.parametrize("file", ["style.css", "page.js", "mark.svg"])
def test_nothing_is_fetched_from_another_host(file: str) -> None:
    own = (STATIC / file).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//\w|url\(|@import", own)


def test_no_template_has_a_script_or_a_style_of_its_own() -> None:
    """The Content-Security-Policy would refuse it in the browser, and the page would be without it."""
    for file in TEMPLATES.glob("**/*.j2"):
        page = file.read_text("utf-8")
        assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son[a-z]+=|javascript:", page), file.name
