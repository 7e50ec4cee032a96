"""Files of evidence at the page's doors: who may bring one, who may open one, and how it is handed out."""

import re
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import FileResponse

from answers import rights
from answers import said as told
from answers.house import house_of
from answers.link_cookie import opened
from answers.reader import Reader
from desk import evidence
from desk.evidence import Stream, path_of
from desk.exit import Code, Stop
from desk.whole import Whole
from directive.message import Evidence
from register.audit import note
from register.files import FileUse, file_of, uses_of_file
from register.reading import facts_of

HASH = r"^[0-9a-f]{64}$"
_PLAIN = re.compile(r"[^A-Za-z0-9._-]")


async def bring(
    request: Request, reader: Reader, whole: Whole, stream: Stream, name: str, title: str = ""
) -> Evidence:
    """Keep a file for a task that the reader works on. Raises Stop, RegisterDown."""
    task, register = whole.facts.task.id, house_of(request).register
    overseer = reader._replace(roles=frozenset())  # who only looks over everything brings nothing
    rights.need(rights.sees_task(overseer, whole.facts))
    try:
        kept = await evidence.keep(register, stream, name, reader.person.id, task, title=title)
    except Stop as stop:
        await _note(request, reader, task, stop.kind)
        raise
    await _note(request, reader, task, "done", evidence.hash_of(kept))
    return kept


async def handed_out(request: Request, reader: Reader, digest: str) -> FileResponse:
    """The content, as an attachment, for whoever may see a task that uses it. Raises Stop, RegisterDown."""
    register = house_of(request).register
    kept = await file_of(register, digest) if re.fullmatch(HASH, digest) else None
    use = await _use_seen(request, reader, digest) if kept else None
    if kept is None or use is None:
        raise told.not_found()  # also for who may not see it: what they cannot see is not there
    path = path_of(digest)
    if not path.is_file():
        raise _lost()
    answer = FileResponse(path, media_type=kept.type)
    answer.headers["Content-Type"] = kept.type  # no charset is guessed for a text that was only kept
    plain = _PLAIN.sub("_", use.name)
    answer.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(use.name, safe='')}"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


async def _use_seen(request: Request, reader: Reader, digest: str) -> FileUse | None:
    register = house_of(request).register
    uses = await uses_of_file(register, digest)
    facts = await facts_of(register, [one.task for one in uses])
    if reader.link is not None:
        held = opened(house_of(request), request)
        tasks = {link.task for link in held.links} if held else set()
        return next((one for one in uses if one.task in tasks), None)
    return next((one for one in uses if rights.sees_task(reader, facts[one.task])), None)


def _lost() -> Stop:
    return Stop(
        Code.UNREACHABLE,
        "không đọc được nội dung tệp này trên máy chủ",
        "the content of this file cannot be read on the server",
        "báo người quản trị: `doctor` cho biết tệp nào bị mất, có thể lấy lại từ bản sao lưu",
        "tell the administrator: `doctor` lists the files that are missing, a backup has them",
        kind="file_lost",
    )


async def _note(request: Request, reader: Reader, task: str, result: str, digest: str = "") -> None:
    house = house_of(request)
    await note(
        house.register,
        at=house.now(),
        person=reader.person.id,
        way=reader.way,
        did="bring_file",
        task=task,
        result=result,
        detail={"file": digest} if digest else {},
    )
