"""What the columns of a playbook table hold: recognised by their heading, or by their texts where there is none.

A role is a code. "fallback:2" and "fallback_wording:2" are the second fallback and its wording.
"""
# ruff: noqa: E501  (patterns are harder to check when cut over lines)

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playbooks.importing.tables import Table

ISSUE, CATEGORY, POSITION = "issue", "category", "position"
PREFERRED, WALK_AWAY = "preferred", "walk_away"
PREFERRED_WORDING = "preferred_wording"
REASON, GUIDANCE, APPROVER, RISK, IGNORE = "reason", "guidance", "approver", "risk", "ignore"
MOST_FALLBACKS = 6
LONGEST_HEADING = 60
HEADER_WITHIN = 15  # rows in which a row of headings is looked for

ROLES = (
    ISSUE,
    CATEGORY,
    POSITION,
    PREFERRED,
    PREFERRED_WORDING,
    *(f"{kind}:{n}" for n in range(1, MOST_FALLBACKS + 1) for kind in ("fallback", "fallback_wording")),
    WALK_AWAY,
    GUIDANCE,
    REASON,
    APPROVER,
    RISK,
    IGNORE,
)

_WALK = r"walk|unaccept|not accept|deal ?-?break|red ?lines?$|no[- ]go|\breject|bottom line|never|prohibit|hard stop"
_FALL = r"fall ?-?back|alternativ|compromise|acceptable|second(?:ary)?\b|plan b|concession|backup|if (?:they|pushed)"
_WANT = (
    r"prefer|standard|ideal|desired|opening|(?:our|company|target|first|initial|primary|baseline) (?:position|ask)"
    r"|^position$|^our ask$|^target$|template (?:language|position)|^requirement"
)
_WORDS = r"wording|language|text\b|drafting|sample|template|proposed clause|model clause|redline"
_SINGLE = (
    (IGNORE, r"^(?:#|no\.?|nr\.?|number|ref\.?|reference|id|row|s\.? ?no\.?)$"),
    (RISK, r"risk|priority|severity|importance|criticality|rating|\bimpact|\bweight"),
    (APPROVER, r"approv|escalat|sign[- ]?off|authori[sz]|who decides|decision maker|delegat"),
    (CATEGORY, r"^(?:category|area|group|topic area|clause category|contract section)$"),
    (
        ISSUE,
        r"\bissue|\btopic|\bsubject|^terms?$|key term|provision|^clauses?\b|clause (?:name|title|type)|^item|^section"
        r"|^point|^matter|^heading|^title",
    ),
    (POSITION, r"^(?:level|tier|rung|step|position (?:type|level)|type of position|stance)$"),
    (GUIDANCE, r"guidance|\bnotes?\b|comment|instruction|background|internal|talking|\btips?\b|advice"),
    (REASON, r"reason|rationale|\bwhy\b|justif|explanation|business case"),
)
_OUTSIDE = re.compile(
    r"extern|outside|counterpart|other side|to share|customer[- ]facing|vendor[- ]facing", re.I
)
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "ii": 2,
    "iii": 3,
}


@dataclass(frozen=True)
class Columns:
    """The roles of a table's columns. `header` is the row of headings, or None where there is none; `sure`
    is whether the roles come from headings."""

    roles: tuple[str, ...]
    header: int | None
    sure: bool

    def of(self, role: str) -> tuple[int, ...]:
        """The columns with a role."""
        return tuple(column for column, found in enumerate(self.roles) if found == role)

    @property
    def fallbacks(self) -> int:
        """How many fallbacks the columns name."""
        return max(
            (int(role.partition(":")[2]) for role in self.roles if role.startswith("fallback")), default=0
        )


