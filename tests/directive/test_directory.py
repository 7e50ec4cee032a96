"""Who a role means on a day."""

from datetime import date

from directive.directory import Absence, Acting, Directory, Person, Seat, Unit, Vacancy

DAY = date(2026, 6, 15)


def office(*absences: Absence) -> Directory:
    people = tuple(Person(id=one, name=one) for one in ("an", "binh", "chi"))
    units = (
        Unit(code="so", name="Sở", head="an", officers=("binh", "chi")),
        Unit(code="trong", name="Trống"),
    )
    return Directory(version="1", units=units, people=people, absences=absences)


def away(person: str, delegate: str = "") -> Absence:
    return Absence(person=person, start=DAY, end=DAY, delegate=delegate)


def test_a_role_means_its_holder_or_the_delegate_of_one_who_is_away() -> None:
    assert office().seats("head:so", DAY).seats == (Seat(person="an"),)
    assert office(away("an", "binh")).seats("head:so", DAY).seats == (Seat(person="binh", on_behalf_of="an"),)
    assert office(away("an", "binh")).seats("head:so", date(2026, 6, 16)).seats == (Seat(person="an"),)


def test_a_vacancy_says_why() -> None:
    assert office().seats("head:trong", DAY).vacancy is Vacancy.NOBODY_RECORDED
    assert office().seats("head:khac", DAY).vacancy is Vacancy.UNKNOWN_UNIT
    assert office(away("an")).seats("head:so", DAY).vacancy is Vacancy.ABSENT
    assert office(away("an", "binh"), away("binh", "chi")).seats("head:so", DAY).vacancy is Vacancy.ABSENT
    assert office(away("an", "an")).seats("head:so", DAY).vacancy is Vacancy.ABSENT


def test_nobody_sits_twice_in_one_role() -> None:
    assert office(away("binh", "chi")).seats("officer:so", DAY).seats == (Seat(person="chi"),)


def test_who_is_away_may_answer_and_so_may_the_substitute() -> None:
    directory = office(away("an", "binh"))
    assert directory.seat_of("an", "head:so", DAY) == Seat(person="an")
    assert directory.seat_of("binh", "head:so", DAY) == Seat(person="binh", on_behalf_of="an")
    assert directory.seat_of("chi", "head:so", DAY) is None


def test_the_officer_a_task_was_reassigned_to_stands_for_the_officers() -> None:
    assert office().seats("officer:so", DAY, officer="an").seats == (Seat(person="an"),)
    assert office().seats("officer:so", DAY, officer="nobody").vacancy is Vacancy.NOBODY_RECORDED


def acted(*acting: Acting, head: str = "an", absences: tuple[Absence, ...] = ()) -> Directory:
    people = tuple(Person(id=one, name=one) for one in ("an", "binh", "chi"))
    so = Unit(code="so", name="Sở", head=head, acting=acting)
    return Directory(version="2", units=(so,), people=people, absences=absences)


def test_an_acting_head_is_the_head_in_their_own_right_between_two_dates_and_nobody_else_is() -> None:
    office = acted(Acting(person="binh", start=date(2026, 6, 10), end=date(2026, 6, 15)))
    heads = {day: office.seats("head:so", date(2026, 6, day)).seats for day in (9, 10, 15, 16)}
    an, binh = (Seat(person="an"),), (Seat(person="binh"),)
    assert heads == {9: an, 10: binh, 15: binh, 16: an}
    assert office.seat_of("binh", "head:so", DAY) == Seat(person="binh")
    assert office.seat_of("an", "head:so", DAY) is None
    assert office.seat_of("an", "head:so", date(2026, 6, 16)) == Seat(person="an")


def test_an_acting_head_without_an_end_acts_until_further_notice() -> None:
    office = acted(Acting(person="binh", start=DAY), head="")
    assert office.seats("head:so", date(2026, 6, 14)).vacancy is Vacancy.NOBODY_RECORDED
    assert office.seats("head:so", date(2031, 1, 1)).seats == (Seat(person="binh"),)
    assert office.holders("head:so") == ("binh",)


def test_an_acting_head_who_is_away_is_answered_for_by_a_delegate() -> None:
    office = acted(Acting(person="binh", start=DAY), absences=(away("binh", "chi"),))
    assert office.seats("head:so", DAY).seats == (Seat(person="chi", on_behalf_of="binh"),)
    assert acted(Acting(person="binh", start=DAY), absences=(away("binh"),)).seats("head:so", DAY).vacancy
