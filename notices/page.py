"""Letters as text and as HTML: the templates, with their style written into every element as well.

Some mail programs drop the style sheet; what they keep are the elements' own styles. The sheet stays, for what
depends on the screen: its width, and light or dark.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(("html.j2",), default_for_string=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_HOUR = re.compile(r"(\d\d) giờ (\d\d)")
_DATE = re.compile(r"(ngày) (\d\d?/\d\d?/\d{4})")
_INLINER = CSSInliner(keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False)


def rendered(template: str, facts: Mapping[str, object]) -> str:
    """The page with its facts; the same facts give the same bytes."""
    page = PAGES.get_template(template).render(facts)
    return _INLINER.inline(_kept_together(page)) if template.endswith(".html.j2") else page


def _kept_together(page: str) -> str:
    """No line ends within an hour or a date: "08 giờ 00", "ngày 30/6/2026"."""
    return _DATE.sub(
        "\\1\N{NO-BREAK SPACE}\\2", _HOUR.sub("\\1\N{NO-BREAK SPACE}giờ\N{NO-BREAK SPACE}\\2", page)
    )
