"""Who sees what on the page. Who may *do* what is proved by the desk and judged by the task's workflow."""

from answers.reader import PageRole, Reader
from desk.exit import Code, Stop
from directive.message import Act
from directive.roles import parse_role
from directive.task import Facts

_SEE_ALL = frozenset({PageRole.ADMINISTRATOR, PageRole.MONITOR, PageRole.READER})
_UNITS_OWN = frozenset(
    {
        Act.ACKNOWLEDGE,
        Act.REFUSE,
        Act.PROGRESS,
        Act.REPORT,
        Act.REQUEST_EXTENSION,
        Act.RAISE_OBSTACLE,
    }
)
_BOARD = _SEE_ALL | {PageRole.HEAD, PageRole.APPROVER}


def sees_all(reader: Reader) -> bool:
    """Whether every task of the office is shown to them."""
    return reader.link is None and bool(reader.roles & _SEE_ALL)


def sees_task(reader: Reader, facts: Facts) -> bool:
    """Whether a task is shown: a link shows its own task, a role those of its units, a question those it asks."""
    if reader.link is not None:
        return reader.link.task == facts.task.id
    if sees_all(reader) or facts.task.unit in reader.units or facts.task.issuer in reader.issuers:
        return True
    return facts.officer == reader.person.id or _is_asked(reader, facts)


def _is_asked(reader: Reader, facts: Facts) -> bool:
    """Whether an open question, or a stage of the task's route, is put to a unit of the reader's."""
    asked = {one for question in facts.questions for one in question.asked}
    asked |= {one for stage in facts.task.route for one in stage.asks}
    return any(parse_role(one)[1] in reader.units for one in asked)


def answers_question(reader: Reader, task: str, question: str) -> bool:
    """Whether the way they came lets them answer it: a link answers its own question only."""
    if reader.link is None:
        return True
    return (reader.link.task, reader.link.question) == (task, question)


def does_act(reader: Reader, task: str, act: Act) -> bool:
    """Whether the way they came lets them do an act.

    A link to a task does what its mail may ask of the unit; one to a question confirms, beside its answer, that the
    task has arrived. What the assigning side does needs a session.
    """
    if reader.link is None:
        return True
    return reader.link.task == task and act in ({Act.ACKNOWLEDGE} if reader.link.question else _UNITS_OWN)


def sees_board(reader: Reader) -> bool:
    """Whether the board and the reports are shown: everything, or the reader's own units."""
    return reader.link is None and bool(reader.roles & _BOARD)


def units_seen(reader: Reader) -> tuple[str, ...] | None:
    """The units whose tasks lists show, in order; None for all, an empty tuple for none."""
    if reader.link is not None:
        return ()
    return None if sees_all(reader) else tuple(sorted(reader.units))


def administers(reader: Reader) -> bool:
    """Whether they look after the installation: sessions, the audit, freezing a report."""
    return reader.link is None and PageRole.ADMINISTRATOR in reader.roles


def monitors(reader: Reader) -> bool:
    """Whether they act for the monitoring office: they make and send its reports."""
    return reader.link is None and bool(reader.roles & {PageRole.ADMINISTRATOR, PageRole.MONITOR})


def need(allowed: bool) -> None:
    """Raises Stop (403) where something is not for the reader."""
    if not allowed:
        raise not_yours()


def not_yours() -> Stop:
    """What to say of a page that is there, but not for the reader."""
    return Stop(
        Code.REFUSED,
        "trang này không thuộc phạm vi của bạn",
        "this page is not for you to see",
        "trở về việc của bạn, hoặc đề nghị quản trị viên xem lại vai trò trong danh bạ",
        "go back to your own work, or ask the administrator to look at your role in the directory",
        kind="not_yours",
    )
