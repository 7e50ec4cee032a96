"""What the bare workflow and its activity say to each other."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Job(BaseModel):
    """A task as one would write it by hand: what it is, and until when."""

    model_config = ConfigDict(frozen=True)

    id: str
    work: str
    due: datetime
    answer_due: datetime
    local: bool = False  # messages' effects locally too: a lever, which a crash makes forget
    answers: int = 0  # characters that an effect answers with: a lever


class Said(BaseModel):
    """A person's message."""

    model_config = ConfigDict(frozen=True)

    id: str
    by: str
    text: str = ""


class Effect(BaseModel):
    """What has happened, to be written once: its id is its cause."""

    model_config = ConfigDict(frozen=True)

    id: str
    job: str
    kind: str
    by: str = ""
    text: str = ""
    answers: int = 0
