"""Whether a date is a deadline at all: what stands around it decides, and doubt decides for no date.

To miss a deadline is a line to fill in; to invent one is a wrong escalation to the head of a unit (domain.md §2).
"""

import re
from functools import cached_property

from directive.phrases.around import (
    AFTER_CONDITION,
    ANY_BEFORE,
    ASIDE,
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
    REACH,
    ROUTINE,
    SCENE,
    SHORTENED,
)
from directive.phrases.finding import Finding
from directive.phrases.reading import Kind


class Context:
    """One text around its findings."""

    def __init__(self, fold: str, findings: list[Finding]) -> None:
        self.fold, self.findings = fold, findings
        self.is_cell = self._only_filler(FILLER)
        self.is_bare_cell = self.is_cell and self._only_filler(BARE_FILLER)
        self.marked = any(finding.relation or finding.need == "nothing" for finding in findings)

    @cached_property
    def breaks(self) -> list[int]:
        """Where clauses end."""
        return [found.end() for found in BOUNDARY.finditer(self.fold)]

    @cached_property
    def gaps(self) -> bool:
        """Whether white space is more than single spaces."""
        return "  " in self.fold or "\n" in self.fold

    def _only_filler(self, filler: re.Pattern[str]) -> bool:
        """Whether the text holds nothing but deadlines, as a table cell or a phrase does."""
        last = 0
        for n, finding in enumerate(self.findings):
            piece = self.fold[last : finding.start]
            if "(" in piece:
                piece = ASIDE.sub(" ", piece)
            if not filler.match(piece) or (n == 0 and "," in piece):
                return False
            last = finding.end
        rest = self.fold[last:]
        return filler.match(ASIDE.sub(" ", rest) if "(" in rest else rest) is not None and not POSTED.match(
            rest
        )

    def clause(self, finding: Finding) -> tuple[str, str]:
        """The words of the clause before and after the finding."""
        first = max((at for at in self.breaks if at <= finding.start), default=0)
        last = min((at for at in self.breaks if at > finding.end), default=len(self.fold))
        left, right = self.fold[first : finding.start], self.fold[finding.end : last]
        if self.gaps:
            return GAP.sub(" ", left), GAP.sub(" ", right)
        return left, right

    def accepts(self, finding: Finding) -> bool:
        """Whether this finding is a deadline (or a refusal that a person must see) in this text."""
        if finding.kind is Kind.NOT_DEADLINE:
            return False
        if self.is_cell and not finding.relation and finding.need in ("cell", "deed"):
            if not self.is_bare_cell or self.marked:
                return False
            return finding.grain != "clock" or EVENT_LABEL.search(self.clause(finding)[0]) is None
        if self.is_cell or finding.need == "cell":
            return self.is_cell
        left, right = self.clause(finding)
        if self._vetoed(finding, left, right):
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
        tail = left[left.rfind(" ", 0, -REACH) + 1 :] if len(left) > REACH else left
        for name, pattern, only in BEFORE_IT if ANY_BEFORE.search(tail) else ():
            if (only and relation not in only) or not pattern.search(tail):
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
