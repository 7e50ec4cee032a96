"""A document for approval as a clerk types it, before anything is looked up: the entries of the file and no more."""

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from directive.message import TEXT_LIMIT
from directive.value import Value
from letters.forms import Day, Text, several
from letters.plan_form import Stages


def _at_most(limit: int) -> BeforeValidator:
    """Refuse a text that is longer than what a message carries."""

    def check(typed: object) -> object:
        if isinstance(typed, str) and len(typed) > limit:
            raise PydanticCustomError("text_too_long", "too long", {"limit": limit, "length": len(typed)})
        return typed

    return BeforeValidator(check)


def _paragraphs(typed: object) -> object:
    """The text with the lines that its author gave it."""
    return "" if typed is None else typed.strip() if isinstance(typed, str) else typed


class DocumentForm(Value):
    """The document's number and date, where it has them."""

    number: Annotated[Text, _at_most(100)] = ""
    dated: Day | None = None


class EvidenceForm(Value):
    """One thing to read: its name, and a link to it or the name of its file."""

    name: Annotated[Text, _at_most(300), Field(min_length=1)]
    where: Annotated[Text, _at_most(2_000), Field(min_length=1)]


class AskingForm(Value):
    """Who asks: a unit, and its person who submits."""

    unit: Text = ""
    person: Text = ""


class AskForm(Value):
    """The whole file. `from` is who asks, `issuer` the body that decides."""

    reference: Text = ""
    document: DocumentForm = DocumentForm()
    subject: Text = ""
    text: Annotated[str, BeforeValidator(_paragraphs), _at_most(TEXT_LIMIT)] = ""
    evidence: Annotated[tuple[EvidenceForm, ...], several] = ()
    asking: Annotated[AskingForm, Field(alias="from")] = AskingForm()
    issuer: Text = ""
    monitor: Text = ""
    policy: Text = "standard"
    needed: Day | None = None
    route: Stages = ()
