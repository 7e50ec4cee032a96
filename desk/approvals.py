"""`approvals`: the documents that wait, or waited, for approval; they are counted among no tasks."""

from desk import person, screen, words
from desk.act import now
from desk.language import text
from desk.matter import speaking_of
from desk.office import directory_in_use, with_register
from directive.codes import APPROVAL
from directive.directory import Directory
from directive.task import Facts
from register.open import Register
from register.reading import TaskFilter, TaskRow, facts_of, tasks


def approvals(unit: str, *, everything: bool) -> None:
    """Print the approvals, of one asking unit where named; closed ones only with `everything`. Raises Stop."""

    async def work(register: Register) -> None:
        chosen = TaskFilter(approvals=True, units=(unit,) if unit else None, open_only=not everything)
        rows = await tasks(register, chosen, now())
        facts = await facts_of(register, [row.id for row in rows])
        with speaking_of(APPROVAL):
            _show(rows, facts, await directory_in_use(register))

    with_register(work)


def _show(rows: list[TaskRow], facts: dict[str, Facts], directory: Directory) -> None:
    screen.answer([{**row.model_dump(mode="json"), "asked": _asked(facts[row.id])} for row in rows])
    if not rows:
        screen.say(text("Không có văn bản trình nào.", "No documents for approval."))
        return
    names = person.namer(directory)
    columns = [
        text("Mã", "Id"),
        text("Số", "Number"),
        text("Nơi trình", "From"),
        text("Trạng thái", "State"),
        text("Đang hỏi", "Asked now"),
    ]
    body = [
        [
            row.id,
            row.number,
            names(row.unit),
            words.word(row.state),
            words.roles(_asked(facts[row.id]), names),
        ]
        for row in rows
    ]
    screen.table(columns, body)
    screen.say(f"{len(rows)} {text('văn bản trình', 'documents for approval')}")


def _asked(facts: Facts) -> tuple[str, ...]:
    """Who is asked now."""
    return tuple(dict.fromkeys(role for question in facts.questions for role in question.asked))
