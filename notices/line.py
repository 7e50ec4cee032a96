"""One notice in words: what happened, what is asked, until when, why this person, what comes next, how to answer."""

from datetime import datetime, timedelta

from directive.due import local_day
from directive.event import EventKind
from directive.mark import Mark
from directive.value import Value
from notices.asking import ESCALATIONS, answer_until, is_done, may_choose, next_step, open_question, ways
from notices.dates import before_due, before_instant, day_of, day_words, due_words, instant_words
from notices.link import LIVES, Link
from notices.office import Office, full_name
from notices.words import Words, words
from register.outbox_models import Notice

LATE = timedelta(hours=1)
_LABELS = ("task", "product", "unit", "due", "reply", "open")


class Line(Value):
    """A notice as its reader sees it. Empty where there is nothing to say; `ways` are (label, command) pairs,
    `link` leads to the page."""

    notice: Notice
    head: str
    letter: str
    subject: str
    says: str
    asks: str = ""
    quoted: tuple[tuple[str, str], ...] = ()
    label: dict[str, str]
    work: str
    product: str = ""
    unit: str
    due: str
    why: str
    following: str = ""
    late: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    link: str = ""
    urgent: bool = False


def line_of(notice: Notice, office: Office) -> Line:
    """The notice in the words of its reader's language and form of address."""
    task = office.facts[notice.task].task
    said = words(office.person(notice.person).language, task.kind)
    header, planned = office.plans[notice.directive].directive, office.planned(notice)
    answers = may_choose(office, notice)
    following = next_step(office, notice) if answers or not notice.copied else None
    facts = _facts(notice, office, said, following)
    asked = ways(office, notice, said.acts(notice.kind))
    return Line(
        notice=notice,
        head=said.say(f"kinds.{notice.kind}.head", **facts),
        letter=said.say(
            "labels.letter",
            number=header.number,
            issued=day_words(header.issued, said.language),
            issuer=office.unit_name(header.issuer if task.kind == "task" else task.unit),
        ),
        subject=header.subject,
        says=_sentence(said.say(f"kinds.{notice.kind}.says", **facts) + _by_rule(notice, said)),
        asks=_asks(notice, office, said, facts, answerable=bool(asked)),
        quoted=_quoted(notice, said),
        label={name: said.say(f"labels.{name}") for name in _LABELS},
        work=planned.work,
        product=planned.product or _attached(notice, office),
        unit=office.unit_name(notice.unit),
        due=_due(notice, office, said),
        why=_why(notice, office, said, facts, informed=notice.copied and not asked),
        following=_following(following, notice, office, said, str(facts["you"]))
        if asked and following
        else "",
        late=_late(notice, said),
        ways=tuple((said.say(f"choices.{way.choice}"), way.command) for way in asked),
        link=_link(notice, office, asked=bool(answers)),
        urgent=bool(answers),
    )


def _link(notice: Notice, office: Office, *, asked: bool) -> str:
    """Where the reader sees the task, or answers its question; it ends some time after the message is decided."""
    if office.links is None:
        return ""
    question = notice.question if asked else ""
    return office.links.url(
        Link(person=notice.person, task=notice.task, question=question, ends_at=office.now + LIVES)
    )


def _due(notice: Notice, office: Office, said: Words) -> str:
    """The deadline in force, or the day by which the decision on a document is needed."""
    due, request = office.due(notice), office.plans[notice.directive].request
    if due:
        return due_words(due, said.language)
    needed = request.needed if request else None
    return day_words(needed, said.language) if needed else said.say("labels.no_due")


def _attached(notice: Notice, office: Office) -> str:
    """What there is to read with a document that waits for approval."""
    request, report = office.plans[notice.directive].request, office.facts[notice.task].report
    if request is None or report is None:
        return ""
    return "; ".join(f"{one.name} ({one.where})" for one in report.evidence or request.evidence)


