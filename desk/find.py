"""What people type for a task or a directive, found in the register; an ambiguous word lists the choices."""

from desk.exit import Stop, bad_input
from register.open import Register
from register.reading import Found, TaskRef, find_directives, find_tasks

SHOWN = 12
WORK = 60
"""Letters of a task's wording that tell it from its like."""


async def task(register: Register, typed: str) -> TaskRef:
    """The one task meant. Raises Stop where there is none, or more than one."""
    for form in _forms(typed):
        found = await find_tasks(register, form)
        if found.only:
            return found.only
        if found.tasks:
            raise _ambiguous(typed, found)
    raise bad_input(
        f"không có nhiệm vụ «{typed}» trong sổ theo dõi",
        f"there is no task «{typed}» in the register",
        "xem `tasks`; gõ như 1346-CV/ĐU/1.2 hoặc thêm mã đơn vị: 1346-CV/ĐU/1.2/so-khcn",
        "see `tasks`; type it as 1346-CV/ĐU/1.2 or add the unit's code: 1346-CV/ĐU/1.2/so-khcn",
        kind="unknown_task",
    )


async def directive(register: Register, typed: str) -> str:
    """The id of the one directive meant; empty where nothing was typed. Raises Stop."""
    if not typed.strip():
        return ""
    found = await find_directives(register, typed)
    if len(found) == 1:
        return found[0].id
    if found:
        listed = "; ".join(f"{one.number} ({one.issuer}): {one.id}" for one in found[:SHOWN])
        raise bad_input(
            f"«{typed}» có thể là nhiều văn bản: {listed}",
            f"«{typed}» may mean several directives: {listed}",
            "gõ mã đầy đủ",
            "type the whole id",
            kind="ambiguous",
        )
    raise bad_input(
        f"không có văn bản «{typed}» trong sổ theo dõi",
        f"there is no directive «{typed}» in the register",
        "xem `summary --by directive`",
        "see `summary --by directive`",
        kind="unknown_directive",
    )


def _forms(typed: str) -> list[str]:
    """`1346-CV/ĐU/1.2/so-khcn` as words: numbers hold slashes too, so they are taken apart from the right."""
    parts = typed.strip().split("/")
    return [" ".join(["/".join(parts[:kept]), *parts[kept:]]) for kept in range(len(parts), 0, -1)]


def _ambiguous(typed: str, found: Found) -> Stop:
    ids = [one.id for one in found.tasks[:SHOWN]]
    more = found.more or len(found.tasks) > SHOWN
    lines = [f"    {one.id}  {_short(one.work)}" for one in found.tasks[:SHOWN]]
    listed = "\n".join(lines) + ("\n    …" if more else "")
    stop = bad_input(
        f"«{typed}» có thể là nhiều nhiệm vụ:\n{listed}",
        f"«{typed}» may mean several tasks:\n{listed}",
        "gõ thêm mã nhiệm vụ hoặc mã đơn vị, ví dụ 1346-CV/ĐU/1.2/so-khcn",
        "add the task's code or the unit's, for example 1346-CV/ĐU/1.2/so-khcn",
        kind="ambiguous",
    )
    stop.detail = {"choices": ids, "more": more}
    return stop


def _short(work: str) -> str:
    one = " ".join(work.split())
    return one if len(one) <= WORK else f"{one[:WORK].rsplit(' ', 1)[0]}…"
