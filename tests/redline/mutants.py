"""Damaged copies of real documents through the whole engine: `python -m tests.redline.mutants [COUNT]`.

A third are damaged as files (bits flipped, bytes cut out, parts of other documents spliced in), the others
inside their XML in a sound container, so that the parser and the engine meet the damage too. Each goes
through the gate; what it lets in is read, settled both ways, compared, edited, scrubbed and held against its
original. Allowed answers: a result, or a refusal with a code and a sentence. Forbidden: any other exception,
more than ten seconds, a file opened for writing, a connection, a process. A seed gives the same files always.
"""

import io
import random
import signal
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

import redline
from config.demo.contracts import build
from tests.redline.crafted import pack
from tests.redline.silent_contracts import sent
from tests.shared import SHARED

SEED = 20261123
SECONDS = 10
_FORMS = (
    "common-paper-term-sheet",
    "common-paper-amendment",
    "openagreements-founder-ip-confidentiality-confirmation",
)
_ELEMENTS = (
    "p r t del ins tc tr tbl pPr sectPr fldChar moveFrom bookmarkStart commentReference numPr sdt drawing"
)
_PIECES = (
    *(f"<w:{name}>" for name in _ELEMENTS.split()),
    *(f"<w:{name}/>" for name in _ELEMENTS.split()),
    *("</w:p>", "</w:tc>", '<w:ilvl w:val="99"/>', '<w:gridSpan w:val="-1"/>', "<mc:AlternateContent/>"),
    *('w:val="', "w:id=", '"-1"', '"99999999999999999999"', '"ZZ"', '""', "&", "&#0;", "&#x202E;", "]]>"),
    *("<!--", "-->", "<?x?>", "\x00", "\ufffe"),
)


@cache
def originals() -> tuple[bytes, ...]:
    """Small real documents with tracked changes, notes, comments and tables in them."""
    found = [sent("demo:hosting-order-form"), build("mutual-nda")]
    for folder, names in (
        ("data/docx", _FORMS),
        ("testdata/redline/rp", ("RP050-Deleted-Footnote", "RP010-Inserted-Table-Row")),
    ):
        paths = [SHARED / folder / f"{name}.docx" for name in names]
        found += [path.read_bytes() for path in paths if path.exists()]
    return tuple(found)


def mutants(count: int, seed: int = SEED) -> Iterator[tuple[bytes, bytes]]:
    """(original, damaged copy), damaged as a file and inside in turns."""
    chance = random.Random(seed)
    for number in range(count):
        original = chance.choice(originals())
        yield original, (_damaged_inside if number % 3 else _damaged)(original, chance)


def _damaged(original: bytes, chance: random.Random) -> bytes:
    data = bytearray(original)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + chance.randrange(1, 200)]
            case 2:
                other = chance.choice(originals())
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + chance.randrange(1, 2000)]
            case 3:
                data[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"PK\3\4", b"PK\5\6"))
            case _:
                data = data[: max(1, at)]
    return bytes(data)


def _damaged_inside(original: bytes, chance: random.Random) -> bytes:
    """One or two parts damaged, the zip written anew; text is cut at tags and attributes where it can be."""
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    main = [name for name in names if name.startswith("word/") and "theme" not in name]
    for _ in range(chance.choice((1, 1, 2))):
        name = chance.choice(main if chance.random() < 0.8 else names)
        parts[name] = _DAMAGES[chance.randrange(len(_DAMAGES))](parts[name], chance)
    if chance.random() < 0.1:
        one, two = chance.sample(names, k=2)
        parts[one], parts[two] = parts[two], parts[one]
    elif chance.random() < 0.1:
        del parts[chance.choice(names)]
    return pack(parts)


def _exchange(part: bytes, chance: random.Random) -> bytes:
    """A piece of markup written over, or between, others."""
    at = part.find(chance.choice((b"<", b'"', b">", b"<w:")), chance.randrange(max(1, len(part))))
    at = max(at, 0)
    piece = chance.choice(_PIECES).encode("utf-8", "surrogatepass")
    return part[:at] + piece + part[at + chance.choice((0, 0, 1, len(piece))) :]


def _lose_an_element(part: bytes, chance: random.Random) -> bytes:
    """One tag gone: the rest no longer nests."""
    start = part.find(b"<", chance.randrange(max(1, len(part))))
    return part[:start] + part[part.find(b">", start) + 1 :] if start >= 0 else part


