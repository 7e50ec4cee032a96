"""What `assign` says of a directive whose assignment was taken back: an id is used once for ever."""

from desk import words
from desk.exit import Code, Stop
from directive.plan import Plan
from directive.unassigning import Unassignment
from register.open import Register
from register.unassigned import unassignment_of


async def not_taken_back(register: Register, plan: Plan) -> None:
    """Raises Stop where the plan's assignment was taken back, with the two ways to give the work again."""
    if decision := await unassignment_of(register, plan.directive.id):
        raise _taken_back(plan, decision)


def _taken_back(plan: Plan, decision: Unassignment) -> Stop:
    number, when = plan.directive.number, words.moment(decision.at)
    return Stop(
        Code.REFUSED,
        f"việc giao {number} đã được rút lại lúc {when} ({decision.actor}: {decision.reason})",
        f"the assignment of {number} was taken back at {when} ({decision.actor}: {decision.reason})",
        f"ban hành lại thì giao theo số mới; vẫn văn bản ấy thì ghi trong kế hoạch number: «{number} (lần 2)»",
        f"a letter issued anew is assigned by its new number; for the same letter write number: «{number} (lần 2)»"
        " into the plan",
        kind="taken_back",
        detail={"directive": decision.directive, "at": decision.at.isoformat(), "by": decision.actor},
    )
