"""The settings are what the variables say, and a variable that cannot be read is named."""

from pathlib import Path

import pytest

from desk.exit import Code, Stop
from desk.settings import from_environment, settings
from directive.clock import OfficeClock


def test_variables_make_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = OfficeClock(scale=60)
    monkeypatch.setenv("DONDOC_DATA", "kho")
    monkeypatch.setenv("dondoc_smtp_url", "smtp://mail:25")
    monkeypatch.setenv("DONDOC_CLOCK", clock.model_dump_json())
    monkeypatch.setenv("DONDOC_NO_SUCH_SETTING", "1")
    monkeypatch.delenv("DONDOC_OUTBOX", raising=False)
    read = from_environment()
    assert (read.data, read.smtp_url, read.clock) == (Path("kho"), "smtp://mail:25", clock)
    assert read.outbox_folder == Path("kho/outbox")


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DONDOC_CLOCK", "{"), ("DONDOC_CLOCK", '{"scale": "fast"}'), ("DONDOC_LANG", "fr")],
)
def test_a_variable_that_cannot_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Stop) as told:
        settings.__wrapped__()
    assert (told.value.code, variable in told.value.vi) == (Code.USAGE, True)


def test_a_clock_file_that_cannot_be_read_is_the_clock(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DONDOC_DATA", str(tmp_path))
    monkeypatch.delenv("DONDOC_CLOCK", raising=False)
    (tmp_path / "clock.json").write_text('{"scale": "fast"}', encoding="utf-8")
    with pytest.raises(Stop) as told:
        settings.__wrapped__()
    assert "DONDOC_CLOCK" in told.value.vi
