"""What a task is, as pairs of a name and words: the task as worded, its letter, its deadline, who has part in it."""

from typing import NamedTuple

from desk import ledger, words
from desk.evidence import hash_of
from desk.language import text
from desk.submission import asked_of, stage_words
from desk.whole import Whole
from directive.due import local_day
from directive.message import Evidence
from directive.phrases.rules import RULES

Pairs = list[tuple[str, str]]


class Piece(NamedTuple):
    """One piece of evidence: what it is called, and the address to open it at; empty where it is none."""

    name: str
    href: str
    where: str


class About(NamedTuple):
    """A task, or a document for approval, in words. `first` is what decides; `more` is looked up.

    `said` is the report's or the request's text, with who handed it in when; `pieces` its evidence.
    """

    number: str
    code: str
    work: str
    first: Pairs
    letter: Pairs
    more: Pairs
    said: str
    handed_in: str
    pieces: tuple[Piece, ...]


def about(whole: Whole) -> About:
    """What there is to tell of it."""
    request, report = whole.plan.request, whole.facts.report
    pieces = report.evidence if report else ()
    pieces = pieces or (request.evidence if request else ())
    return About(
        number=whole.plan.directive.number,
        code=whole.facts.task.code,
        work=whole.plan.directive.subject if request else whole.planned.work,
        first=_first_of_request(whole) if request else _first(whole),
        letter=[] if request else _letter(whole),
        more=[] if request else _more(whole),
        said=report.text if report else "",
        handed_in=_handed_in(whole),
        pieces=tuple(piece(one) for one in pieces),
    )


def piece(one: Evidence) -> Piece:
    """Evidence with the address to open it at: a link of the web, or a file that is kept here."""
    digest = hash_of(one)
    if digest:
        return Piece(one.name, f"/minh-chung/{digest}", "")
    link = one.where.startswith(("https://", "http://"))
    return Piece(one.name, one.where if link else "", "" if link else one.where)


def _first(whole: Whole) -> Pairs:
    facts, planned = whole.facts, whole.planned
    due, original = whole.due, facts.original_due
    said = words.due(due)
    moved = bool(original and due and original.instant != due.instant)
    return [
        (text("Sản phẩm", "Product"), planned.product),
        (text("Chủ trì", "Lead"), whole.names(facts.task.unit)),
        (text("Thời hạn", "Deadline"), said),
        (text("Thời hạn ban đầu", "Original deadline"), words.due(original) if moved else ""),
        (text("Đầu mối", "Officer"), whole.names(facts.officer) if facts.officer else ""),
    ]


def _first_of_request(whole: Whole) -> Pairs:
    request = asked_of(whole.plan)
    by = whole.names(request.by)
    if request.on_behalf_of:
        by += f" ({text('thay', 'for')} {whole.names(request.on_behalf_of)})"
    number = f"{request.number} ({words.day(request.dated)})" if request.number else request.reference
    route = "; ".join(
        f"{at}. {stage_words(one, whole.names)}" for at, one in enumerate(whole.planned.route, start=1)
    )
    return [
        (text("Số", "Number"), number),
        (text("Người trình", "Submitted by"), f"{by}, {whole.names(whole.facts.task.unit)}"),
        (text("Trình", "Put before"), whole.names(whole.plan.directive.issuer)),
        (
            text("Cần có ý kiến trước khi hết ngày", "Needed by the end of"),
            words.day(request.needed) if request.needed else "",
        ),
        (text("Các bước", "Stages"), route),
    ]


def _letter(whole: Whole) -> Pairs:
    header, planned = whole.plan.directive, whole.planned
    due = whole.facts.due
    known = RULES.get(due.rule) if due else None
    rule = f" – {text(known.vi, known.en).rstrip('.')} ({known.source})" if known else ""
    return [
        (text("Văn bản", "Letter"), text(
            f"số {header.number} ngày {words.day(header.issued)} của {whole.names(header.issuer)}",
            f"{header.number} of {words.day(header.issued)}, {whole.names(header.issuer)}")),
        (text("Trích yếu", "Subject"), header.subject),
        (text("Dòng trong văn bản", "Lines of the letter"), planned.lines),
        (text("Hạn văn bản ghi", "Deadline as worded"), f"«{planned.deadline}»{rule}" if planned.deadline else ""),
    ]  # fmt: skip


def _more(whole: Whole) -> Pairs:
    facts = whole.facts
    counts = (
        (text("gia hạn", "extensions"), facts.extensions),
        (text("trả lại", "returns"), facts.rounds),
        (text("đôn đốc", "nudges"), facts.nudges),
        (text("cam kết", "commitments"), facts.commitments),
    )
    supporting = ", ".join(whole.names(code) for code in whole.planned.supporting)
    lines = [
        (name.capitalize(), said)
        for name, said in ledger.lines(facts, whole.counted, whole.left, whole.names)
    ]
    return [
        (text("Phối hợp", "Supporting"), supporting),
        (text("Theo dõi", "Monitored by"), whole.names(facts.task.monitor)),
        (text("Giao ngày", "Assigned on"), words.day(local_day(facts.assigned_at))),
        (text("Số lần", "Counts"), ", ".join(f"{name} {count}" for name, count in counts if count)),
        *lines,
    ]


def _handed_in(whole: Whole) -> str:
    report = whole.facts.report
    if report is None:
        return ""
    by = whole.names(report.by)
    if report.on_behalf_of:
        by += f" ({text('thay', 'for')} {whole.names(report.on_behalf_of)})"
    said = f"{by}, {words.moment(report.at)}"
    if report.document:
        said += f", {report.document.number} ({words.day(report.document.dated)})"
    return said
