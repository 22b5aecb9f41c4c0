"""The list numbers LibreOffice shows in documents, as JSON: a second opinion on our own counting.

    /usr/bin/python3 -m ops.uno_numbers FILE.docx ...

Debian's own Python runs it, since only that one has LibreOffice's `uno` module. One JSON object on standard
output: for each file the paragraphs of its body in reading order, those of cells included, as [number, text];
the number is "" where the paragraph has none. One LibreOffice reads all the files. LibreOffice 7.4 without a
screen dies on a file with comments, so they must be taken out before.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

from ops import office
from ops.uno_changes import _desktop, _each


def numbers(paths: list[Path]) -> dict[str, list[tuple[str, str]]]:
    """(number, text) of every paragraph by file; raises office.OfficeFailed where a file does not open."""
    pipe = f"parley-{os.getpid()}"
    out = {}
    with office.started(["--nodefault", f"--accept=pipe,name={pipe};urp"]) as process:
        desktop = _desktop(pipe, process)
        hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        hidden.Name, hidden.Value = "Hidden", True
        for path in paths:
            document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
            if document is None:
                raise office.OfficeFailed(f"LibreOffice could not open {path.name}.")
            try:
                out[str(path)] = list(_paragraphs(document.Text))
            finally:
                document.close(True)
    return out


def _paragraphs(text: Any) -> Iterator[tuple[str, str]]:
    for item in _each(text):
        if item.supportsService("com.sun.star.text.TextTable"):
            for name in item.CellNames:
                yield from _paragraphs(item.getCellByName(name))
        else:
            yield item.ListLabelString, item.String


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python3 -m ops.uno_numbers FILE.docx ...")
    try:
        found = numbers([Path(name) for name in sys.argv[1:]])
    except office.OfficeFailed as failure:
        sys.exit(str(failure))
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()
