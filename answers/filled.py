"""What a form brought: the words as typed, to be shown again where something is to be mended, and what they mean."""

import re
import uuid
from typing import Any, NamedTuple

from fastapi import Request
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile

from desk import evidence, typed
from desk.exit import Stop, bad_input
from desk.fields import Field, Need
from desk.picked import Limits, need_good
from desk.whole import Whole
from directive.message import MESSAGE_ID, Document, Evidence
from directive.value import kept
from register.open import Register

FILES, LINK, LINK_NAME, KEPT, KEPT_NAME = "file", "link", "link_name", "kept", "kept_name"
_MESSAGE_ID = re.compile(MESSAGE_ID)
_NO_LINE = str.maketrans({"\r": None})


class Filled(NamedTuple):
    """A form as it came in. `kept` are the files of it that are kept already."""

    form: FormData
    message_id: str
    kept: tuple[Evidence, ...] = ()

    def text(self, name: str) -> str:
        """What stands in a field, as typed, without the ends of lines that browsers add and what nobody can see."""
        value = self.form.get(name, "")
        return kept(value.translate(_NO_LINE)).strip() if isinstance(value, str) else ""


def new_id() -> str:
    """A fresh message id: the form that carries it counts once, however often it is sent."""
    return str(uuid.uuid4())


def empty() -> Filled:
    """A form before anything was typed."""
    return Filled(FormData(), new_id())


async def filled(request: Request) -> Filled:
    """The form of a request. Raises Stop where its message id is missing or none of ours."""
    form = await request.form()
    found = form.get("message_id", "")
    if not (isinstance(found, str) and 8 <= len(found) <= 100 and _MESSAGE_ID.match(found)):
        raise bad_input(
            "biểu mẫu thiếu mã của lần gửi; chưa có gì thay đổi",
            "the form lacks its message id; nothing has changed",
            "mở lại trang rồi gửi lại",
            "open the page again and send it once more",
            kind="no_message_id",
        )
    return Filled(form, found)


def said_in(whole: Whole, given: Filled, needs: tuple[Need, ...], held: Limits | None) -> dict[str, Any]:
    """What a form says, field by field; no file is touched. Raises Stop that names the slip."""
    said: dict[str, Any] = {}
    for field, _ in needs:
        match field:
            case Field.DAY:
                said["day"] = typed.optional_day(given.text("day"))
            case Field.DOCUMENT:
                said["document"] = document(given)
            case Field.GRADE:
                said["grade"] = typed.grade(given.text("grade") or "don_doc")
            case Field.EVIDENCE:
                continue
            case _:
                said[field.value] = given.text(field.value)
    if said.get("day") and held:
        need_good(said["day"], held, whole.counted)
    return said


def document(given: Filled) -> Document | None:
    """The document named in two fields; None where neither is filled. Raises Stop where one is missing."""
    number, dated = given.text("document"), given.text("dated")
    if not (number or dated):
        return None
    if not (number and dated):
        raise bad_input(
            "văn bản phải có cả số và ngày",
            "a document has a number and a date",
            "điền cả hai ô, hoặc để trống cả hai",
            "fill in both fields or neither",
            kind="bad_document",
        )
    return Document(number=number, dated=typed.day(dated))


async def with_evidence(register: Register, whole: Whole, given: Filled, person: str) -> Filled:
    """The form with its files kept, each once by its content. Raises Stop, RegisterDown."""
    task = whole.facts.task.id
    uploads = [one for one in given.form.getlist(FILES) if isinstance(one, UploadFile) and one.filename]
    fresh = [await evidence.keep(register, one, one.filename or "", person, task) for one in uploads]
    kept = {one.where: one for one in (*_kept(given), *fresh)}
    whole_form = given._replace(kept=tuple(kept.values()))
    await evidence.known_evidence(register, task, pieces_of(whole_form))
    return whole_form


def pieces_of(given: Filled) -> tuple[Evidence, ...]:
    """All evidence of a form: the files that are kept, and the link. Raises Stop where the link is too long."""
    link = given.text(LINK)
    return (*given.kept, *([_piece(given.text(LINK_NAME) or link, link)] if link else []))


def _kept(given: Filled) -> list[Evidence]:
    """The files that an earlier sending of this form has brought already."""
    where = [one for one in given.form.getlist(KEPT) if isinstance(one, str)]
    names = [one for one in given.form.getlist(KEPT_NAME) if isinstance(one, str)]
    return [_piece(name, one) for one, name in zip(where, names, strict=False)]


def _piece(name: str, where: str) -> Evidence:
    try:
        return Evidence(name=name[:300], where=where)
    except ValidationError as error:
        raise bad_input(
            "liên kết minh chứng quá dài",
            "the link to evidence is too long",
            "rút gọn liên kết, hoặc gửi tệp",
            "shorten the link, or send the file",
            kind="evidence_unknown",
        ) from error


def field_of(stop: Stop) -> str:
    """The field that a refusal is about, so that it is told beside it; empty where it is about the whole."""
    return _FIELDS.get(stop.kind, "")


_FIELDS = {
    "bad_day": "day",
    "bad_date": "day",
    "date_missing": "day",
    "date_past": "day",
    "date_not_later": "day",
    "too_far": "day",
    "after_parent": "day",
    "counter_not_earlier": "day",
    "reason_missing": "reason",
    "person_missing": "person",
    "same_officer": "person",
    "other_unit": "person",
    "unknown_person": "person",
    "nothing_handed_in": "text",
    "document_missing": "document",
    "bad_document": "document",
    "date_ahead": "document",
    "bad_grade": "grade",
    "evidence_too_large": "file",
    "evidence_empty": "file",
    "evidence_unknown": "link",
}
