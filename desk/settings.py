"""The settings of the doors, from `DONDOC_…` variables. The address of Temporal is read by `temporalio.envconfig`."""

import os
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationError

from directive.clock import OfficeClock
from directive.value import Value

PREFIX = "DONDOC_"


def _clock(typed: object) -> object:
    """A clock as a variable holds it; ValidationError where it is no JSON."""
    return OfficeClock.model_validate_json(typed) if isinstance(typed, str) else typed


class Settings(Value):
    """Where things are kept. Relative paths count from the folder the command is started in.

    `clock` is the identity in an office; only rehearsals with the UI open and tests set another one, as JSON.
    """

    data: Path = Path("var")
    register_url: str = ""
    outbox: Path | None = None
    log: Path | None = None
    lang: Literal["vi", "en"] = "vi"
    admin: str = ""
    clock: Annotated[OfficeClock, BeforeValidator(_clock)] = OfficeClock()
    page_url: str = ""
    """Where people reach the page, `https://dondoc.example.vn/`; empty: links are to the page that `up` runs."""

    smtp_url: str = ""
    """The mail server, `smtp://user@host:587` or `smtps://user@host`; empty: messages go into the outbox folder."""
    smtp_ca: Path | None = None
    """Certificates to trust for it instead of the system's; set, it asks for TLS on loopback too."""
    mail_from: str = ""
    """In whose name mail goes out, `Đôn Đốc <dondoc@example.vn>`."""

    @property
    def secret_file(self) -> Path:
        """Where a data folder keeps the secret that `up` made for it."""
        return self.data / "secret"

    @property
    def files_folder(self) -> Path:
        """Where evidence is kept, by the hash of its content."""
        return self.data / "files"

    @property
    def clock_file(self) -> Path:
        """Where a data folder that was begun with `up --as-of` keeps its clock, for ever."""
        return self.data / "clock.json"

    @property
    def restored_file(self) -> Path:
        """Where `restore` leaves word of what it brought back."""
        return self.data / "restored.json"

    @property
    def engine_database(self) -> Path:
        """The engine's file where `up` runs one."""
        return self.data / "temporal.db"

    @property
    def register_database(self) -> Path | None:
        """The register's SQLite file; None where it is another database."""
        _, sqlite, file = self.register_address.partition("sqlite+aiosqlite:///")
        return Path(file) if sqlite and file else None

    @property
    def register_address(self) -> str:
        """The register's database as a URL of SQLAlchemy; by default a SQLite file under `data`."""
        return self.register_url or f"sqlite+aiosqlite:///{(self.data / 'register.db').resolve()}"

    @property
    def outbox_folder(self) -> Path:
        """Where the folder channel writes its messages."""
        return self.outbox or self.data / "outbox"

    @property
    def engine_file(self) -> Path:
        """Where a running `up` says on which port its engine listens."""
        return self.data / "engine.json"


def from_environment() -> Settings:
    """The settings that the variables name, whatever the case of their names. Raises ValidationError."""
    given = {name.upper(): value for name, value in os.environ.items()}
    names = {name: PREFIX + name.upper() for name in Settings.model_fields}
    return Settings.model_validate(
        {name: given[variable] for name, variable in names.items() if variable in given}
    )


@cache
def settings() -> Settings:
    """The settings of this process. Raises Stop where a variable cannot be read."""
    try:
        chosen = from_environment()
        if "clock" not in chosen.model_fields_set and chosen.clock_file.exists():
            kept = OfficeClock.model_validate_json(chosen.clock_file.read_text(encoding="utf-8"))
            return chosen.model_copy(update={"clock": kept})
        return chosen
    except ValidationError as error:
        from desk.exit import bad_input

        field = error.errors()[0]["loc"]
        known = field and field[0] in Settings.model_fields  # else it is the file of the clock that is wrong
        name = PREFIX + (str(field[0]) if known else "clock").upper()
        raise bad_input(
            f"biến {name} không đọc được",
            f"the variable {name} cannot be read",
            f"sửa hoặc bỏ {name} (xem docs/cli.md)",
            f"mend or unset {name} (see docs/cli.md)",
        ) from error
