"""The words a letter is recognised by: what opens a unit's name, what opens a duty, and what ends a name.

Data, not logic: a missing word here is a missing word and nothing else. Sources: Nghị định 30/2020/NĐ-CP (forms),
the names of provincial departments after Nghị định 150/2025/NĐ-CP, and office practice.
"""

import re
from functools import lru_cache

from directive.regex import regex
from letters.whole_words import Words

_OLD_TONES = regex(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_NEW_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
              "oẽ": "õe",
              "oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip

# What may open the name of a unit or of the person who answers for one.
HEADS = (
    "UBND", "UBMTTQ", "HĐND", "UBKT", "BTV", "BCĐ", "BQL", "VPUB", "VPĐU", "MTTQ", "LĐLĐ", "Ủy ban", "Hội đồng",
    "Sở", "Ban", "Bộ", "Văn phòng", "VP", "Công an", "Đảng ủy", "Đảng bộ", "Đảng đoàn", "Chi ủy", "Chi bộ",
    "Cấp ủy", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy", "Thường trực", "Chi cục", "Cục", "Tổng cục",
    "Thanh tra", "Thuế", "Kho bạc", "Ngân hàng", "Bảo hiểm", "Bưu điện", "Viễn thông", "Công ty", "Tập đoàn",
    "Tổng công ty", "Trung tâm", "Trường", "Viện", "Đài", "Báo", "Mặt trận", "Liên đoàn", "Hội", "Đoàn", "Tỉnh đoàn",
    "Thành đoàn", "Tòa án", "Hạt", "Chủ tịch", "Phó Chủ tịch", "Giám đốc", "Phó Giám đốc", "Thủ trưởng",
    "Người đứng đầu", "Chánh", "Trưởng", "Bí thư", "Phó Bí thư", "Cơ quan", "Các", "Phòng", "Tổ", "Đồng chí", "Đội",
    "Bệnh viện", "Học viện", "Hiệu trưởng", "Viện trưởng", "Cục trưởng", "Chi cục trưởng", "Tổng giám đốc",
    "Bộ trưởng", "Trạm", "Chi nhánh", "Điện lực", "Hiệp hội", "Liên minh", "Quỹ", "Hải quan", "Thống kê",
    "Chủ đầu tư",
    "Cổng", "Bảo tàng", "Thư viện", "Vườn quốc gia", "Liên hiệp", "Kiểm toán", "Hợp tác xã", "Xí nghiệp", "Tạp chí",
    "Đơn vị", "Địa phương", "Doanh nghiệp", "Toàn thể", "Ủy viên", "Lãnh đạo", "Cảng vụ", "Đại học", "Nhà máy",
)  # fmt: skip

# Lower-case words that open a unit only inside a list ("…, đơn vị liên quan", "và các địa phương").
LIST_HEADS = ("đồng chí", "các", "ngành", "đơn vị", "địa phương", "cơ quan", "chính quyền", "những", "từng", "mỗi",
              "toàn bộ", "cấp ủy",
              "đảng ủy", "chủ tịch", "giám đốc", "thủ trưởng", "người đứng đầu", "công an", "chi bộ",
              "doanh nghiệp", "chủ đầu tư")  # fmt: skip

# Bare nouns that go on with a group after a comma: family → words.
FAMILIES: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"sở", "ban", "ngành", "bộ"}),
     frozenset({"sở", "ban", "ngành", "đoàn thể", "hội", "địa phương", "đơn vị", "cơ quan", "mặt trận", "huyện"})),
    (frozenset({"xã", "phường", "thị trấn", "đặc khu", "huyện", "thành phố", "thị xã", "thôn", "quận"}),
     frozenset({"xã", "phường", "thị trấn", "đặc khu", "huyện", "thành phố", "thị xã", "tổ dân phố", "quận", "thôn"})),
    (frozenset({"cơ quan", "đơn vị", "địa phương", "tổ chức", "doanh nghiệp", "trường", "phòng", "ban"}),
     frozenset({"cơ quan", "đơn vị", "địa phương", "tổ chức", "doanh nghiệp", "cá nhân", "phòng", "ban", "đoàn thể",
                "trung tâm", "trường", "bộ phận", "hợp tác xã", "hộ kinh doanh"})),
    (frozenset({"bệnh viện", "trạm y tế", "phòng khám"}),
     frozenset({"bệnh viện", "trung tâm y tế", "trạm y tế", "phòng khám", "cơ sở y tế", "nhà thuốc"})),
    (frozenset({"đảng ủy", "chi ủy", "đảng bộ", "chi bộ", "cấp ủy"}),
     frozenset({"chi ủy", "đảng bộ", "chi bộ", "đảng ủy", "cấp ủy", "tổ chức đảng", "chính quyền"})),
    (frozenset({"đồng chí"}), frozenset()),
)  # fmt: skip

