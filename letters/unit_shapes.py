"""The patterns of unit names: what opens one, what is none, what goes on with it. Data for `units.py`."""

import re

from directive.regex import regex
from letters.whole_words import Words
from letters.words import (
    AMBIGUOUS,
    DUTY_VERBS,
    FAMILIES,
    HEADS,
    LEVELS,
    LIST_HEADS,
    NAME_PHRASES,
    STOPS,
)

HEAD = Words(HEADS)
LIST_HEAD = Words(LIST_HEADS)
VERB = Words(DUTY_VERBS)
STOP = Words(STOPS)
NAME = Words(NAME_PHRASES)
ENDS_AT_LEVEL = regex(rf"(?<!\w)(?:{'|'.join(map(re.escape, LEVELS))})$")
FAMILY = Words(word for opening, rest in FAMILIES for word in opening | rest)
NOT_A_UNIT = regex(
    r"Ban (?:hành|đầu|bố)|Báo (?:cáo|động)|Tổ chức(?! (?:đảng|cơ sở đảng))|Trường hợp|Hội (?:nghị|thảo|nhập|họp)|"
    r"Đoàn kết|Đội ngũ|"
    r"Bộ (?:tiêu chí|chỉ số|hồ sơ|thủ tục|phận \w+ báo)|Sở hữu|Thanh tra(?! (?:tỉnh|thành phố|Bộ|bộ|Chính phủ|Sở|"
    r"sở|các sở))|"
    r"Thống kê(?! (?:tỉnh|thành phố|cơ sở))|Thuế suất|Thường trực (?:24|cấp cứu|\d)|Đại học hóa|Phòng (?:ngừa|"
    r"chống|, chống|cháy)|"
    r"Viện (?:dẫn|trợ)|Đài thọ|Hội đủ|Bảo hiểm (?:y tế|thất nghiệp) |Quỹ đất|Chủ tịch hóa|Trưởng thành|Đơn vị tính|"
    r"Lãnh đạo(?! (?:\w+ )?(?:UBND|Ủy ban|Sở|Văn phòng|các|Tỉnh ủy|Đảng ủy|Ban|Công an|tỉnh|đơn vị))"
)
ORGANISATION = regex(
    r"(?:[Cc]ác|[Nn]hững|từng|mỗi|[Tt]oàn (?:bộ|thể)) (?:đồng chí |Đ/c |thành viên )?(?:sở|ban|bộ|ngành|cơ quan|"
    r"đơn vị|địa phương|xã|phường|"
    r"đặc khu|đảng ủy|chi ủy|chi bộ|cấp ủy|đảng bộ|đồng chí|tổ chức|huyện|thành phố|thị xã|hội|đoàn thể|trường|"
    r"doanh nghiệp|công ty|chủ đầu tư|phòng|trung tâm|chi cục|cục|UBND|Sở|Ban|Bộ|Đảng ủy|thành viên|chủ tịch|trạm|"
    r"bệnh viện|"
    r"viện|ngân hàng|cấp|tổ|đội|lực lượng|thôn|khu|chi nhánh|tập đoàn|nhà thầu|hợp tác xã|công an|hạt|Chi cục|Phó|quận|"
    r"cơ sở (?:giáo dục|y tế|khám)|cán bộ|quỹ|Chủ tịch|Giám đốc|văn phòng|Văn phòng|Ban Quản lý|Trung tâm|Cục|"
    r"Đồng chí|Ủy viên|"
    r"tổng công ty|chủ rừng|hộ|nhà trường|học viện|mặt trận|Công ty|Hội|đại biểu|trưởng|Trưởng|giám đốc|"
    r"thủ trưởng)(?!\w)"
)
WORD = regex(r"[^\s,;:.()“”\"]+")
KNOWN = regex(
    r"(?:Sở (?:Nội vụ|Tài chính|Xây dựng|Công Thương|Công thương|Y tế|Tư pháp|Ngoại giao|Du lịch|Dân tộc và Tôn giáo|"
    r"Nông nghiệp và Môi trường|Khoa học và Công nghệ|Giáo dục và Đào tạo|Văn hóa, Thể thao và Du lịch|"
    r"Văn hóa và Thể thao|Kế hoạch và Đầu tư|Giao thông vận tải|Lao động - Thương binh và Xã hội|"
    r"Thông tin và Truyền thông|Tài nguyên và Môi trường|Nông nghiệp và Phát triển nông thôn)|Thanh tra tỉnh|"
    r"Ban Văn hóa - Xã hội|Phòng Kinh tế, Hạ tầng và Đô thị|"
    r"Văn phòng (?:HĐND|Hội đồng nhân dân|Đoàn ĐBQH|Đoàn đại biểu Quốc hội) và (?:UBND|HĐND|Ủy ban nhân dân|"
    r"Hội đồng nhân dân)|"
    r"Báo và (?:Đài )?[Pp]hát thanh(?:,| và) [Tt]ruyền hình|"
    r"Ban (?:Tuyên giáo và Dân vận|Tổ chức|Nội chính|Dân vận|Tuyên giáo|Kinh tế|Bảo vệ, chăm sóc sức khỏe)|"
    r"Ban Quản lý Khu kinh tế và (?:các )?[Kk]hu công nghiệp|Ủy ban Kiểm tra|"
    r"Ủy ban Mặt trận Tổ quốc(?: Việt Nam)?|Mặt trận Tổ quốc(?: Việt Nam)?|Bảo hiểm xã hội)(?!\w)"
)
OPENS_GROUP = regex(r"(?:\w+ )*?(?:các|từng|mỗi|những)(?:\s|$)")
GROUPS = tuple(
    (
        regex(rf"(?<!\w)(?:{'|'.join(map(re.escape, opening | rest))})(?:\s+(?:tỉnh|ủy))?\s*$"),
        Words(rest),
    )
    for opening, rest in FAMILIES
    if rest
)
AFTER_LEVEL = regex(
    r"(?:ven biển|miền núi|biên giới|còn lại|nêu trên|các|và|liên quan|có liên quan|trực thuộc|thuộc|trên địa bàn|"
    r"khu vực|cấp|tỉnh|thành phố|xã|phường|đặc khu|của)(?!\w)"
)
# Duties after most names, and part of the names of technical bodies ("Chi cục An toàn vệ sinh thực phẩm").
IN_NAMES = Words(AMBIGUOUS)
OPEN_HEAD = regex(
    r"(?:Chi cục|Cục|Trung tâm|Công ty|Tổng công ty|Quỹ|Ban Quản lý|Viện|Phòng|Trạm|Hạt|Hội|Liên hiệp)(?!\w)"
)
VERB_IN_NAME = regex(
    rf"{IN_NAMES.pattern}(?:\s+(?!các |những |việc |công tác |{VERB.pattern})[^\W\d_]+){{1,3}}?\s+"
    rf"(?=(?!{IN_NAMES.pattern})(?:{VERB.pattern}|có trách nhiệm|chịu trách nhiệm|căn cứ))"
)
DOCUMENT = regex(
    r"(?:Nghị quyết|Chỉ thị|Kết luận|Quy định|Quyết định|Nghị định|Thông tư|Kế hoạch|Chương trình|Công văn|Công điện|"
    r"Thông báo|Báo cáo|Tờ trình|Hướng dẫn|Đề án)(?!\w)"
)
# "UBND các xã: An Bình, Thạnh Hưng, Tân Phú": the places that a group names one by one.
OPENS_LIST = regex(
    r"(?:các|các xã,|trưởng các) (?:xã|phường|xã, phường|xã, phường, đặc khu|sở|thôn|tổ dân phố|huyện|trường)$"
)
_PLACE = (
    r"(?:(?:xã|phường|đặc khu|thị trấn|thôn) )?[A-ZÀ-ỴĐ][^\s,;:.()]*(?: [A-ZÀ-ỴĐ][^\s,;:.()]*){0,4}"
    r"(?: và [A-ZÀ-ỴĐ]\w+(?: [a-zà-ỹ]+(?=[,;.]|$))?)?"
)
LISTED = regex(rf":\s+{_PLACE}(?:,\s+{_PLACE})+(?:\s+và\s+{_PLACE})?(?=[\s;.,:]|$)")
# "Đảng ủy các phường An Khê, Cẩm Hà": the same without a colon.
FIRST_PLACE = regex(r"các (?:xã|phường|đặc khu|thôn|huyện) [A-ZÀ-ỴĐ]\S*(?: [A-ZÀ-ỴĐ]\S*){0,3}$")
MORE_PLACES = regex(
    rf"(?:,\s+(?!{HEAD.pattern}){_PLACE})+(?:\s+và\s+(?!{HEAD.pattern}){_PLACE})?(?=[\s;.,:]|$)"
)
PROPER = regex(r"(?:Trung ương|Việt Nam|Nhà nước|Chính phủ|Quốc hội)(?!\w)")
AND = regex(r"(?:và|cùng|cùng với|&)\s+")
GOES_ON_AFTER_STOP = regex(
    r"(?:có liên quan|nêu trên|nói trên|được giao|được phân công|trên địa bàn|trong tỉnh|do \w+ quản lý)(?!\w)"
)


def places_after(text: str, at: int, end: int) -> int | None:
    """Where the places end that a group's name lists after it; None when it lists none."""
    colon = text.startswith(":", end)
    listed = LISTED.match(text, end) if colon and OPENS_LIST.search(text, at, end) else None
    more = MORE_PLACES.match(text, end) if FIRST_PLACE.search(text, at, end) else None
    found = listed or more
    return found.end() if found else None
