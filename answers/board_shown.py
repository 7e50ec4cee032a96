"""A board in words: tiles, charts, lines of the list, and what its filters can be set to."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from answers.board_asked import Asked
from answers.reader import Reader
from desk import causes, words
from desk.language import text
from desk.person import namer
from directive.directory import Directory
from directive.light import Light, LightKind
from directive.task import State
from register.board import BoardShown, DirectiveName, View
from register.counts import Lights
from register.late import Late
from register.pages import Sort

FIRST = 8
"""Units and directives in a chart before somebody asks for all."""

OPEN = (
    LightKind.OVERDUE,
    LightKind.DUE_SOON,
    LightKind.IN_TIME,
    LightKind.NO_DEADLINE,
    LightKind.STOPPED,
)
"""The lights of open tasks, the gravest first, as every chart stacks them."""

VIEWS = {
    View.LATE: ("Quá hạn", "Overdue"),
    View.UNDECIDED: ("Cần xử lý", "To be decided"),
    View.TASKS: ("Tất cả", "All"),
}
SORTS = {
    Sort.LATE: ("Quá hạn lâu nhất trước", "Longest overdue first"),
    Sort.DUE: ("Đến hạn trước", "Due first"),
    Sort.LIGHT: ("Theo đèn", "By light"),
    Sort.UNIT: ("Theo đơn vị", "By unit"),
    Sort.DIRECTIVE: ("Theo văn bản", "By directive"),
    Sort.CHANGED: ("Mới thay đổi", "Changed last"),
}

Choice = tuple[str, str]


class Tile(NamedTuple):
    """How many tasks show a light, and the address of those."""

    kind: str
    said: str
    many: int
    href: str
    current: bool


class Bar(NamedTuple):
    """A unit or a directive: its lights as parts of a bar, and in numbers that lead to the tasks."""

    name: str
    more: str
    parts: list[tuple[str, str, int]]
    overdue: int
    due_soon: int
    total: int
    href: str
    href_overdue: str
    href_due_soon: str


class Chart(NamedTuple):
    """The bars, the gravest first; `rest` is how many are left out, `href` shows them."""

    bars: list[Bar]
    rest: int
    href: str


class Line(NamedTuple):
    """A task of the list in words; `late` is how far it is overdue by its official outcome."""

    id: str
    which: str
    unit: str
    work: str
    state: State
    light: Light
    late: Light
    due: str
    cause: str
    href: str


def number(count: int) -> str:
    """A number as people write it: `21.396`, in English `21,396`."""
    return text(f"{count:,}".replace(",", "."), f"{count:,}")


def tiles(shown: BoardShown, asked: Asked) -> list[Tile]:
    """A tile for each light of open tasks."""
    total = shown.counts.total
    now = asked.filters.get("light", "")
    return [_tile(kind, total[kind], asked, current=now == kind) for kind in OPEN]


def _tile(kind: LightKind, count: int, asked: Asked, *, current: bool) -> Tile:
    href = asked.address(light="" if current else kind.value, view=View.TASKS, sort="")
    return Tile(kind.value, words.word(kind), count, href, current)


def charts(shown: BoardShown, asked: Asked, names: words.Names) -> tuple[Chart, Chart]:
    """By unit and by directive."""

    def directive(code: str) -> tuple[str, str]:
        known = shown.names.get(code, DirectiveName(code, code, ""))
        return known.number, known.subject

    units = _chart(shown.counts.units, asked, "unit", lambda code: (names(code), ""))
    return units, _chart(shown.counts.directives, asked, "directive", directive)


def _chart(
    counted: dict[str, Lights], asked: Asked, field: str, named: Callable[[str], tuple[str, str]]
) -> Chart:
    ranked = sorted(counted.items(), key=lambda one: (*(-one[1][kind] for kind in OPEN), named(one[0])[0]))
    most = len(ranked) if asked.every else FIRST
    bars = [_bar(key, lights, asked, field, named(key)) for key, lights in ranked[:most]]
    return Chart(bars, len(ranked) - len(bars), asked.address(all="1"))


def _bar(key: str, lights: Lights, asked: Asked, field: str, name: tuple[str, str]) -> Bar:
    def address(light: str) -> str:
        return asked.address(**{field: key, "light": light, "view": View.TASKS, "sort": ""})

    parts = [(kind.value, words.word(kind), lights[kind]) for kind in (*OPEN, LightKind.DONE)]
    soon, late = lights[LightKind.DUE_SOON], lights[LightKind.OVERDUE]
    total = lights.total()
    return Bar(*name, parts, late, soon, total, address(""), address("overdue"), address("due_soon"))


def shares(lights: Lights) -> list[tuple[str, str, int]]:
    """The parts of one bar for all of them."""
    return [(kind.value, words.word(kind), lights[kind]) for kind in OPEN]


def lines(listed: Iterable[Late], names: words.Names) -> list[Line]:
    """The tasks of the list."""
    return [_line(one, names) for one in listed]


def _line(one: Late, names: words.Names) -> Line:
    row = one.row
    return Line(
        id=row.id,
        which=f"{row.number}/{row.code}",
        unit=names(row.unit),
        work=row.work,
        state=row.state,
        light=row.light,
        late=one.late,
        due=words.day(row.due_day) if row.due_day else "",
        cause="" if row.closed_at else _begun(causes.said(one.why, names)),
        href=f"/nhiem-vu/{row.id}",
    )


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def views(shown: BoardShown, asked: Asked) -> list[tuple[str, int, str, bool]]:
    """The lists to choose from: words, how many, address, and whether it is the one shown."""
    return [
        (text(*said), shown.totals[view], asked.address(view=view, sort=""), view is asked.view)
        for view, said in VIEWS.items()
    ]


def sorts(view: View) -> list[Choice]:
    """What the list can be sorted by."""
    return [
        (one.value, text(*said)) for one, said in SORTS.items() if one is not Sort.LATE or view is View.LATE
    ]


def choices(
    reader: Reader, seen: tuple[str, ...] | None, known: list[DirectiveName]
) -> dict[str, list[Choice]]:
    """What each filter can be set to by this reader."""
    directory = reader.directory
    units = [one for one in directory.units if seen is None or one.code in seen]
    parents = {one.parent for one in units if one.parent}
    officers = dict.fromkeys(person for unit in units for person in unit.officers)
    whole = text("Tất cả", "All")
    return {
        "directive": [("", whole), *((one.id, _titled(one)) for one in known)],
        "unit": [("", whole), *((one.code, one.name) for one in units)],
        "group": [("", whole), *((one.code, one.name) for one in directory.groups)],
        "parent": [("", whole), *((one.code, one.name) for one in directory.units if one.code in parents)],
        "officer": [("", whole), *_people(directory, officers)],
        "state": [("", text("Đang mở", "Open")), *((one.value, words.word(one)) for one in _STATES)],
        "light": [("", whole), *((one.value, words.word(one)) for one in (*OPEN, LightKind.DONE))],
    }


_STATES = [one for one in State if one is not State.REFUSED]


def _titled(one: DirectiveName) -> str:
    title = " ".join(one.subject.split())
    return f"{one.number} – {title[:60]}{'…' if len(title) > 60 else ''}" if title else one.number


def _people(directory: Directory, codes: Iterable[str]) -> list[Choice]:
    names = namer(directory)
    people = ((code, names(code)) for code in codes)
    return sorted(people, key=lambda one: one[1])


def filters_said(asked: Asked, known: dict[str, list[Choice]]) -> list[tuple[str, str]]:
    """The filters in force in words, each with the address of the board without it."""
    found = []
    for field, value in asked.filters.items():
        named: dict[str, Any] = dict(known.get(field, ()))
        said = ", ".join(str(named.get(one, one)) for one in value.split(","))
        found.append((f"{text(*LABELS[field])}: {said}", asked.address(**{field: ""})))
    return found


LABELS = {
    "q": ("Tìm", "Search"),
    "directive": ("Văn bản", "Directive"),
    "unit": ("Đơn vị", "Unit"),
    "group": ("Nhóm đơn vị", "Group of units"),
    "parent": ("Cấp trên trực tiếp", "Under"),
    "code": ("Mã nhiệm vụ", "Task code"),
    "officer": ("Chuyên viên", "Officer"),
    "state": ("Trạng thái", "State"),
    "light": ("Đèn", "Light"),
    "due-from": ("Hạn từ ngày", "Due from"),
    "due-to": ("Hạn đến ngày", "Due until"),
}
