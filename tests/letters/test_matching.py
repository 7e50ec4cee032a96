"""Unit names as written → the directory: certain, asked, or none."""

import pytest

from letters.matching import Candidate, Certainty, match_unit

GROUP, COMMUNES = "Các sở, ban, ngành", "UBND các xã, phường"
UNITS = (
    Candidate(code="so-khcn", name="Sở Khoa học và Công nghệ", groups=(GROUP,)),
    Candidate(code="so-nv", name="Sở Nội vụ", groups=(GROUP,)),
    Candidate(code="ubnd-tinh", name="UBND tỉnh"),
    Candidate(code="vp-ubnd", name="Văn phòng UBND tỉnh", aliases=("VPUB",)),
    Candidate(code="tan-an", name="UBND xã Tân An", groups=(COMMUNES,)),
    Candidate(code="tan-anh", name="UBND xã Tân Anh", groups=(COMMUNES,)),
    Candidate(code="ca", name="Công an tỉnh"),
)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Sở KH&CN", "so-khcn"), ("Sở KHCN", "so-khcn"), ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "so-khcn"),
        ("So Khoa hoc va Cong nghe", "so-khcn"),
        ("Ủy ban nhân dân tỉnh", "ubnd-tinh"), ("Uỷ ban nhân dân tỉnh", "ubnd-tinh"), ("VP UBND tỉnh", "vp-ubnd"),
        ("VPUB", "vp-ubnd"),
        ("UBND xã Tân An", "tan-an"),
    ],
)  # fmt: skip
def test_abbreviations_capitals_and_missing_accents_are_the_same_name(name: str, code: str) -> None:
    assert match_unit(name, UNITS).code == code


@pytest.mark.parametrize(
    ("name", "codes"),
    [("các sở, ban và ngành", ("so-khcn", "so-nv")), ("UBND các xã, phường", ("tan-an", "tan-anh"))],
)
def test_a_group_is_its_members(name: str, codes: tuple[str, ...]) -> None:
    match = match_unit(name, UNITS)
    assert (match.certainty, match.codes) == (Certainty.CERTAIN, codes)
    assert match.code is None


@pytest.mark.parametrize("name", ["Sở Nôi vụ", "UBND xã Tân", "Công an", "Sở Khoa học Công nghệ"])
def test_what_is_only_near_is_asked(name: str) -> None:
    match = match_unit(name, UNITS)
    assert match.certainty is Certainty.ASK
    assert match.codes


def test_what_is_unknown_is_none() -> None:
    assert match_unit("Kho bạc Nhà nước khu vực IV", UNITS).certainty is Certainty.NONE


def test_two_units_of_one_name_are_asked() -> None:
    twins = (Candidate(code="a", name="Phòng Kinh tế"), Candidate(code="b", name="Phòng Kinh tế"))
    assert match_unit("Phòng Kinh tế", twins).codes == ("a", "b")
    assert match_unit("Phòng Kinh tế", twins).code is None
