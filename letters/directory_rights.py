"""Who sees what on the page, as a directory file says: administrators, readers, the units of the monitoring office."""

from collections.abc import Iterator

from directive.directory import Directory
from directive.value import Value
from letters.forms import Texts, nearest
from letters.problem import Problem
from letters.slips import slip
from letters.yaml_lines import Source

RIGHTS = ("administrators", "readers", "monitoring")


class RightsForm(Value):
    """The three lists as typed: people, people, units."""

    administrators: Texts = ()
    readers: Texts = ()
    monitoring: Texts = ()


def check_rights(directory: Directory, source: Source) -> Iterator[Problem]:
    """People and units that the directory does not have."""
    named = (
        ("administrators", directory.administrators, directory.person_by_id, "unknown_person", "person"),
        ("readers", directory.readers, directory.person_by_id, "unknown_person", "person"),
        ("monitoring", directory.monitoring, directory.unit_by_code, "monitoring_unknown", "unit"),
    )
    for field, codes, known, code, name in named:
        for number, one in enumerate(codes):
            if one not in known:
                guess = nearest(one, known)
                yield slip(code, source.line(field, number), field, guess=guess, **{name: one})


def check_addresses(directory: Directory, source: Source) -> Iterator[Problem]:
    """One address for two people: neither can sign in by it."""
    first: dict[str, str] = {}
    for number, person in enumerate(directory.people):
        address = person.email.casefold()
        if address and first.setdefault(address, person.id) != person.id:
            line = source.line("people", number, "email")
            yield slip(
                "email_twice", line, "people", email=person.email, first=first[address], second=person.id
            )
