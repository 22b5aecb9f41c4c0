"""Tables out of an upload, read in a child process under the limits of `redline.child`."""

import json
import os
import sys
from pathlib import PurePath

from playbooks.importing.tables import Table, too_many
from redline.child import WALL_SECONDS, ask, confine
from redline.errors import Refused

_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from playbooks.importing.reading import main; main('{}')"
)
KINDS = (".docx", ".xlsx")


def read_tables(data: bytes, *, file_name: str) -> tuple[Table, ...]:
    """The tables of a .docx or .xlsx. Raises Refused with a sentence that says what to do."""
    kind = PurePath(file_name).suffix.lower()
    if kind not in KINDS:
        raise Refused("wrong_type", "Bring in a Word document (.docx) or an Excel workbook (.xlsx).")
    if kind == ".xlsx" and data[:4] != b"PK\x03\x04":
        raise Refused(
            "not_xlsx", "This is not an Excel workbook (.xlsx): open it in Excel and save it as .xlsx."
        )
    answer = ask(_START.format(kind), data, wall_seconds=WALL_SECONDS)
    if answer is None:
        raise Refused(
            "reader_died",
            "The file could not be read within safe limits: copy the tables into a new file and use that.",
        )
    if "refused" in answer:
        code, message = answer["refused"]
        raise Refused(str(code), str(message))
    tables = tuple(Table.from_data(item) for item in answer["tables"])
    if not any(table.rows for table in tables):
        raise Refused("no_tables", "There is no table in this file: a playbook is read from tables only.")
    return tables


def main(kind: str) -> None:
    """Reads the file from standard input, prints the tables as one JSON document. Runs in the child."""
    # before the limits: the libraries are loaded while files may be opened
    from playbooks.importing.docx_tables import read_docx
    from playbooks.importing.xlsx_tables import read_xlsx

    confine()
    answer: dict[str, object]
    try:
        data = sys.stdin.buffer.read()
        tables = read_docx(data) if kind == ".docx" else read_xlsx(data)
        if sentence := too_many(tables):
            raise Refused("too_large", sentence)
        answer = {"tables": [table.to_data() for table in tables]}
    except Refused as refused:
        answer = {"refused": [refused.code, refused.message]}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # nothing to tidy up
