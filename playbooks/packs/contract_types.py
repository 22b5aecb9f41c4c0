"""Starting points by kind of contract: the issues usually negotiated, and ladders where a general position
makes sense.

An issue without a ladder is guidance: it is shown to people and never judged. The ladders themselves stand in
the shipped playbooks; a pack names them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from playbooks import rules
from playbooks.fields import BadPlaybook, Fields, Mistake
from playbooks.library import shipped, shipped_names
from playbooks.packs.reading import read_file
from playbooks.schema import read_playbook

FOLDER = Path(__file__).parent / "contract_types"
NOTE = (
    "A starting point written for Parley, not legal advice. Have the positions, periods and approvers "
    "confirmed before use."
)


@dataclass(frozen=True)
class Wish:
    """What one of the parties usually wants on an issue."""

    party: str
    wants: str


@dataclass(frozen=True)
class PackIssue:
    """Something usually negotiated. `ladders` names our rules on it for each start, as "playbook/issue"."""

    code: str
    title: str
    about: str
    wishes: tuple[Wish, ...]
    ask: tuple[str, ...]
    ladders: Mapping[str, str]


@dataclass(frozen=True)
class Start:
    """One way to begin from a pack: for which side, and the whole playbook it begins with, where there is
    one."""

    code: str
    label: str
    side: str
    playbook: str = ""


@dataclass(frozen=True)
class Pack:
    """A kind of contract with what is usually negotiated in it."""

    code: str
    title: str
    summary: str
    contract_type: str
    starts: tuple[Start, ...]
    issues: tuple[PackIssue, ...]

    def start(self, code: str) -> Start:
        """The start with this code; KeyError when there is none."""
        for start in self.starts:
            if start.code == code:
                return start
        raise KeyError(code)

    def guidance_only(self, start: Start) -> tuple[PackIssue, ...]:
        """Issues that the playbook of this start does not judge."""
        return tuple(issue for issue in self.issues if start.code not in issue.ladders)


@cache
def packs() -> tuple[Pack, ...]:
    """All of them, by title."""
    found = (read_file(path, _pack) for path in sorted(FOLDER.glob("*.yaml")))
    return tuple(sorted(found, key=lambda pack: pack.title))


def pack(code: str) -> Pack:
    """The pack with this code; KeyError when there is none."""
    for found in packs():
        if found.code == code:
            return found
    raise KeyError(code)


def starting_playbook(pack: Pack, start: Start, *, name: str = "", title: str = "") -> rules.Playbook:
    """The rules one begins with: those of the whole playbook, and the ladders that the pack's issues name.

    Raises BadPlaybook where ladders of different playbooks do not fit together.
    """
    base = shipped(start.playbook) if start.playbook else None
    issues = {issue.code: issue for issue in base.issues} if base else {}
    lists = dict(base.lists) if base else {}
    facts = dict(base.deal_facts) if base else {}
    rates = dict(base.rates) if base else {}
    for named in pack.issues:
        if start.code in named.ladders:
            source, ladder = ladder_of(named.ladders[start.code])
            issues.setdefault(ladder.code, ladder)
            lists = {**source.lists, **lists}
            facts = {**source.deal_facts, **facts}
            rates = {**source.rates, **rates}
    begun = rules.Playbook(
        name=name or f"{pack.code.replace('_', '-')}-{start.code.replace('_', '-')}",
        title=title or f"{pack.title}, {start.label[:1].lower()}{start.label[1:]}",
        contract_type=pack.contract_type,
        side=start.side,
        issues=tuple(issues.values()),
        description=_described(pack, start),
        note=base.note if base else NOTE,
        thresholds=base.thresholds if base else {"medium": 25, "high": 60},
        lists=lists,
        deal_facts=facts,
        rates=rates,
    )
    return _trimmed(begun)


def ladder_of(named: str) -> tuple[rules.Playbook, rules.Issue]:
    """The playbook and the issue behind "playbook/issue". KeyError for either."""
    name, _, code = named.partition("/")
    playbook = shipped(name)
    return playbook, playbook.issue(code)


def _described(pack: Pack, start: Start) -> str:
    left = [issue.title for issue in pack.guidance_only(start)]
    if not left:
        return pack.summary
    return f"{pack.summary} Also negotiated in such contracts, and judged by people only: {'; '.join(left)}."


def _trimmed(playbook: rules.Playbook) -> rules.Playbook:
    """Without the lists and rate cards that nothing uses, and read again, so that what is begun is sound."""
    written = str(playbook.to_data()["issues"])
    lists = {
        name: items
        for name, items in playbook.lists.items()
        if f"LIST.{name}" in written or f"{{{{{name}}}}}" in written
    }
    rates = {name: card for name, card in playbook.rates.items() if f"RATES.{name}" in written}
    return read_playbook(replace(playbook, lists=lists, rates=rates).to_data())


# --- reading ----------------------------------------------------------------------------------------------


def _pack(f: Fields) -> Pack:
    found = Pack(
        code=f.text("pack", required=True),
        title=f.text("title", required=True),
        summary=f.text("summary", required=True),
        contract_type=f.text("contract_type", required=True),
        starts=f.each("starts", _start, required=True),
        issues=f.each("issues", _issue, required=True),
    )
    codes = {start.code for start in found.starts}
    for index, issue in enumerate(found.issues):
        for start in issue.ladders.keys() - codes:
            f.wrong(f"issues[{index}].ladders", f"there is no start “{start}”")
    return found


def _start(f: Fields) -> Start:
    found = Start(
        f.text("code", required=True),
        f.text("label", required=True),
        f.text("side", required=True),
        f.text("playbook"),
    )
    if found.playbook and found.playbook not in shipped_names():
        f.wrong("playbook", f"no playbook “{found.playbook}” ships")
    f.done()
    return found


def _issue(f: Fields) -> PackIssue:
    found = PackIssue(
        code=f.text("code", required=True),
        title=f.text("title", required=True),
        about=f.text("about", required=True),
        wishes=tuple(Wish(str(party), str(wants)) for party, wants in _mapping(f, "wants").items()),
        ask=f.texts("ask"),
        ladders={str(start): str(named) for start, named in _mapping(f, "ladders").items()},
    )
    for named in found.ladders.values():
        try:
            ladder_of(named)
        except KeyError:
            f.wrong("ladders", f"there is no ladder “{named}”")
        except BadPlaybook as error:
            f.notes.mistakes.append(Mistake(f.at("ladders"), str(error)))
    f.done()
    return found


def _mapping(f: Fields, key: str) -> Mapping[object, object]:
    raw = f.raw(key)
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        f.wrong(key, "must be a mapping")
        return {}
    return raw
