"""Notices that were written to one person and go to another: who holds the role changed before they were sent.

An absence recorded in between, its first day, a new head: whoever holds the role on the day of sending is told.
"""

from collections.abc import Iterable, Iterator

from directive.directory import Seat
from directive.due import local_day
from notices.gather import Batch
from notices.office import Office
from register.outbox_models import Notice


def handed_over(batches: Iterable[Batch], office: Office) -> list[tuple[Notice, tuple[Seat, ...]]]:
    """The notices that are ready for people who do not hold the role today, with those who do.

    Where nobody holds it any more the notice stays with whom it was written to: they are asked, and the ladder
    goes on.
    """
    ready = [notice for batch in batches for notice in (*batch.told, *batch.muted)]
    return list(_moved(ready, office))


def _moved(ready: Iterable[Notice], office: Office) -> Iterator[tuple[Notice, tuple[Seat, ...]]]:
    for notice in ready:
        if not notice.role:
            continue  # told in person, whatever the role
        officer = office.facts[notice.task].officer_in(notice.role)
        seats = office.directory.seats(notice.role, local_day(office.now), officer).seats
        if seats and notice.person not in {seat.person for seat in seats}:
            yield notice, seats
