"""Whether a date is a deadline at all: what stands around it decides, and doubt decides for no date.

To miss a deadline is a line to fill in; to invent one is a wrong escalation to the head of a unit (domain.md §2).
"""

import re

from directive.phrases.around import (
    AFTER_CONDITION,
    BARE_FILLER,
    BEFORE_IT,
    BOUNDARY,
    CONDITION,
    DATA_WORK,
    DEED,
    DOING,
    DONE,
    DUTY,
    EVENT_LABEL,
    FIGURES,
    FILLER,
    GAP,
    LABELLED,
    MUST,
    PASSIVE,
    POSTED,
    QUOTES,
    ROUTINE,
    SCENE,
    SHORTENED,
    WORD,
)
from directive.phrases.finding import Finding
from directive.phrases.reading import Kind


class Context:
    """One text around its findings."""

    def __init__(self, fold: str, findings: list[Finding]) -> None:
        self.fold, self.findings = fold, findings
        self.breaks = [found.end() for found in BOUNDARY.finditer(fold)]
        self.is_cell = self._only_filler(FILLER)
        self.is_bare_cell = self.is_cell and self._only_filler(BARE_FILLER)
        self.marked = any(finding.relation or finding.need == "nothing" for finding in findings)

    def _only_filler(self, filler: re.Pattern[str]) -> bool:
        """Whether the text holds nothing but deadlines, as a table cell or a phrase does."""
        rest, last = "", 0
        for finding in self.findings:
            rest += self.fold[last : finding.start] + " | "
            last = finding.end
        rest += self.fold[last:]
        if POSTED.match(self.fold, last):
            return False
        rest = re.sub(r"\([^)|]{0,40}\)", " ", rest)
        return (
            not WORD.search(filler.sub(" ", rest)) and "," not in rest[: rest.find("|") if "|" in rest else 0]
        )

    def clause(self, finding: Finding) -> tuple[str, str]:
        """The words of the clause before and after the finding."""
        first = max((at for at in self.breaks if at <= finding.start), default=0)
        last = min((at for at in self.breaks if at > finding.end), default=len(self.fold))
        return GAP.sub(" ", self.fold[first : finding.start]), GAP.sub(" ", self.fold[finding.end : last])

    def accepts(self, finding: Finding) -> bool:
        """Whether this finding is a deadline (or a refusal that a person must see) in this text."""
        if finding.kind is Kind.NOT_DEADLINE:
            return False
        left, right = self.clause(finding)
        if self.is_cell and not finding.relation and finding.need in ("cell", "deed"):
            if not self.is_bare_cell or self.marked:
                return False
            return finding.grain != "clock" or EVENT_LABEL.search(left) is None
        if self.is_cell:
            return True
        if finding.need == "cell" or self._vetoed(finding, left, right):
            return False
        if finding.need == "deed":
            return self._dated_deed(finding, left)
        if finding.past:
            loose = finding.relation in ("until", "until_end", "end", "within")
            if not DOING.search(left[left.rfind(",") + 1 :] if loose else left):
                return False
        if finding.reason == "placeholder" and not finding.relation:
            return False
        if finding.need == "verb":
            return self._does_something(finding, left, right)
        return True

    def _dated_deed(self, finding: Finding, left: str) -> bool:
        """«trình Thường trực Tỉnh ủy vào cuối tháng 3»: a deed is dated, a meeting or a past act is only told of."""
        if finding.past or finding.grain == "clock":
            return False
        deed = DEED.search(left)
        return deed is not None and not SCENE.search(left, max(left.rfind(",", 0, deed.start()), 0))

    def _does_something(self, finding: Finding, left: str, right: str) -> bool:
        if LABELLED.search(left):
            return True
        if finding.relation in ("until", "until_end", "end", "within") and not left.strip(" ,:-(\n"):
            return MUST.search(right) is not None
        before = GAP.sub(" ", self.fold[max(0, finding.start - 240) : finding.start])
        if finding.grain == "range" and not left.strip(" ,:-(\n") and DUTY.match(right):
            return DOING.search(right) is not None and not DONE.search(right)
        return DOING.search(left) is not None or (
            finding.relation == "within" and bool(DOING.search(before[-160:]))
        )

    def _vetoed(self, finding: Finding, left: str, right: str) -> bool:
        relation = "range" if finding.grain == "range" else finding.relation
        if QUOTES.search(left) is not None and QUOTES.match(left) is None:
            return True
        for name, pattern, only in BEFORE_IT:
            if (only and relation not in only) or not pattern.search(left):
                continue
            if name != "data" or relation != "within" or not DATA_WORK.search(left):
                return True
        if finding.kind is Kind.RECURRING:
            return ROUTINE.search(left) is not None
        if finding.kind is Kind.NEEDS_ANCHOR or finding.rule.startswith("counted"):
            return SHORTENED.search(left) is not None
        return self._past_or_condition(finding, left, right)

    def _past_or_condition(self, finding: Finding, left: str, right: str) -> bool:
        if AFTER_CONDITION.match(right):
            return True
        last_comma = max(left.rfind(","), left.rfind("("))
        near = left[last_comma + 1 :]
        doing = DOING.search(near)
        if (done := DONE.search(near)) and (finding.past or not doing or doing.start() > done.start()):
            return True
        passive = finding.relation == "before" and PASSIVE.search(near)
        if passive and not DOING.search(left[: last_comma + 1 + passive.start()]):
            return True
        limited = finding.relation != "within" and CONDITION.search(near)
        if limited and (finding.past or not DOING.search(left[: last_comma + 1 + limited.start()])):
            return True
        opens = not left.strip(" ,:-(\n")
        if opens and finding.relation in ("until", "until_end", "end", "within"):
            return finding.past or (
                FIGURES.search(right) is not None
                and not re.search(r"\b(?:phai|phan (?:dau|~~~)|yeu cau)(?!\w)", right)
            )
        return opens and finding.past
