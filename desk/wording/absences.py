"""Why an absence is not taken, and what to do instead: (sentence vi, sentence en, remedy vi, remedy en)."""

from directive.away import AwayReason

_OTHER_DAYS_VI, _OTHER_DAYS_EN = "chọn những ngày khác", "choose other days"
_OTHER_VI, _OTHER_EN = "chọn người khác nhận thay", "choose somebody else to stand in"

REFUSALS: dict[AwayReason, tuple[str, str, str, str]] = {
    AwayReason.REVERSED: (
        "ngày cuối sớm hơn ngày đầu", "the last day lies before the first",
        "đổi lại hai ngày", "turn the two days round"),
    AwayReason.PAST: (
        "ngày đầu {first} đã qua (hôm nay là {today}); việc đã qua giữ nguyên như đã ghi",
        "the first day {first} is past (today is {today}); what is past stays as it was recorded",
        "chọn ngày đầu từ hôm nay trở đi", "let it begin today or later"),
    AwayReason.TOO_LONG: (
        "vắng mặt dài hơn {days} ngày", "an absence of more than {days} days",
        "kiểm tra lại ngày cuối; vắng lâu hơn thì đề nghị quản trị viên sửa danh bạ",
        "check the last day; for longer ask the administrator to change the directory"),
    AwayReason.NO_DELEGATE: (
        "chưa cho biết ai nhận thay", "nobody is named to stand in",
        "chọn người nhận thay: không có thì việc của bạn bị chuyển thẳng lên cấp trên",
        "choose who stands in: without one your questions go straight to the next level"),
    AwayReason.SELF: (
        "không thể tự nhận thay cho mình", "nobody stands in for themselves", _OTHER_VI, _OTHER_EN),
    AwayReason.NO_ROLE: (
        "{delegate} không giữ vai trò nào trong danh bạ nên không thể nhận thay",
        "{delegate} holds no role in the directory and cannot stand in",
        "chọn người trong đơn vị, hoặc người giữ một vai trò trong cơ quan",
        "choose somebody of the unit, or who holds a role in the office"),
    AwayReason.DELEGATE_AWAY: (
        "{delegate} cũng vắng mặt từ {first} đến {last}", "{delegate} is away too, from {first} to {last}",
        _OTHER_VI, _OTHER_EN),
    AwayReason.OVERLAP: (
        "đã có một lần vắng mặt từ {first} đến {last}, {delegate} nhận thay",
        "there is an absence already from {first} to {last}, with {delegate} standing in",
        "rút lần vắng mặt đó trước, hoặc chọn những ngày khác", "withdraw that one first, or choose other days"),
    AwayReason.NOT_THEIRS: (
        "chỉ chính người đó, người đứng đầu đơn vị của họ hoặc quản trị viên được ghi hay rút lần vắng mặt này",
        "only the person, their head or an administrator enters or withdraws this absence",
        "đề nghị một trong những người đó", "ask one of them"),
    AwayReason.ENDED: (
        "lần vắng mặt này đã kết thúc hoặc đã được rút", "this absence is over, or was withdrawn",
        _OTHER_DAYS_VI, _OTHER_DAYS_EN),
}  # fmt: skip
