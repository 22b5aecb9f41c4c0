"""What LibreOffice sees as tracked changes in a document, as JSON: a second opinion on our own reading.

    /usr/bin/python3 -m ops.uno_changes FILE.docx

Debian's own Python runs it, since only that one has LibreOffice's `uno` module. One JSON list on standard
output, in LibreOffice's order: {"author", "kind": "insert" | "delete" | ..., "text", "header", "date"}; a
paragraph mark within a change is "\\n". LibreOffice joins neighbours of one author, kind and time.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

from ops import office

CONNECT_SECONDS = 60


def changes(path: Path) -> list[dict[str, object]]:
    """Every tracked change LibreOffice reports; raises office.OfficeFailed where it cannot open the file."""
    pipe = f"parley-{os.getpid()}"
    with office.started(["--nodefault", f"--accept=pipe,name={pipe};urp"]) as process:
        desktop = _desktop(pipe, process)
        hidden = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        hidden.Name, hidden.Value = "Hidden", True
        document = desktop.loadComponentFromURL(path.resolve().as_uri(), "_blank", 0, (hidden,))
        if document is None:
            raise office.OfficeFailed(f"LibreOffice could not open {path.name}.")
        try:
            return [_described(redline) for redline in _each(document.Redlines)]
        finally:
            document.close(True)


def _desktop(pipe: str, process: Any) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    no_connection = uno.getClass("com.sun.star.connection.NoConnectException")
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except no_connection:
            if process.poll() is not None or time.monotonic() > deadline:
                raise office.OfficeFailed("LibreOffice did not start.") from None
            time.sleep(0.1)


def _each(collection: Any) -> Any:
    enumeration = collection.createEnumeration()
    while enumeration.hasMoreElements():
        yield enumeration.nextElement()


def _described(redline: Any) -> dict[str, object]:
    start = redline.RedlineStart
    cursor = start.Text.createTextCursorByRange(start)
    cursor.gotoRange(redline.RedlineEnd, True)
    at = redline.RedlineDateTime
    return {
        "author": redline.RedlineAuthor,
        "kind": redline.RedlineType.lower(),
        "text": cursor.String.replace("\r\n", "\n"),
        "header": redline.IsInHeaderFooter,
        "date": f"{at.Year:04}-{at.Month:02}-{at.Day:02}T{at.Hours:02}:{at.Minutes:02}:{at.Seconds:02}",
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m ops.uno_changes FILE.docx")
    try:
        found = changes(Path(sys.argv[1]))
    except office.OfficeFailed as failure:
        sys.exit(str(failure))
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()