# Lower-case phrases that look like verbs and belong to names.
NAME_PHRASES = (
    "tham mưu, giúp việc", "tham mưu giúp việc", "chuyên trách tham mưu, giúp việc", "quản lý nhà nước",
    "tổ chức chính trị - xã hội", "tổ chức chính trị", "tổ chức xã hội", "tổ chức đảng", "tổ chức cơ sở đảng",
    "tổ chức hội", "tổ chức đoàn thể", "chủ trì", "phát thanh, truyền hình", "phát thanh và truyền hình",
    "tổ chức tín dụng", "quản lý dự án", "thực hiện dự án", "xây dựng đảng", "xây dựng Đảng", "được giao",
    "được phân công",
    "có liên quan", "trực thuộc", "chủ đầu tư", "chủ hồ", "chủ rừng", "cấp ủy", "cấp xã", "cấp tỉnh", "cấp huyện",
    "cấp cơ sở", "cấp trên",
    "cung cấp dịch vụ", "kiểm tra, giám sát", "sản xuất, kinh doanh", "nhà ở", "sử dụng lao động",
)  # fmt: skip

LEVELS = ("tỉnh", "thành phố", "xã", "phường", "đặc khu", "thị trấn", "huyện", "thị xã", "quận", "liên quan",
          "Tỉnh ủy", "Thành ủy", "trung ương", "Trung ương", "cấp xã", "cấp tỉnh", "cấp huyện", "cơ sở",
          "thuộc tỉnh", "Đảng ủy", "cấp ủy", "Nhà nước", "Chính phủ")  # fmt: skip

