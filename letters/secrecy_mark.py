"""Whether a text that people edit carries a secrecy mark (Luật Bảo vệ bí mật nhà nước 2018, Điều 8).

The mark is a word in capitals that stands alone, or after "Độ mật:"; "bí mật", "bảo mật" and "mật khẩu" in prose
are ordinary words. The caller tells nothing of the text but the line.
"""

from directive.regex import regex

_MARK = regex(
    r"(?<!\w)(?:TUYỆT\s+MẬT|TỐI\s+MẬT)(?!\w)"
    r"|^[\s#\-*\"'«(\[:]*(?:\w+:\s*)?[\"'«(\[]*MẬT[\"'»)\].]*\s*$"
    r"|(?i:(?<!\w)độ\s+mật\s*:\s*[\"'«(]*(?:tuyệt\s+mật|tối\s+mật|mật)(?!\w))"
    r"|(?i:^\s*(?:secrecy|urgency|do_mat)\s*:\s*[\"']?(?:tuyệt\s+mật|tối\s+mật|mật)[\"']?\s*$)"
)


def secrecy_line(text: str) -> int:
    """The first line with a secrecy mark, counted from 1; 0 where there is none. `text` is NFC."""
    for number, line in enumerate(text.splitlines(), start=1):
        if _MARK.search(line):
            return number
    return 0
