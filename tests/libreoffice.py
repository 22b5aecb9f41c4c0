"""LibreOffice and poppler as witnesses: what another program makes of our documents."""

import functools
import json
import shutil
import subprocess
from pathlib import Path

from ops import office

ROOT = Path(__file__).resolve().parents[1]
DEBIAN_PYTHON = "/usr/bin/python3"


@functools.cache
def what_is_missing() -> str:
    """Empty where LibreOffice, its UNO module and poppler are all here; otherwise what is not."""
    missing = []
    if office.find() is None:
        missing.append("LibreOffice")
    if subprocess.run([DEBIAN_PYTHON, "-c", "import uno"], capture_output=True).returncode:
        missing.append("python3-uno")
    if shutil.which("pdftotext") is None:
        missing.append("poppler-utils")
    return ", ".join(missing)


def convert_to_pdf(source: Path, folder: Path) -> Path:
    """The document as LibreOffice prints it; raises `ops.office.OfficeFailed` where it makes no PDF."""
    return office.convert(source, folder, to="pdf")


def pdf_text(pdf: Path) -> str:
    """The words on the pages, as poppler reads them."""
    return subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout


def uno_changes(path: Path) -> list[dict[str, object]]:
    """The tracked changes LibreOffice reports: {"author", "kind", "text", "header", "date"} each."""
    done = subprocess.run(
        [DEBIAN_PYTHON, "-m", "ops.uno_changes", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def uno_texts_by_author(path: Path) -> dict[str, dict[str, list[str]]]:
    """{author: {"insert": [texts], "delete": [texts]}}, each list in LibreOffice's order.

    LibreOffice joins neighbouring changes of one author, so compare the lists joined, or piece by piece after
    joining the other side's neighbours too.
    """
    result: dict[str, dict[str, list[str]]] = {}
    for change in uno_changes(path):
        kinds = result.setdefault(str(change["author"]), {})
        kinds.setdefault(str(change["kind"]), []).append(str(change["text"]))
    return result
