"""The data files of packs, read as strictly as playbooks are: a field that is wrong or unknown is named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from playbooks.fields import BadPlaybook, Fields, Notes
from playbooks.yaml_format import read_data

T = TypeVar("T")


def read_file(path: Path, read: Callable[[Fields], T]) -> T:
    """What the file describes. Raises BadPlaybook naming every line and field that is wrong."""
    data, lines = read_data(path.read_bytes())
    return read_plain(data, read, lines)


def read_plain(data: Any, read: Callable[[Fields], T], lines: dict[str, int] | None = None) -> T:
    """The same from plain data."""
    notes = Notes(lines or {})
    fields = Fields(data, "", notes)
    found = read(fields)
    fields.done()
    if notes.mistakes:
        raise BadPlaybook(notes.mistakes)
    return found
