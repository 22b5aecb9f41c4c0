"""The before/after pairs: 18 made from a recipe, 43 of a corpus, some real, and our own traps (traps.py)."""

import importlib.util
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

from tests.redline.traps import trap_pairs
from tests.shared import SHARED

DATA = SHARED / "testdata" / "redline"
# two real variants of one contract each: what a lawyer compares on a Monday
REAL = (
    ("cp-ai-addendum", "cp-ai-addendum-in-app"),
    ("oa-rcov-alabama", "oa-rcov-alaska"),
)


@cache
def tool(name: str) -> ModuleType:
    """A module of the independent tools beside the project."""
    folder = str(SHARED / "tools")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@cache
def made_pairs() -> dict[str, tuple[bytes, bytes]]:
    """Pairs built from the recipe."""
    out = {}
    with tempfile.TemporaryDirectory() as folder:
        make = tool("make_pairs")
        printed, make.print = [], lambda *line: printed.append(line)  # its progress is not ours to show
        make.build(str(DATA / "recipe-dev.json"), str(DATA / "base"), folder)
        for path in sorted(Path(folder).iterdir()):
            out[path.name] = ((path / "original.docx").read_bytes(), (path / "new.docx").read_bytes())
    return out


@cache
def corpus_pairs() -> dict[str, tuple[bytes, bytes]]:
    """The comparer corpus, as its manifest lists it."""
    out = {}
    for line in (DATA / "MANIFEST.md").read_text().splitlines():
        found = re.fullmatch(r"- (WC\S+\.docx) \| (WC\S+\.docx)", line)
        if found:
            old, new = found.groups()
            out[new.removesuffix(".docx") + ("<-" + old.removesuffix(".docx"))] = (
                (DATA / "wc" / old).read_bytes(),
                (DATA / "wc" / new).read_bytes(),
            )
    return out


def real_pairs() -> dict[str, tuple[bytes, bytes]]:
    """Real variants of one contract."""
    read = lambda name: (DATA / "base" / f"{name}.docx").read_bytes()  # noqa: E731
    return {f"{new}<-{old}": (read(old), read(new)) for old, new in REAL}


def all_pairs() -> dict[str, tuple[bytes, bytes]]:
    """Every pair by name."""
    return {**made_pairs(), **corpus_pairs(), **real_pairs(), **trap_pairs()}
