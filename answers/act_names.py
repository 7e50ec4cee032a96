"""The addresses of acts: Vietnamese without accents, as all addresses of the page."""

from directive.message import Act

PATHS: dict[Act, str] = {
    Act.ACKNOWLEDGE: "tiep-nhan",
    Act.REFUSE: "khong-thuoc",
    Act.PROGRESS: "tien-do",
    Act.REPORT: "bao-cao",
    Act.REQUEST_EXTENSION: "xin-gia-han",
    Act.RAISE_OBSTACLE: "vuong-mac",
    Act.REASSIGN: "giao-lai",
    Act.NUDGE: "don-doc",
    Act.AMEND_DEADLINE: "sua-han",
    Act.SUSPEND: "tam-dung",
    Act.RESUME: "tiep-tuc",
    Act.WITHDRAW: "thu-hoi",
}
ACTS: dict[str, Act] = {path: act for act, path in PATHS.items()}
