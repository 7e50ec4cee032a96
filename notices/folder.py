"""The channel "a folder of .eml files": each message is one file that any mail program opens."""

import asyncio
import os
import tempfile
from pathlib import Path

from directive.directory import Person
from notices.channel import Undeliverable
from notices.message import Sender, file_name, message_eml
from register.outbox_models import OutMessage


class EmlFolder:
    """Writes messages into `folder`, which it makes. The same message again changes nothing."""

    def __init__(self, folder: Path, sender: Sender | None = None) -> None:
        self.folder = folder
        self.sender = sender or Sender()

    async def send(self, message: OutMessage, reader: Person) -> None:
        """Write the message's file. Raises Undeliverable for an impossible address, OSError where the disk fails."""
        await asyncio.to_thread(self._send, message, reader)  # a mail of forty tasks takes its time to build

    def _send(self, message: OutMessage, reader: Person) -> None:
        try:
            content = message_eml(message, reader, self.sender)
        except ValueError as error:
            raise Undeliverable("bad_address") from error
        self._write(self.folder / file_name(message.id, message.decided_at), content)

    def _write(self, file: Path, content: bytes) -> None:
        """Whole or not at all: under another name, flushed to the disk, then renamed."""
        if file.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            part.replace(file)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