# Verbs (and adverbs before verbs) that open the work itself. Longest first when compiled.
DUTY_VERBS = (
    "báo cáo", "bảo đảm", "ban hành", "bàn giao", "biên soạn", "bố trí", "bổ sung", "bồi dưỡng", "cải tạo",
    "cập nhật", "cấp", "chỉ đạo", "chia sẻ", "chuẩn bị", "chủ động", "chủ trì", "chuyển", "chấn chỉnh", "chấp hành",
    "cho ý kiến", "chịu trách nhiệm", "công bố", "công khai", "cung cấp", "củng cố", "cử", "dự báo", "dự thảo",
    "duy trì", "đánh giá", "đào tạo", "đăng ký", "đăng tải", "đảm bảo", "đấu tranh", "đẩy mạnh", "đẩy nhanh",
    "đề nghị", "đề ra", "đề xuất", "điều chỉnh", "điều hành", "định kỳ", "đôn đốc", "đơn đốc", "đối chiếu", "đổi mới",
    "đưa", "giải ngân", "giải quyết", "giám sát", "giao", "giới thiệu", "giúp", "gửi", "gắn", "hoàn chỉnh",
    "hoàn thành", "hoàn thiện", "hỗ trợ", "huy động", "hướng dẫn", "họp", "kết nối", "kết thúc", "khảo sát",
    "khai thác", "khắc phục", "khen thưởng", "khẩn trương", "kiểm điểm", "kiểm soát", "kiểm tra", "kiện toàn",
    "kiến nghị", "kiểm kê", "kịp thời", "làm rõ", "làm việc", "lãnh đạo", "lắp đặt", "lập", "lấy ý kiến", "liên hệ",
    "lồng ghép", "lựa chọn", "mở", "mở rộng", "nắm", "nâng cao", "nâng cấp", "ngăn chặn", "nghiên cứu",
    "nghiêm túc", "nộp", "phát động", "phát hiện", "phát huy", "phát triển", "phân bổ", "phân công", "phân loại",
    "phê bình", "phê duyệt", "phối hợp", "phổ biến", "phòng ngừa", "phục vụ", "quán triệt", "quản lý",
    "quan tâm", "quyết liệt", "rà soát", "ra quân", "siết chặt", "sơ kết", "số hóa", "sử dụng", "sửa chữa",
    "sửa đổi", "tạo điều kiện", "tăng cường", "tập huấn", "tập hợp", "tập trung", "thẩm định", "thẩm tra", "tham gia",
    "tham mưu", "thanh tra", "thành lập", "thay đổi", "thay thế", "theo dõi", "thiết lập", "thông báo",
    "thông tin", "thống kê", "thống nhất", "thu hồi", "thu thập", "thúc đẩy", "thường xuyên", "thực hiện",
    "tiến hành", "tiếp nhận", "tiếp thu", "tiếp tục", "tìm kiếm", "tính toán", "tổ chức", "tổng hợp", "tổng kết",
    "tổng rà soát", "trả lời", "trang bị", "trao đổi", "triển khai", "trình", "truyền thông", "tuyên truyền",
    "tuyên dương", "tự kiểm tra", "ưu tiên", "ứng dụng", "vận động", "vận hành", "xác định", "xác minh", "xây dựng",
    "xem xét", "xử lý", "xử phạt", "yêu cầu", "tháo gỡ", "thí điểm", "tích hợp", "tinh gọn", "sắp xếp", "niêm yết",
    "chỉnh sửa", "chỉnh lý", "gia hạn", "khởi công", "nghiệm thu", "quyết toán", "thanh toán", "cân đối",
    "rút kinh nghiệm",
    "khuyến khích", "tôn vinh", "lan tỏa", "trực", "ứng phó", "sẵn sàng", "di dời", "sơ tán", "cảnh báo", "rà",
    "soát xét",
    "chăm lo", "thăm hỏi", "tặng quà", "bám sát", "cụ thể hóa", "đề cao", "nêu cao", "phản ánh", "phấn đấu", "tận dụng",
    "tranh thủ", "tuân thủ", "tuyển chọn", "tuyển dụng", "khống chế", "tiêm phòng", "tiêm", "phun", "vệ sinh",
    "xúc tiến",
    "thu gom", "trồng", "chốt", "ký", "ký kết", "kê khai", "nhập", "in", "phát hành", "truy thu", "thu", "chi trả",
    "bảo vệ", "bảo quản", "bảo trì", "dọn dẹp", "giữ", "giữ gìn", "khôi phục", "kích hoạt", "mua sắm", "đấu thầu",
    "đầu tư", "tạm dừng", "dừng", "đình chỉ", "chấm dứt", "loại bỏ", "cắt giảm", "đơn giản hóa", "tái cấu trúc",
    "chuẩn hóa", "đồng bộ", "làm sạch", "xác thực", "định danh", "diễn tập", "thử nghiệm", "nhân rộng", "vượt",
    "sao lưu", "quét", "cài đặt", "sớm", "nhanh chóng", "chú trọng", "lưu ý", "đặc biệt", "rà lại", "trả", "ghi nhận",
    "góp ý", "tham dự", "dự sinh hoạt", "dự họp", "phân cấp", "phân tích", "lấy mẫu", "treo", "cấp phát", "bãi bỏ",
    "hủy bỏ", "công nhận", "tạm ứng", "điều tra", "đo đạc", "cắt tỉa", "nạo vét", "gia cố", "quảng bá", "kết hợp",
    "kêu gọi", "thu hút", "đối thoại", "tích cực", "bổ nhiệm", "điều động", "kết nạp", "học tập", "giải trình",
    "trực ban", "cấm", "nhắc nhở", "phê phán", "phản bác", "ngăn ngừa", "xóa bỏ", "chăm sóc", "thu dung", "cách ly",
    "kiểm đếm", "chuyển giao", "cưỡng chế", "thi công", "khánh thành", "thảo luận", "đăng", "đưa tin", "viết bài",
    "chấm điểm", "xét duyệt", "xếp loại", "phát sóng", "tự đánh giá", "tự rà soát", "hòa giải", "xác nhận",
    "cứu trợ", "tiếp tế", "huấn luyện", "trưng bày", "tôn tạo", "hiệp đồng", "thuê",
    "trang trí", "chỉnh trang", "tăng", "giảm", "nêu rõ",
)  # fmt: skip
DUTY = Words(DUTY_VERBS, any_case=True)

