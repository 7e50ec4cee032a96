"""The mail itself and the folder it is written to."""

import os
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from directive.directory import Person
from notices.channel import Undeliverable
from notices.folder import EmlFolder
from notices.message import Sender, message_eml
from register.outbox_models import OutMessage
from tests.notices.given import local

READER = Person(id="head", name="Phó Giám đốc Sở Khoa học và Công nghệ", email="head@example.invalid")
SUBJECT = "Chưa nhận được báo cáo: Rà soát, cập nhật đầy đủ tiến độ thực hiện các nhiệm vụ (1346-CV/ĐU)"
MESSAGE = OutMessage(
    id="20260701T010030Z-0123456789abcdef",
    person="head",
    decided_at=local(1, 8, 0, 30),
    subject=SUBJECT,
    text="Kính gửi đồng chí,\nchưa nhận được báo cáo.\n",
    html="<p>Kính gửi đồng chí</p>",
    notices=("task:du.1346:1.1:so-khcn/c1.level.1/head",),
)


def test_the_mail_is_the_same_byte_for_byte_however_often_it_is_built() -> None:
    first = message_eml(MESSAGE, READER, Sender())
    assert first == message_eml(MESSAGE, READER, Sender())
    assert first.isascii(), "safe on the way through any server"
    assert max(len(line) for line in first.splitlines()) < 200


def test_a_mail_program_reads_what_was_written() -> None:
    mail = message_from_bytes(message_eml(MESSAGE, READER, Sender()))
    assert str(make_header(decode_header(mail["Subject"]))) == SUBJECT
    assert str(make_header(decode_header(mail["To"]))) == f"{READER.name} <head@example.invalid>"
    assert mail["Date"] == "Wed, 01 Jul 2026 08:00:30 +0700"
    assert mail["Message-ID"] == f"<{MESSAGE.id}@example.invalid>"
    assert mail["List-Id"] == "<notices.example.invalid>"
    assert mail["Auto-Submitted"] == "auto-generated"
    modern = message_from_bytes(message_eml(MESSAGE, READER, Sender()), policy=default)
    assert isinstance(modern, EmailMessage)
    for kind, content in (("plain", MESSAGE.text), ("html", MESSAGE.html)):
        body = modern.get_body((kind,))
        assert isinstance(body, EmailMessage)
        assert body.get_content().replace("\r\n", "\n").strip() == content.strip()


def test_mails_about_one_task_share_a_thread_and_others_have_none() -> None:
    def thread(*notices: str) -> object:
        message = MESSAGE.model_copy(update={"notices": notices, "id": "other"})
        return message_from_bytes(message_eml(message, READER, Sender()))["References"]

    one = thread("task:a:1:b/c1.level.1/head")
    assert one
    assert one == thread("task:a:1:b/c1.level.2/head", "task:a:1:b/m1/head")
    assert one != thread("task:a:2:b/c1.level.1/head")
    assert thread("task:a:1:b/x/head", "task:a:2:b/x/head") is None


async def test_the_same_message_again_changes_nothing(tmp_path: Path) -> None:
    folder = EmlFolder(tmp_path / "mail")
    await folder.send(MESSAGE, READER)
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == f"2026-07-01T08-00-30_{MESSAGE.id}.eml"
    before = file.stat()
    await folder.send(MESSAGE, READER)
    assert file.stat() == before
    assert len(list((tmp_path / "mail").iterdir())) == 1


async def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            await EmlFolder(tmp_path).send(MESSAGE, READER)
    assert not os.listdir(tmp_path)  # noqa: PTH208, the test is async


@pytest.mark.parametrize(
    "address", ["nobody", "a b@example.invalid", "a@b\r\nBcc: c@d", "@x", "đ@example.invalid"]
)
async def test_an_impossible_address_is_told(tmp_path: Path, address: str) -> None:
    with pytest.raises(Undeliverable):
        await EmlFolder(tmp_path).send(MESSAGE, READER.model_copy(update={"email": address}))