def _twice(part: bytes, chance: random.Random) -> bytes:
    """A stretch between two paragraphs' beginnings repeated: sound XML with ids and anchors doubled."""
    places = [i for i in range(len(part)) if part.startswith((b"<w:p>", b"<w:p ", b"<w:r>", b"<w:tr "), i)]
    if len(places) < 3:
        return part
    start, end = sorted(chance.sample(places, k=2))
    return part[:end] + part[start:end] + part[end:] if end - start < 20_000 else part


def _new_values(part: bytes, chance: random.Random) -> bytes:
    """Attribute values exchanged: sound XML that means something odd."""
    for _ in range(chance.choice((1, 5, 20))):
        start = part.find(b'="', chance.randrange(max(1, len(part)))) + 2
        end = part.find(b'"', start)
        if start > 1 and end >= 0:
            value = chance.choice(
                (b"-1", b"0", b"99999999999", b"", b"rId1", b"NaN", b"\xe2\x80\xae", b"../x")
            )
            part = part[:start] + value + part[end:]
    return part


def _new_names(part: bytes, chance: random.Random) -> bytes:
    """One kind of element becomes another everywhere: sound XML that nests as it never should."""
    kinds = [
        b"w:p",
        b"w:r",
        b"w:t",
        b"w:tc",
        b"w:tr",
        b"w:tbl",
        b"w:ins",
        b"w:del",
        b"w:pPr",
        b"w:rPr",
        b"w:sdt",
    ]
    one, two = chance.sample(kinds, k=2)
    for form in (b"<%s>", b"<%s ", b"</%s>", b"<%s/>"):
        part = part.replace(form % one, form % two)
    return part


_DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _exchange,
    _exchange,
    _lose_an_element,
    _twice,
    _new_values,
    _new_names,
)


def judge(original: bytes, data: bytes) -> str:
    """How the engine took a damaged file: "refused CODE" or "let in"; anything else is an exception."""
    try:
        redline.check(data)
    except redline.Refused as refused:
        if not refused.code or not refused.message.endswith("."):
            raise AssertionError(f"a refusal without a sentence: {refused!r}") from refused
        return f"refused {refused.code}"
    for use in _USES:
        try:
            use(original, data)
        except redline.Refused as refused:
            if not refused.code or not refused.message.endswith("."):
                raise AssertionError(f"a refusal without a sentence: {refused!r}") from refused
    return "let in"


def _edit(_: bytes, data: bytes) -> None:
    block = next((b for b in redline.read(data).blocks if len(b.text) > 3), None)
    if block is not None:
        redline.apply(data, [{"block": block.id, "start": 0, "end": 2, "text": "Now"}])


_USES: tuple[Callable[[bytes, bytes], object], ...] = (
    lambda _, data: redline.changes(data),
    lambda _, data: redline.resolve(data, accept_all=True),
    lambda _, data: redline.resolve(data, reject_all=True),
    lambda original, data: redline.compare(original, data),
    lambda original, data: redline.untracked(original, data),
    lambda _, data: redline.scrub(data),
    _edit,
)


# -- what no damaged file may do
class Escaped(Exception):
    """The engine tried to write, connect or start something."""


_watching = False
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.remove",
    "os.mkdir",
)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching:
        return
    writes = event == "open" and any(letter in str(arguments[1] or "") for letter in "wax+")
    if writes or event.startswith(_FORBIDDEN):
        raise Escaped(f"{event} {arguments!r}")


@contextmanager
def guarded(seconds: int = SECONDS) -> Iterator[None]:
    """Time, and the doors to the outside, closed for a while. Main thread only."""
    global _watching
    if not _hooked:
        sys.addaudithook(_watch)  # a hook cannot be taken off, so it is put on once and asked
        _hooked.append(True)

    def too_long(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"more than {seconds} seconds")

    earlier = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    _watching = True
    try:
        yield
    finally:
        _watching = False
        signal.alarm(0)
        signal.signal(signal.SIGALRM, earlier)


_hooked: list[bool] = []


def main(arguments: list[str]) -> int:
    """Print how the files were taken and what broke; 1 when something did."""
    count = int(arguments[0]) if arguments else 2_000
    originals()
    answers: Counter[str] = Counter()
    longest, broken = 0.0, 0
    for number, (original, data) in enumerate(mutants(count)):
        began = time.perf_counter()
        try:
            with guarded():
                answers[judge(original, data)] += 1
        except Exception as error:
            broken += 1
            print(f"{number}: {error!r}"[:300])
        longest = max(longest, time.perf_counter() - began)
    for answer, times in sorted(answers.items()):
        print(f"{answer:28} {times:5}")
    print(f"{count} files, {broken} broke the engine, the longest took {longest:.2f} s")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