def recognise(table: Table) -> Columns:
    """The best reading of a table's columns, to be corrected by a person."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    for row in range(min(HEADER_WITHIN, len(table.rows))):
        roles = _from_headings(table, row)
        known = {role for role in roles if role != IGNORE}
        if _is_header(known) and (best is None or len(known) > best[0]):
            best = (len(known), row, roles)
    if best is None:
        return Columns(_from_texts(table), None, sure=False)
    return Columns(best[2], best[1], sure=ISSUE in best[2])


def _is_header(known: set[str]) -> bool:
    """An issue and something said on it, or at least two positions."""
    said = known - {ISSUE, CATEGORY}
    positions = {role for role in known if role in {PREFERRED, WALK_AWAY} or role.startswith("fallback")}
    return (ISSUE in known and bool(said)) or len(positions) >= 2


def role_of(heading: str) -> str:
    """The role a heading names; "fallback" without its number; IGNORE where it names none."""
    plain = " ".join(heading.lower().replace("–", "-").split()).strip(" :*")
    if not plain or len(plain) > LONGEST_HEADING:
        return IGNORE
    if re.search(_WALK, plain):
        return WALK_AWAY
    has_words = re.search(_WORDS, plain) is not None
    if re.search(_FALL, plain):
        number = _number_in(plain)
        return f"{'fallback_wording' if has_words else 'fallback'}{f':{number}' if number else ''}"
    if re.search(_WANT, plain):
        return PREFERRED_WORDING if has_words else PREFERRED
    for role, pattern in _SINGLE:
        if re.search(pattern, plain):
            # What was written for colleagues stays inside unless its heading says that it may be shown.
            return GUIDANCE if role == REASON and not _OUTSIDE.search(plain) else role
    return PREFERRED_WORDING if has_words else IGNORE


def _number_in(plain: str) -> int:
    figure = re.search(r"\d", plain)
    if figure:
        return min(max(int(figure.group()), 1), MOST_FALLBACKS)
    return next((number for word, number in _ORDINALS.items() if re.search(rf"\b{word}\b", plain)), 0)


def _from_headings(table: Table, row: int) -> tuple[str, ...]:
    texts = dict(table.distinct(row))
    roles: list[str] = []
    seen: set[str] = set()
    for column in range(table.width):
        role = role_of(texts.get(column, ""))
        if role in {"fallback", "fallback_wording"}:
            role = _next_number(role, seen)
        if role == ISSUE and ISSUE in seen:
            role = CATEGORY if CATEGORY not in seen else IGNORE
        if role in seen and role not in {IGNORE, GUIDANCE}:
            role = IGNORE
        seen.add(role)
        roles.append(role)
    return _issue_first(tuple(roles), texts)


def _next_number(role: str, seen: set[str]) -> str:
    for number in range(1, MOST_FALLBACKS + 1):
        if f"{role}:{number}" not in seen:
            return f"{role}:{number}"
    return IGNORE


def _issue_first(roles: tuple[str, ...], texts: dict[int, str]) -> tuple[str, ...]:
    """“Clause | Issue | …”: the column that says *issue* or *topic* is the issue, the other one its category."""
    if ISSUE in roles and CATEGORY in roles:
        issue, category = roles.index(ISSUE), roles.index(CATEGORY)
        if re.search(r"issue|topic", texts.get(category, ""), re.I) and not re.search(
            r"issue|topic", texts.get(issue, ""), re.I
        ):
            swapped = list(roles)
            swapped[issue], swapped[category] = CATEGORY, ISSUE
            return tuple(swapped)
    return roles


def _from_texts(table: Table) -> tuple[str, ...]:
    """Without headings: the first column of short texts names the issue, the longest texts are the position."""
    rows = [dict(table.distinct(row)) for row in range(len(table.rows))]
    full = [row for row in rows if len(row) > 1]
    roles = [IGNORE] * table.width
    if table.width < 2 or not full:
        return tuple(roles)
    lengths = [_average([len(row[column]) for row in full if column in row]) for column in range(table.width)]
    used = [column for column in range(table.width) if lengths[column]]
    issue = next((column for column in used if lengths[column] <= 90), None)
    if issue is None or len(used) < 2:
        return tuple(roles)
    roles[issue] = ISSUE
    rest = [column for column in used if column != issue]
    roles[max(rest, key=lambda column: (sum(column in row for row in full), lengths[column]))] = PREFERRED
    return tuple(roles)


def _average(numbers: Sequence[int]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