# Duties by themselves, but parts of many names in small letters: a name may hold them, a heading need not end at them.
AMBIGUOUS = (
    "vệ sinh", "quản lý", "bảo vệ", "phát triển", "đầu tư", "xây dựng", "phục vụ", "hỗ trợ", "xử lý", "cấp", "ở",
    "tìm kiếm", "kiểm soát", "kiểm tra", "giám sát", "cung cấp", "điều hành", "vận hành", "đào tạo", "bồi dưỡng",
    "khai thác", "trồng", "nghiên cứu", "ứng dụng", "xúc tiến", "phát hành", "phòng ngừa", "cứu trợ", "đo đạc",
    "truyền thông", "thông tin", "kết nối", "tư vấn", "sửa chữa", "lắp đặt", "thống kê", "huấn luyện", "chăm sóc",
)  # fmt: skip

# What ends a unit's name without being a duty by itself.
STOPS = (
    "về", "để", "theo", "tại", "trong", "trước", "sau", "nếu", "khi", "từ", "đến", "bằng", "trên", "đã", "chưa", "có",
    "phải", "cần", "căn cứ", "hằng", "hàng", "đồng thời", "cùng", "là", "được", "do", "chậm nhất", "muộn nhất", "không",
    "xong", "ngay", "mà", "nhằm", "gồm", "vào", "với", "nhưng", "sẽ", "qua", "thông qua", "như", "cho", "ở", "hạn",
    "thời hạn", "thời gian", "kể từ", "trách nhiệm", "chịu", "tự", "trực tiếp", "cả", "cũng", "bị", "nhận", "gắn với",
    "thì", "nêu", "ban hành", "còn", "đang", "vẫn", "hoặc", "số", "ngày", "năm", "tháng",
)  # fmt: skip

DOC_TYPES = (
    "Nghị quyết liên tịch", "Nghị quyết", "Chỉ thị", "Kết luận", "Quy định", "Quy chế", "Quyết định", "Nghị định",
    "Thông tư liên tịch", "Thông tư", "Kế hoạch", "Chương trình hành động", "Chương trình", "Công văn", "Công điện",
    "Thông báo kết luận", "Thông báo", "Báo cáo", "Tờ trình", "Hướng dẫn", "Đề án", "Phương án", "Văn bản",
    "Hợp đồng", "Biên bản", "Bản tin dự báo", "Kết luận thanh tra",
    "Giấy mời", "Bộ luật", "Luật", "Pháp lệnh", "Lệnh", "Thông cáo", "Thông tri", "Chiến lược", "Quy hoạch", "Điều lệ",
    "Dự án", "Phiếu chuyển", "Phiếu trình", "Lời kêu gọi",
)  # fmt: skip

# Abbreviations of named types in a number (Nghị định 30/2020 Phụ lục III; Hướng dẫn 36-HD/VPTW).
TYPE_CODES = ("NQ", "QĐ", "CT", "QC", "QyĐ", "QĐi", "QĐU", "TC", "TB", "HD", "CTr", "CTHĐ", "KH", "PA", "ĐA", "DA",
              "BC", "TTr",
              "GM", "BB", "HĐ", "CĐ", "CV", "KL", "PC", "PG", "TT", "NĐ", "TTg", "GUQ", "TrTr", "ĐL",
              "KHHĐ")  # fmt: skip


def toned(text: str) -> str:
    """The text with tone marks in their usual place, for comparing: uỷ → ủy, hoà → hòa. Same length."""
    return _OLD_TONES.sub(_new_tone, text)


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """As `toned`, remembering what was asked lately. Never for a text that may be secret: nothing of it is kept."""
    return toned(text)


def _new_tone(found: re.Match[str]) -> str:
    old = found.group()
    new = _NEW_TONES[old.lower()]
    return "".join(letter.upper() if was.isupper() else letter for letter, was in zip(new, old, strict=True))
