"""The patterns of unit names: what opens one, what is none, what goes on with it. Data for `units.py`."""

import re

from letters.words import DUTY_VERBS, FAMILIES, HEADS, LEVELS, LIST_HEADS, NAME_PHRASES, STOPS, one_of

HEAD = one_of(HEADS)
LIST_HEAD = one_of(LIST_HEADS)
VERB = one_of(DUTY_VERBS)
STOP = one_of(STOPS)
NAME = one_of(NAME_PHRASES)
ENDS_AT_LEVEL = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, LEVELS))})$")
FAMILY = one_of(tuple({word for opening, rest in FAMILIES for word in opening | rest}))
NOT_A_UNIT = re.compile(
    r"Ban (?:hành|đầu|bố)|Báo (?:cáo|động)|Tổ chức(?! (?:đảng|cơ sở đảng))|Trường hợp|Hội (?:nghị|thảo|nhập|họp)|"
    r"Đoàn kết|Đội ngũ|"
    r"Bộ (?:tiêu chí|chỉ số|hồ sơ|thủ tục|phận \w+ báo)|Sở hữu|Thanh tra(?! (?:tỉnh|thành phố|Bộ|bộ|Chính phủ|Sở|"
    r"sở|các sở))|"
    r"Thống kê(?! (?:tỉnh|thành phố|cơ sở))|Thuế suất|Thường trực (?:24|cấp cứu|\d)|Đại học hóa|Phòng (?:ngừa|"
    r"chống|, chống|cháy)|"
    r"Viện (?:dẫn|trợ)|Đài thọ|Hội đủ|Bảo hiểm (?:y tế|thất nghiệp) |Quỹ đất|Chủ tịch hóa|Trưởng thành|Đơn vị tính|"
    r"Lãnh đạo(?! (?:\w+ )?(?:UBND|Ủy ban|Sở|Văn phòng|các|Tỉnh ủy|Đảng ủy|Ban|Công an|tỉnh|đơn vị))"
)
ORGANISATION = re.compile(
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
WORD = re.compile(r"[^\s,;:.()“”\"]+")
KNOWN = re.compile(
    r"(?:Sở (?:Nội vụ|Tài chính|Xây dựng|Công Thương|Công thương|Y tế|Tư pháp|Ngoại giao|Du lịch|Dân tộc và Tôn giáo|"
    r"Nông nghiệp và Môi trường|Khoa học và Công nghệ|Giáo dục và Đào tạo|Văn hóa, Thể thao và Du lịch|"
    r"Văn hóa và Thể thao|Kế hoạch và Đầu tư|Giao thông vận tải|Lao động - Thương binh và Xã hội|"
    r"Thông tin và Truyền thông|Tài nguyên và Môi trường|Nông nghiệp và Phát triển nông thôn)|Thanh tra tỉnh|"
    r"Ban Văn hóa - Xã hội|Báo và (?:Đài )?[Pp]hát thanh(?:,| và) [Tt]ruyền hình|"
    r"Ban (?:Tuyên giáo và Dân vận|Tổ chức|Nội chính|Dân vận|Tuyên giáo|Kinh tế|Bảo vệ, chăm sóc sức khỏe)|"
    r"Ban Quản lý Khu kinh tế và (?:các )?[Kk]hu công nghiệp|Ủy ban Kiểm tra|"
    r"Ủy ban Mặt trận Tổ quốc(?: Việt Nam)?|Mặt trận Tổ quốc(?: Việt Nam)?|Bảo hiểm xã hội)(?!\w)"
)
OPENS_GROUP = re.compile(r"(?:\w+ )*?(?:các|từng|mỗi|những)(?:\s|$)")
GROUPS = tuple(
    (
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, opening | rest))})(?:\s+(?:tỉnh|ủy))?\s*$"),
        one_of(tuple(rest)),
    )
    for opening, rest in FAMILIES
    if rest
)
AFTER_LEVEL = re.compile(
    r"(?:ven biển|miền núi|biên giới|còn lại|nêu trên|các|và|liên quan|có liên quan|trực thuộc|thuộc|trên địa bàn|"
    r"khu vực|cấp|tỉnh|thành phố|xã|phường|đặc khu|của)(?!\w)"
)
AND = re.compile(r"(?:và|cùng|cùng với|&)\s+")
GOES_ON_AFTER_STOP = re.compile(
    r"(?:có liên quan|nêu trên|nói trên|được giao|được phân công|trên địa bàn|trong tỉnh|do \w+ quản lý)(?!\w)"
)
