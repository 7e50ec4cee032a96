"""Where unit names begin and end in running text."""

import pytest

from letters.units import read_units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Khoa học và Công nghệ chủ trì", ["Sở Khoa học và Công nghệ"]),
        ("Văn phòng UBND tỉnh, Công an tỉnh rà soát", ["Văn phòng UBND tỉnh", "Công an tỉnh"]),
        ("các sở, ban, ngành, UBND các xã, phường, đơn vị liên quan", ["các sở, ban, ngành", "UBND các xã, phường",
        "đơn vị liên quan"]),
        ("Các đảng ủy, chi ủy trực thuộc Đảng ủy UBND tỉnh căn cứ",
        ["Các đảng ủy, chi ủy trực thuộc Đảng ủy UBND tỉnh"]),
        ("Các cơ quan tham mưu, giúp việc Đảng ủy UBND tỉnh theo",
        ["Các cơ quan tham mưu, giúp việc Đảng ủy UBND tỉnh"]),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế và Công an tỉnh bố trí", ["Sở Văn hóa, Thể thao và Du lịch",
        "Sở Y tế", "Công an tỉnh"]),
        ("Đảng ủy Ủy ban nhân dân tỉnh lãnh đạo", ["Đảng ủy Ủy ban nhân dân tỉnh"]),
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, các tổ chức chính trị - xã hội tuyên truyền",
         ["Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức chính trị - xã hội"]),
        ("Tỉnh ủy và Quy định số 11-QĐi/TW", ["Tỉnh ủy"]),
        ("Báo cáo kết quả", []), ("Ban hành quy chế", []), ("Tổ chức tập huấn", []), ("Các nhiệm vụ trọng tâm", []),
        ("TỔ CHỨC THỰC HIỆN", []), ("CÁC ĐẢNG ỦY XÃ, PHƯỜNG", ["CÁC ĐẢNG ỦY XÃ, PHƯỜNG"]),
    ],
)  # fmt: skip
def test_a_name_ends_where_the_duty_begins(text: str, names: list[str]) -> None:
    assert [unit.name for unit in read_units(text, in_list=True)] == names
