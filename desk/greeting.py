"""How a letter of ours greets its reader, as State and Party bodies address their people."""

from desk.language import text
from directive.away import units_of
from directive.directory import Directory, Person


def greeting(directory: Directory, person: Person) -> str:
    """The greeting without its comma, in the language in use: by name, and by title where the name does not hold it."""
    party = any(unit.system == "party" for unit in units_of(directory, person.id))
    title = person.title if person.title and person.title not in person.name else ""
    named = f"{person.name}, {title}" if title else person.name
    return text(f"Kính gửi {'đồng chí' if party else 'Ông/Bà'} {named}", f"Dear {named}")
