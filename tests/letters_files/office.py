"""A small office for plans to be checked against, and the checking in one call."""

from datetime import date
from pathlib import Path

from directive.directory import Directory
from directive.plan import Plan
from letters.directory_file import load_directory
from letters.plan_file import load_plan
from letters.policy_file import policies_beside
from letters.problem import Problem
from register.calendars import shipped_calendar

EXAMPLE = Path(__file__).parents[2] / "examples" / "1346-cv-du"
CALENDAR = shipped_calendar()

DIRECTORY = """\
units:
  - {code: du, name: Đảng ủy, system: party, head: bi-thu, leadership: [bi-thu], approvers: [pho-bi-thu]}
  - {code: vp, name: Văn phòng, parent: du, head: chanh-vp, officers: [cv-vp]}
  - {code: so-khcn, name: Sở Khoa học và Công nghệ, aliases: [Sở KH&CN], head: gd-khcn, officers: [cv-khcn]}
  - {code: so-nv, name: Sở Nội vụ, head: gd-nv, officers: [cv-nv]}
  - {code: so-trong, name: Sở chưa có người}
  - {code: so-mot, name: Sở một người, head: mot, officers: [mot], approvers: [mot]}
groups:
  - {code: cac-so, name: Các sở, units: [so-khcn, so-nv]}
  - {code: hai-so, name: Hai sở, units: [so-nv, so-khcn]}
people:
  - {id: bi-thu, name: Bí thư}
  - {id: pho-bi-thu, name: Phó Bí thư}
  - {id: chanh-vp, name: Chánh Văn phòng}
  - {id: cv-vp, name: Chuyên viên Văn phòng}
  - {id: gd-khcn, name: Giám đốc}
  - {id: cv-khcn, name: Chuyên viên}
  - {id: gd-nv, name: Giám đốc}
  - {id: cv-nv, name: Chuyên viên}
  - {id: mot, name: Một người}
"""

HEAD = """\
directive:
  number: "1346-CV/ĐU"
  issued: 2026-05-29
  issuer: du
  subject: V/v thử
monitor: vp
approvers: [approver of the issuer]
tasks:
"""


def directory(text: str = DIRECTORY) -> Directory:
    made, problems = load_directory(text)
    assert made is not None, problems
    return made


def check(
    tasks: str, *, head: str = HEAD, late: bool = False, today: date | None = None, folder: Path = EXAMPLE
) -> tuple[Plan | None, list[Problem]]:
    """A plan with these tasks against the small office."""
    return load_plan(
        head + tasks,
        directory=directory(),
        calendar=CALENDAR,
        policies=policies_beside(folder),
        late=late,
        today=today,
    )


def told(problems: list[Problem]) -> list[tuple[int, str]]:
    """Line and code of each problem."""
    return [(one.line, one.code) for one in problems]
