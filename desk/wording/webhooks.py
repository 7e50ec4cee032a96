"""What a webhook said last, in words: the codes of `notices/webhook.py`, (vi, en)."""

from desk.language import text
from desk.secret import webhook_variable

SAID = {
    "timed_out": ("không trả lời trong 15 giây", "no answer within 15 seconds"),
    "no_connection": ("không kết nối được", "no connection"),
    "no_tls": ("không lập được kết nối TLS (chứng thư số?)", "no TLS connection (its certificate?)"),
    "broken_off": ("ngắt kết nối giữa chừng", "the connection was broken off"),
    "no_secret": ("worker chưa có {variable}", "the worker has no {variable}"),
    "bad_secret": (
        "{variable} của worker không đúng dạng whsec_… (24–64 byte, base64)",
        "the worker's {variable} is not whsec_… (24 to 64 bytes in base64)",
    ),
    "removed": ("webhook đã bị bỏ trước khi gửi", "the webhook was removed before it was sent"),
    "http_410": ("hệ thống nhận không nhận nữa (410)", "the receiver wants no more (410)"),
}


def said(code: str, name: str) -> str:
    """The words for a code; an HTTP status is told as it came."""
    if code in SAID:
        return text(*SAID[code]).format(variable=webhook_variable(name))
    if code.startswith("http_3"):
        number = code.removeprefix("http_")
        return text(
            f"chuyển hướng ({number}), không đi theo", f"a redirect ({number}), which is not followed"
        )
    if code.startswith("http_"):
        return text("hệ thống nhận trả lời HTTP ", "the receiver answered HTTP ") + code.removeprefix("http_")
    return code