def _facts(notice: Notice, office: Office, said: Words, following: Mark | None) -> dict[str, object]:
    """Everything a sentence may name."""
    language, header = said.language, office.plans[notice.directive].directive
    due, detail, held = office.due(notice), notice.event.detail, office.facts[notice.task]
    relation, system = office.relation(notice), office.system(notice)
    you = said.say(f"address.{system}.you")
    question = open_question(office, notice)
    until = answer_until(office, notice, following)
    return {
        "you": you,
        "relation": relation,
        "ask": said.say(f"relation.{relation}.ask", you=you),
        "urge": said.say(f"relation.{relation}.urge", you=you),
        "issuer": office.unit_name(header.issuer),
        "unit": office.unit_name(notice.unit),
        "due": due_words(due, language) if due else "",
        "due_before": before_due(due, said) if due else "",
        "until": before_instant(until, said) if until else "",
        "at": instant_words(notice.at, language),
        "now": instant_words(office.now, language),
        "assigned": day_words(local_day(held.assigned_at), language),
        "asked": instant_words(question.asked_at if question else notice.at, language),
        "question_about": said.say(f"questions.{notice.question.partition('.')[0] or 'escalation'}"),
        "day": day_of(detail.get("day", ""), language),
        "before": day_of(detail.get("before", ""), language),
        "next_day": day_of(detail.get("next", ""), language),
        "outcome": detail.get("outcome", ""),
        "choice": _choice(detail.get("choice", ""), said),
        "round": detail.get("round", ""),
        "count": detail.get("count", ""),
        "number_of_nudge": detail.get("number", ""),
        "document": detail.get("document", ""),
        "dated": day_of(detail.get("dated", ""), language),
        "grade": detail.get("grade", ""),
        "refused": _refused(notice, said) if notice.kind is EventKind.ANSWER_REFUSED else "",
        "person": full_name(office.person(detail.get("person", ""))),
    }


def _refused(notice: Notice, said: Words) -> str:
    """Why an answer by signal was not taken."""
    detail = notice.event.detail
    named = f"refusals.{notice.event.reason}"
    days = {key: day_of(detail.get(key, ""), said.language) for key in ("day", "furthest")}
    allowed = [choice.strip() for choice in detail.get("allowed", "").split(",") if choice.strip()]
    return said.say(
        named if said.has(named) else "refusals.other",
        allowed=", ".join(said.say(f"choices.{choice}") for choice in allowed),
        field=detail.get("field", ""),
        limit=detail.get("limit", ""),
        **days,
    )


def _asks(notice: Notice, office: Office, said: Words, facts: dict[str, object], *, answerable: bool) -> str:
    if may_choose(office, notice):
        own = f"kinds.{notice.kind}.asks"
        if notice.kind in ESCALATIONS or (said.has(own) and not notice.question):
            return _sentence(said.say(own, **facts))
        return _sentence(said.say("answer", lead=facts["ask"], until=facts["until"]))
    asks = f"kinds.{notice.kind}.asks"
    if notice.copied or notice.kind in ESCALATIONS or not said.has(asks) or is_done(office, notice):
        return ""
    return _sentence(said.say(asks, **facts)) if answerable or not said.acts(notice.kind) else ""


def _quoted(notice: Notice, said: Words) -> tuple[tuple[str, str], ...]:
    """What a person gave as reason or text, in their own words."""
    if notice.kind is EventKind.ANSWER_REFUSED or notice.planned:
        return ()
    given = (("labels.reason", notice.event.reason), ("labels.said", notice.event.text))
    return tuple((said.say(label), text.strip()) for label, text in given if text.strip())


def _why(notice: Notice, office: Office, said: Words, facts: dict[str, object], *, informed: bool) -> str:
    if not notice.role:
        return ""
    away = notice.on_behalf_of
    absent = ""
    if away:
        system = office.system(notice)
        absent = said.say(f"address.{system}.absent", name=full_name(office.person(away)))
    role = office.role_words(notice.role, notice, said)
    return said.say(
        "labels.why_copy" if informed else "labels.why", you=facts["you"], role=role, absent=absent
    )


def _following(mark: Mark, notice: Notice, office: Office, said: Words, you: str) -> str:
    roles = [you if role == notice.role else office.role_words(role, notice, said) for role in mark.to]
    at, choice = instant_words(mark.at, said.language), _choice(mark.choice or "", said)
    return said.say(f"next.{mark.kind}", at=at, roles=", ".join(roles), choice=choice)


def _by_rule(notice: Notice, said: Words) -> str:
    """That nobody decided but the policy, on silence."""
    rule = notice.event.detail.get("rule", "")
    if not rule or notice.kind is EventKind.QUESTION_LAPSED:
        return ""
    return " " + said.say("labels.by_rule", rule=rule)


def _choice(choice: str, said: Words) -> str:
    return said.say(f"decided.{choice}") if said.has(f"decided.{choice}") else ""


def _late(notice: Notice, said: Words) -> str:
    if notice.planned is None or notice.written - notice.planned <= LATE:
        return ""

    def told(instant: datetime) -> str:
        return instant_words(instant, said.language)

    return said.say("labels.late", planned=told(notice.planned), at=told(notice.written))


def _sentence(text: str) -> str:
    """A sentence with its first letter large, single spaces, and no gap before its stop."""
    text = " ".join(text.split()).replace(" .", ".").replace(" ,", ",")
    return text[:1].upper() + text[1:]
