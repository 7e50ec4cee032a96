"""Which channel an office's messages go through: its mail server where one is set, else a folder."""

from pathlib import Path

from notices.channel import Way
from notices.folder import EmlFolder
from notices.message import Sender
from notices.smtp import Server, SmtpChannel


def channel_to(server: Server | None, folder: Path, sender: Sender) -> Way:
    """The channel."""
    return SmtpChannel(server, sender) if server else EmlFolder(folder, sender)
