"""Evidence as files: judged by content, kept once under their hash, missed when they are gone."""

import hashlib
import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import docx
import pytest
from reportlab.pdfgen import canvas

from desk import evidence, evidence_local
from desk.doctor_files import file_findings
from desk.evidence import keep, known_evidence, missing_files, path_of, plain_name
from desk.evidence_kinds import kind_of
from desk.evidence_secret import refuse_secret_file
from desk.exit import Stop
from desk.settings import settings
from directive.clock import OfficeClock
from directive.message import Act, Door, Evidence, Message
from register.files import file_of, uses_of_file
from register.open import Register
from register.plans import orders_of, save_directory, save_plan
from tests.register.given import ASSIGNED, DIRECTIVE, Running, directory, plan

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 40
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 40
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40
MAIL = b"From: a@example.invalid\r\nDate: Mon, 1 Jun 2026 08:00:00 +0700\r\nSubject: x\r\n\r\nNoi dung\r\n"


class Upload:
    """What a page hands over: a stream that is read once."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    async def read(self, size: int = -1, /) -> bytes:
        return self._content.read(size)


def _lying_in(folder: Path) -> list[str]:
    return [one.name for one in folder.rglob("*") if one.is_file()]


def pdf(words: str = "Report") -> bytes:
    made = io.BytesIO()
    page = canvas.Canvas(made, invariant=True)
    page.drawString(72, 720, words)
    page.save()
    return made.getvalue()


def word(text: str = "Báo cáo kết quả") -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def archive(*names: str, mimetype: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        if mimetype:
            packed.writestr("mimetype", mimetype)
        for name in names:
            packed.writestr(name, "x")
    return made.getvalue()


XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODT = archive("content.xml", mimetype="application/vnd.oasis.opendocument.text")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    settings.cache_clear()
    yield tmp_path / "files"
    settings.cache_clear()


@pytest.fixture
async def task(folder: Path, in_file: str) -> AsyncIterator[Running]:
    register = Register.open(in_file)
    await save_directory(register, directory())
    await save_plan(register, plan(), "d1")
    running = Running(register, (await orders_of(register, DIRECTIVE, OfficeClock()))[0], ASSIGNED)
    await running.start()
    yield running
    await register.close()


TAKEN = {
    "Báo cáo.pdf": (pdf(), "application/pdf"),
    "bao-cao.DOCX": (word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "bieu.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "bieu.odt": (ODT, "application/vnd.oasis.opendocument.text"),
    "anh.jpeg": (JPEG, "image/jpeg"),
    "anh.png": (PNG, "image/png"),
    "anh.heic": (HEIC, "image/heic"),
    "ghi.txt": ("Đã gửi 5 < 6 bản".encode(), "text/plain"),
    "ghi-16.txt": ("Đã gửi".encode("utf-16"), "text/plain"),
    "thu.eml": (MAIL, "message/rfc822"),
}


async def test_what_an_office_hands_in_is_kept_by_its_content(task: Running) -> None:
    for name, (content, kind) in TAKEN.items():
        piece = await keep(task.register, Upload(content), name, "officer-so-a", task.id, title="Báo cáo")
        digest = hashlib.sha256(content).hexdigest()
        assert piece == Evidence(name="Báo cáo", where=f"sha256:{digest}")
        assert path_of(digest).read_bytes() == content
        kept = await file_of(task.register, digest)
        assert kept
        assert (kept.type, kept.size, kept.person) == (kind, len(content), "officer-so-a")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("chay.pdf", b"MZ" + b"\0" * 200, "evidence_type"),
        ("chay.txt", b"\x7fELF" + b"\0" * 200, "evidence_type"),
        ("lenh.txt", b"#!/bin/sh\nrm -rf /\n", "evidence_type"),
        ("trang.txt", b"  <!DOCTYPE html><script>alert(1)</script>", "evidence_type"),
        ("hinh.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence_type"),
        ("nen.zip", archive("a.txt"), "evidence_type"),
        ("macro.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "evidence_type"),
        ("hong.docx", b"PK\x03\x04" + b"\0" * 60, "evidence_type"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "evidence_type"),
        ("thu.eml", MAIL.replace(b"Subject: x", b'Content-Disposition: attachment; filename="a.exe"'), "evidence_type"),
        ("bao-cao.txt", pdf(), "evidence_ending"),
        ("anh.pdf", PNG, "evidence_ending"),
        ("khong-duoi", pdf(), "evidence_ending"),
        ("trang.html", b"loi chao", "evidence_ending"),
        ("mat.docx", word("TỐI MẬT"), "evidence_secret"),
        ("mat.pdf", pdf("TOI MAT"), "evidence_secret"),
        ("mat.txt", "ỦY BAN NHÂN DÂN\nMẬT\nSố: 1/UBND".encode(), "evidence_secret"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_can_run_hides_or_is_secret_is_refused(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / "part").write_bytes(content)
    with pytest.raises(Stop) as refused:
        refuse_secret_file(tmp_path / "part", kind_of(tmp_path / "part", name))
    assert refused.value.kind == why


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "evidence_empty"), (b"MZ", "evidence_type"), ("MẬT".encode(), "evidence_secret")],
)
async def test_of_a_refused_file_nothing_stays(task: Running, folder: Path, content: bytes, why: str) -> None:
    with pytest.raises(Stop) as refused:
        await keep(task.register, Upload(content), "a.txt", "officer-so-a", task.id)
    assert refused.value.kind == why
    assert _lying_in(folder) == []


def unpacks_to_much(name: str) -> bytes:
    """A file of a megabyte at most that nobody should unpack: a page's content of 1 GiB, an archive's first part."""
    block = bytes(1 << 20)
    if name.endswith(".pdf"):
        packer, check = zlib.compressobj(9, wbits=-15), 1
        packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
        for _ in range(1024):
            check = zlib.adler32(block, check)
        return page_of(b"\x78\xda" + packed * 1024 + b"\x03\x00" + check.to_bytes(4, "big"))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archived, archived.open("mimetype", "w") as part:
        for _ in range(300):
            part.write(block)
    return made.getvalue()


def page_of(packed: bytes) -> bytes:
    """A PDF of one page whose content is packed."""
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(packed), packed),
    )
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(made)
    return made + b"xref\n0 5\n0000000000 65535 f \n" + table + ending


@pytest.mark.parametrize(("name", "told"), [("bom.odt", ["evidence_type"]), ("bom.pdf", [])])
def test_a_file_that_unpacks_to_very_much_does_not_take_the_memory_of_who_judges_it(
    tmp_path: Path, name: str, told: list[str]
) -> None:
    part = tmp_path / "part"
    part.write_bytes(unpacks_to_much(name))
    judging = (
        "import sys; from pathlib import Path; from desk.exit import Stop; from desk import evidence\n"
        "try: evidence._judged(Path(sys.argv[1]), sys.argv[2])\n"
        "except Stop as stop: print(stop.kind)\n"
        "print(Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0])"
    )
    command = [sys.executable, "-c", judging, str(part), name]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=160).stdout.split()
    assert [one for one in said[:-1] if one.startswith("evidence_t")] == told
    assert int(said[-1]) < 200 * 1024  # KiB


@pytest.mark.parametrize("part", ["multipart/mixed; boundary=b", "message/rfc822"])
def test_a_mail_of_a_thousand_parts_within_each_other_is_refused_in_words(tmp_path: Path, part: str) -> None:
    deep = "".join(f"Content-Type: {part}{at}\r\n\r\n--b{at}\r\n" for at in range(1500))
    if part == "message/rfc822":
        deep = f"Content-Type: {part}\r\n\r\n" * 1500
    (tmp_path / "part").write_bytes(MAIL.replace(b"Subject: x\r\n\r\n", deep.encode()))
    with pytest.raises(Stop) as refused:
        kind_of(tmp_path / "part", "thu.eml")
    assert refused.value.kind == "evidence_type"


async def test_a_file_beyond_the_limit_is_refused_before_all_of_it_is_read(
    task: Running, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence, "LIMIT", 1_000)
    upload = Upload(PNG + b"\0" * (3 * evidence.PIECE))
    with pytest.raises(Stop) as refused:
        await keep(task.register, upload, "anh.png", "officer-so-a", task.id)
    assert refused.value.kind == "evidence_too_large"
    assert len(await upload.read()) > evidence.PIECE
    assert _lying_in(folder) == []


async def test_the_same_content_twice_is_kept_once_and_each_use_is_known(task: Running, folder: Path) -> None:
    first = await keep(task.register, Upload(PNG), "a.png", "officer-so-a", task.id)
    again = await keep(task.register, Upload(PNG), "b.png", "head-so-a", task.id)
    assert first.where == again.where
    assert _lying_in(folder) == [evidence.hash_of(first)]
    uses = await uses_of_file(task.register, evidence.hash_of(first))
    assert {(one.person, one.name) for one in uses} == {("officer-so-a", "a.png"), ("head-so-a", "b.png")}


async def test_a_content_that_is_gone_or_altered_is_missed_until_it_is_sent_again(task: Running) -> None:
    assert await missing_files(task.register) == []
    one = path_of(evidence.hash_of(await keep(task.register, Upload(PNG), "a.png", "x", task.id)))
    two = path_of(evidence.hash_of(await keep(task.register, Upload(JPEG), "a.jpg", "x", task.id)))
    one.unlink()
    two.unlink()
    two.mkdir()  # there, and cannot be read
    assert {(lost.hash, lost.why) for lost in await missing_files(task.register)} == {
        (one.name, "missing"),
        (two.name, "unreadable"),
    }
    two.rmdir()
    two.write_bytes(b"other")
    assert {(lost.hash, lost.why) for lost in await missing_files(task.register)} == {
        (one.name, "missing"),
        (two.name, "altered"),
    }
    (told,) = await file_findings(task.register)
    assert not told.well
    assert "2 tệp minh chứng" in told.said
    await keep(task.register, Upload(PNG), "a.png", "x", task.id)
    await keep(task.register, Upload(JPEG), "a.jpg", "x", task.id)
    assert await missing_files(task.register) == []
    assert [one.well for one in await file_findings(task.register)] == [True]


async def test_evidence_named_by_a_page_is_a_link_or_a_file_of_that_task(task: Running) -> None:
    kept = await keep(task.register, Upload(PNG), "a.png", "officer-so-a", task.id)
    link = Evidence(name="Biểu", where="https://van-ban.example.invalid/1")
    await known_evidence(task.register, task.id, (kept, link))
    for other in ("javascript:alert(1)", "/etc/passwd", "sha256:" + "0" * 64, "sha256:../../x"):
        with pytest.raises(Stop, match="neither"):
            await known_evidence(task.register, task.id, (Evidence(name="x", where=other),))
    with pytest.raises(Stop, match="neither"):
        await known_evidence(task.register, "task:other", (kept,))


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("C:\\Users\\a\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        ("", "minh-chung"),
        ("x" * 400 + ".pdf", "x" * 190 + ".pdf"),
    ],
)
def test_a_name_keeps_neither_folders_nor_what_is_unseen(given: str, plain: str) -> None:
    assert plain_name(given) == plain


async def test_a_file_of_this_machine_is_kept_when_its_act_is_sent(task: Running, tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.pdf"
    file.write_bytes(pdf())
    link = Evidence(name="Biểu", where="https://van-ban.example.invalid/1")
    pieces = (Evidence(name="Báo cáo", where=str(file)), link)
    evidence_local.check_files({"evidence": pieces})
    message = Message(
        id="m1", act=Act.REPORT, actor="officer-so-a", role="officer:so-a", at=ASSIGNED, door=Door.CLI, evidence=pieces
    )  # fmt: skip
    sent = await evidence_local.with_files_kept(task.register, message, task.id)
    assert sent.evidence == (
        Evidence(name="Báo cáo", where="sha256:" + hashlib.sha256(pdf()).hexdigest()),
        link,
    )


@pytest.mark.parametrize("typed", ["./khong-co.pdf", "khong-co.pdf", "/khong/co"])
def test_a_file_that_is_not_there_is_told_before_anything_is_sent(typed: str) -> None:
    with pytest.raises(Stop) as refused:
        evidence_local.check_files({"evidence": (Evidence(name="x", where=typed),)})
    assert refused.value.kind == "file_missing"
