"""The sentences for what can go wrong on the way to a page; what a rule refuses is worded by the desk."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from desk.exit import Code, Stop, bad_input


def not_found() -> Stop:
    """Nothing is there."""
    return bad_input(
        "không có trang hoặc nhiệm vụ này",
        "there is no such page or task",
        "kiểm tra lại địa chỉ, hoặc tìm từ danh sách việc của bạn",
        "check the address, or look for it in your list of work",
        kind="not_found",
    )


def unsigned() -> Stop:
    """Nobody is signed in."""
    return Stop(
        Code.REFUSED,
        "bạn chưa đăng nhập hoặc phiên đăng nhập đã hết; chưa có gì thay đổi",
        "you are not signed in, or your session has ended; nothing has changed",
        "đăng nhập tại /dang-nhap rồi làm lại",
        "sign in at /dang-nhap and do it again",
        kind="unsigned",
    )


def too_often(wait: int) -> Stop:
    """Tried too often."""
    return Stop(
        Code.REFUSED,
        "thử quá nhiều lần trong một thời gian ngắn; chưa có gì thay đổi",
        "tried too often in a short time; nothing has changed",
        f"đợi {wait} giây rồi thử lại",
        f"wait {wait} seconds and try again",
        kind="too_often",
        detail={"wait": wait},
    )


def too_large() -> Stop:
    """The request brings too much."""
    return bad_input(
        "nội dung gửi lên quá lớn; chưa có gì thay đổi",
        "what was sent is too large; nothing has changed",
        "rút gọn văn bản; tệp minh chứng tối đa 25 MB",
        "shorten the text; a file of evidence has at most 25 MB",
        kind="too_large",
    )


def bad_request(errors: Sequence[Any]) -> Stop:
    """A field is missing or cannot be read."""
    fields = sorted({_field(one["loc"]) for one in errors if one.get("loc")})
    named = ", ".join(fields) or "?"
    stop = bad_input(
        f"thiếu hoặc không đọc được: {named}",
        f"missing or not readable: {named}",
        "sửa lại rồi gửi lần nữa",
        "mend it and send it again",
        kind="bad_request",
    )
    stop.detail = {"fields": fields}
    return stop


def _field(place: Sequence[Any]) -> str:
    """The name in the address, the header or the body; a body that is no JSON at all is named as a whole."""
    return next((one for one in place[1:] if isinstance(one, str)), str(place[0]))


def http(status: int) -> Stop:
    """What the frame of the page refuses by itself."""
    if status == HTTPStatus.NOT_FOUND:
        return not_found()
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        return bad_input(
            "địa chỉ này không nhận cách gửi đó; chưa có gì thay đổi",
            "this address does not take that; nothing has changed",
            "mở lại trang rồi dùng nút trên trang",
            "open the page again and use its buttons",
            kind="method_not_allowed",
        )
    return bad_input(
        "yêu cầu không đọc được; chưa có gì thay đổi",
        "the request cannot be read; nothing has changed",
        "mở lại trang rồi thử lại",
        "open the page again and try once more",
        kind="bad_request",
    )


def internal(name: str) -> Stop:
    """A slip of our own."""
    return Stop(
        Code.UNREACHABLE,
        f"lỗi nội bộ ({name}); không rõ việc đã được thực hiện hay chưa",
        f"an internal error ({name}); it is not known whether the act was done",
        "mở lại nhiệm vụ để xem nó đang ở đâu; nếu lặp lại, báo người quản trị",
        "open the task again to see where it stands; if it comes back, tell the administrator",
        kind="internal",
    )


def bad_link() -> Stop:
    """A link that is not one of ours, whole and unchanged."""
    return Stop(
        Code.REFUSED,
        "liên kết này không đúng: nó đã bị cắt hoặc sửa đổi",
        "this link is not right: it was cut or changed",
        "mở lại từ thư gốc, hoặc đăng nhập tại /dang-nhap",
        "open it again from the mail itself, or sign in at /dang-nhap",
        kind="bad_link",
    )


def foreign_link(whose: str, who: str) -> Stop:
    """A link of one person in the browser of another."""
    return Stop(
        Code.REFUSED,
        f"liên kết này gửi cho {whose}, còn trình duyệt này đang đăng nhập là {who}",
        f"this link was sent to {whose}, and this browser is signed in as {who}",
        "mỗi người trả lời bằng liên kết của mình; nếu bạn được ủy quyền, việc đó ở trong danh sách việc của bạn",
        "everybody answers by their own link; if you stand in for them, it is in your own list of work",
        kind="foreign_link",
    )


def bad_sign_in() -> Stop:
    """A sign-in link that was used, has ended, or is not one of ours."""
    return Stop(
        Code.REFUSED,
        "liên kết đăng nhập này đã được dùng hoặc đã hết hạn (15 phút)",
        "this sign-in link was used already or has ended (15 minutes)",
        "xin một liên kết mới tại /dang-nhap",
        "ask for a new one at /dang-nhap",
        kind="bad_sign_in",
    )


def bad_provider(why: str) -> Stop:
    """The provider's answer cannot be used."""
    return Stop(
        Code.REFUSED,
        f"không đăng nhập được qua hệ thống của cơ quan ({why})",
        f"the office's own sign-in did not work ({why})",
        "thử lại, hoặc đăng nhập bằng liên kết gửi qua thư tại /dang-nhap",
        "try again, or sign in by a mailed link at /dang-nhap",
        kind="bad_provider",
    )
