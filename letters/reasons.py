"""Why a sentence is no task, what a doubt asks, what a mark changes: one wording for draft and marked letter."""

from letters.letter import Urgency

LEFT_OUT = {
    "closing": "câu kết",
    "introduction": "câu dẫn",
    "issuer_speaks": "cơ quan ban hành nói về mình",
    "no_unit": "không rõ giao cho ai",
    "not_duties": "không phải phần giao việc",
    "statement": "nêu tình hình",
    "common_deadline": "thời hạn chung, cần người xem",
    "no_task": "dòng không có nội dung nhiệm vụ",
}
OPEN = {
    "no_unit": "câu này giao việc cho ai? Thêm một nhiệm vụ, hoặc xóa dòng này",
    "common_deadline": "thời hạn này chung cho những nhiệm vụ nào? Ghi «due:» ở từng nhiệm vụ, rồi xóa dòng này",
    "no_task": "dòng này giao việc gì? Thêm một nhiệm vụ, hoặc xóa dòng này",
}
"""Sentences that may hold a duty or a date which no task carries: the clerk decides, so that none is lost."""
QUESTIONS = {
    "several_leads": "văn bản nêu nhiều đơn vị: mỗi đơn vị một nhiệm vụ (giữ cả danh sách), hay một đơn vị chủ trì?",
}
# What the mark changes when it stands in the plan (notices/waking.py; domain.md §5).
URGENT = {
    Urgency.KHAN: "văn bản có dấu KHẨN: ghi trên mọi thông báo; xóa dòng này nếu không áp dụng",
    Urgency.THUONG_KHAN: "văn bản có dấu THƯỢNG KHẨN: ghi trên mọi thông báo; xóa dòng này nếu không áp dụng",
    Urgency.HOA_TOC: "văn bản có dấu HỎA TỐC: thông báo gửi ngay, cả ngoài giờ; xóa dòng này nếu không áp dụng",
}

STRICT = "  # văn bản hỏa tốc: có thể dùng «policy: strict» (tính theo giờ, cả ngày nghỉ)"
"""Beside the policy of a draft: what an office may choose for a letter that cannot wait."""
