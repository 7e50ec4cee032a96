"""What a task's workflow calls: one transition recorded, one signal let in."""

from temporalio import activity

from activities.alive import signs_of_life
from activities.waking import Waking
from directive.record import Admission, Admitted, Recorded, Transition
from register.admission import admit
from register.open import Register
from register.record import record


class Recording:
    """Writes transitions into the register, and wakes whom they concern."""

    def __init__(self, register: Register, waking: Waking) -> None:
        self._register = register
        self._waking = waking

    @activity.defn
    async def record(self, transition: Transition) -> Recorded:
        """Record one transition in one transaction, then wake delivery and the directive where they need it.

        Repeating it writes nothing and wakes the same again, so that a worker killed in between loses nothing.
        """
        async with signs_of_life():
            recorded = await record(self._register, transition)
            await self._waking.after(transition)
        return recorded

    @activity.defn
    async def admit(self, admission: Admission) -> Admitted:
        """Whether the sender of a signal holds the role it speaks in."""
        async with signs_of_life():
            return await admit(self._register, admission)
