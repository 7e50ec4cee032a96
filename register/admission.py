"""Whether somebody may speak in a role: what a signal, which no door has checked, is let in by."""

from directive.due import local_day
from directive.record import Admission, Admitted
from register.office import current_directory
from register.open import Register


async def admit(register: Register, admission: Admission) -> Admitted:
    """Look the actor's role up in the directory in force on the local day of `at`. Raises NotRecorded, RegisterDown.

    A role that is none is not welcome.
    """
    directory = await current_directory(register)
    try:
        seat = directory.seat_of(admission.actor, admission.role, local_day(admission.at), admission.officer)
    except ValueError:
        return Admitted(welcome=False)
    return Admitted(welcome=seat is not None, on_behalf_of=seat.on_behalf_of if seat else "")
