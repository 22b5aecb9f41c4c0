"""Commands of the reading room: JSON out; exit 0 done, 2 wrong use, 3 the file is refused."""

import argparse
import gzip
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from clauses import cuad
from clauses.cascade import cascade
from clauses.classify import section_type
from clauses.consistency import check
from clauses.deal import read_deal
from clauses.deal.labels import with_values
from clauses.model import Analysis, Unreadable
from clauses.pdf import PdfText, read_pdf
from clauses.reading import analyse

MOST_BYTES = 25_000_000


def main(argv: list[str] | None = None) -> int:
    """Run one command; wrong use leaves through argparse with 2."""
    args = _parser().parse_args(argv)
    try:
        args.run(args)
    except Unreadable as refusal:
        return _refuse(refusal.code, refusal.message)
    return 0


def _refuse(code: str, message: str) -> int:
    print(json.dumps({"code": code, "message": message}, ensure_ascii=False), file=sys.stderr)
    return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m clauses", description="Read contracts.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, run, text in (
        ("analyse", _analyse, "clauses, facts, parties, definitions, references, obligations"),
        ("check", _check, "contradictions, terms, references, numbering, notes to draft, blanks"),
        ("facts", _facts, "what is agreed: key facts, whom each topic binds, what to know before signing"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", type=Path, metavar="FILE", help=".docx, .pdf or .txt")
        command.add_argument("--json", action="store_true", help="one JSON document on standard output")
        command.set_defaults(run=run)
    command = commands.add_parser("cascade", help="everything that a term, a clause or a value touches")
    command.add_argument("file", type=Path, metavar="FILE", help=".docx, .pdf or .txt")
    target = command.add_mutually_exclusive_group(required=True)
    target.add_argument("--term", metavar="WORDS", help='a defined term, such as "Fees"')
    target.add_argument(
        "--clause", metavar="NUMBER", help='a number or reference, such as 8.1 or "Schedule 2"'
    )
    target.add_argument("--value", metavar="WORDS", help='a value, such as "30 days"')
    command.add_argument("--json", action="store_true", help="one JSON document on standard output")
    command.set_defaults(run=_cascade)
    for name, run, text in (
        ("predict", _predict, "CUAD categories for {contract_id, text} lines"),
        ("type", _type, "section type for {id, text} lines"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("lines", type=Path, metavar="LINES.jsonl[.gz]")
        command.add_argument("-o", "--output", type=Path, required=True)
        command.set_defaults(run=run)
    return parser


# --- one file -------------------------------------------------------------------------------------


def read_file(path: Path) -> tuple[Analysis, PdfText | None]:
    """Analysis of a .docx, .pdf or text file, and the pages of a PDF; Unreadable with a sentence when it
    cannot be read.
    """
    data = _bytes(path)
    if path.suffix.lower() == ".pdf" or data.startswith(b"%PDF-"):
        pdf = read_pdf(data)
        return analyse(pdf), pdf
    if path.suffix.lower() != ".docx" and not data.startswith(b"PK\x03\x04"):
        return analyse(_decoded(data)), None
    import redline  # only Word files need the document engine

    try:
        document = redline.read(data)
    except redline.Refused as refused:
        raise Unreadable(refused.code, refused.message) from refused
    return analyse(document), None


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise Unreadable("not-found", f"The file cannot be opened: {error.strerror}.") from error
    if size > MOST_BYTES:
        raise Unreadable("too-large", f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    return data


def _decoded(data: bytes) -> str:
    if b"\x00" in data[:4096]:
        raise Unreadable("not-text", "This is neither a Word document nor a PDF nor a text file.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(
            "not-utf8", "The text file is not in UTF-8; save it as UTF-8 and try again."
        ) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _analyse(args: argparse.Namespace) -> None:
    found, pdf = read_file(args.file)
    if args.json:
        return _print(found.as_dict() | (_pages(pdf) if pdf else {}))
    for notice in pdf.notices if pdf else ():
        print(f"notice: {notice}")
    for clause in found.clauses:
        kinds = ", ".join(f"{k.type} ({k.band})" for k in clause.types)
        name = (
            f"{clause.number} {clause.heading}".strip()
            or found.text[clause.start : min(clause.start + 60, clause.own_end)]
        )
        print(f"{'  ' * clause.depth}{' '.join(name.split())}{'  — ' + kinds if kinds else ''}")
    for fact in found.facts:
        quote = " ".join(fact.quote.split())
        print(f"{fact.kind}: {fact.value} {fact.unit} [{fact.band}] “{quote}” {fact.note}".rstrip())
    return None


def _check(args: argparse.Namespace) -> None:
    found, pdf = read_file(args.file)
    issues = check(found)
    if args.json:
        return _print({"issues": [asdict(issue) for issue in issues]} | (_pages(pdf) if pdf else {}))
    for notice in pdf.notices if pdf else ():
        print(f"notice: {notice}")
    for issue in issues:
        print(f"{issue.code}: {issue.message}")
        for place in issue.places:
            print(f"    {place.start}-{place.end} “{' '.join(place.quote.split())}”")
    if not issues:
        print(
            "Nothing found: numbers, terms, references, numbering, notes to draft and blanks were looked at."
        )
    return None


def _pages(pdf: PdfText) -> dict[str, Any]:
    """Where each page of a PDF begins, and what of it was not read."""
    return {"pages": [asdict(page) for page in pdf.pages], "notices": list(pdf.notices)}


def _facts(args: argparse.Namespace) -> None:
    analysis, pdf = read_file(args.file)
    deal = read_deal(analysis)
    if args.json:
        return _print(deal.as_dict() | (_pages(pdf) if pdf else {}))
    for fact in deal.key_facts:
        value = f"{fact.value} {fact.unit}".strip() or "–"
        about = f" ({fact.about})" if fact.about else ""
        note = f" – {fact.note}" if fact.note else ""
        print(f"{fact.kind}{about}: {value} [{fact.band}] “{_short(fact.quote)}”{note}")
    for side in deal.mutuality:
        print(f"{side.topic}: {side.what}, {side.binds}: {', '.join(side.who)}")
        for _, _, quote in side.places:
            print(f"    “{_short(quote)}”")
    for flag in deal.flags:
        value = f" {flag.value}" if flag.value else ""
        print(f"! {flag.code}, {flag.reason}{value} [{flag.band}] “{_short(flag.quote)}”")
    return None


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 160 else words[:157] + "…"


def _cascade(args: argparse.Namespace) -> None:
    found, _ = read_file(args.file)
    kind = "term" if args.term is not None else "clause" if args.clause is not None else "value"
    touched = cascade(found, getattr(args, kind), kind=kind)
    if args.json:
        return _print(touched.as_dict())
    print(f"{touched.kind} {touched.target}: {len(touched.touches)} places in {len(touched.clauses)} clauses")
    for touch in touched.touches:
        way = f" (by way of {' → '.join(touch.via)})" if touch.via else ""
        print(f"{touch.place.start}-{touch.place.end} {touch.kind}: {touch.why}{way}")
        print(f"    … {touch.around or touch.place.quote} …")
    return None


def _print(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1)
    print()


# --- many lines -----------------------------------------------------------------------------------


def _rows(path: Path, *names: str) -> Iterator[dict[str, Any]]:
    data = _bytes(path) if path.suffix != ".gz" else _unpacked(path)
    # Not splitlines(): a contract may hold form feeds and Unicode line ends inside its JSON string.
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Unreadable("not-json", f"Line {number} is not JSON.") from error
        if not isinstance(row, dict) or not all(isinstance(row.get(n), str) for n in names):
            raise Unreadable("missing-field", f"Line {number} lacks {' or '.join(names)} as text.")
        yield row


def _unpacked(path: Path) -> bytes:
    try:
        with gzip.open(path, "rb") as handle:
            return handle.read(400_000_000)
    except (OSError, EOFError) as error:
        raise Unreadable("not-found", "The compressed file cannot be read.") from error


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    """All or nothing: the output appears only when every line is read."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, delete=False, suffix=".part"
    ) as handle:
        try:
            for row in rows:
                handle.write(json.dumps(row, ensure_ascii=False) + "\n")
        except BaseException:
            handle.close()
            os.unlink(handle.name)
            raise
    os.chmod(handle.name, 0o644)
    os.replace(handle.name, path)


def _predict(args: argparse.Namespace) -> None:
    _write(
        args.output,
        (
            {"contract_id": row["contract_id"], **found}
            for row in _rows(args.lines, "contract_id", "text")
            for found in with_values(row["text"], cuad.predict(row["text"]))
        ),
    )


def _type(args: argparse.Namespace) -> None:
    _write(args.output, (_typed(row) for row in _rows(args.lines, "id", "text")))


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    name, score = section_type(row["text"])[0]
    return {"id": row["id"], "type": name, "score": score}
