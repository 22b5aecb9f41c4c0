"""Whom each two-sided topic binds: both parties or one, with the words that say so.

1. Duties, bans and rights are read already, each with its bearer; a topic collects those whose words are
   about it. Caps, exclusions and warranties are read from their sentences, where the protected or promising
   party is the subject.
2. "Each party", "neither party" and the like bind both; two named parties bound by like words do too; a
   role such as Recipient binds both when its definition makes either party one.
3. Every answer carries its places; a topic nobody speaks of is left out.
"""
# ruff: noqa: E501  (patterns and word tables are harder to check when cut over lines)

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from clauses.deal.model import Mutuality, Span
from clauses.deal.page import Page, Sentence, phrase
from clauses.duty_words import party_names, shared_names
from clauses.model import Obligation


@dataclass(frozen=True, slots=True)
class _Rule:
    """A topic read from duties: kinds that count, words of the action, words that take it back."""

    topic: str
    what: str
    kinds: tuple[str, ...]
    action: re.Pattern[str]
    never: re.Pattern[str]


def _rule(topic: str, what: str, kinds: str, action: str, never: str = r"(?!)") -> _Rule:
    return _Rule(topic, what, tuple(kinds.split()), phrase(action, re.I), phrase(never, re.I))


_DUTIES = (
    _rule("confidentiality", "duty", "duty ban", r"\bconfidential\w*|\bin\s(?:strict\s)?confidence|\bsecret\b|\bnon-?disclosure", r"\bconfidentiality\s(?:obligations?\s)?(?:of|agreement)\b.{0,40}\bsurviv|^\W{0,3}surviv|\bpasswords?\b|\bon\sa\sconfidential\sbasis"),
    _rule("indemnity", "duty", "duty", r"\bindemnify\b|\bhold\sharmless\b|\bdefend\b.{0,60}\b(?:claims?|suits?|actions?)"),
    _rule("termination_convenience", "right", "right", r"\bterminate\b.{0,160}\b(?:for\s(?:its\s)?convenience|without\scause|for\sany\s(?:or\sno\s)?reason|at\sany\stime|no\sreason|with\sor\swithout\scause)|\bterminate\b.{0,80}\b(?:upon|on|by|with|giving)\s.{0,60}\bnotice\b(?!.{0,200}\b(?:breach|default|fail|insolven|bankrupt|if\b))", r"\bbreach|\bdefault|\binsolven|\bbankrupt|\bmutual|\bviolat|\bfollowing\sevents?|\bevents?\soccur"),
    _rule("termination_cause", "right", "right", r"\bterminate\b.{0,400}\b(?:breach\w*|default\w*|fails?\b|insolven\w*|bankrupt\w*|violat\w*)", r"^(?:\W|\w+\s){0,3}?sublicen[cs]e\b"),
    _rule("assignment", "limit", "ban right duty", r"^(?:\W|\w+\s){0,4}?(?:assign|delegate)\b|^(?:\W|\w+\s){0,4}?transfer\b.{0,60}\b(?:agreement|contract|rights?|obligations?|interests?)\b|\bassign\b.{0,60}\b(?:this|the|its|any)\s(?:agreement|contract|rights?)", r"\bpersonal\sdata\b|\bdata\soutside\b|\binventions?\b|\bintellectual\sproperty\b|\bhereby\sassigns?\b|\bright,\stitle"),
    _rule("non_solicit", "duty", "ban", r"\bsolicit\w*|\bhire\b|\bemploy(?:ment)?\b.{0,60}\b(?:employees?|personnel|staff)", r"\bsolicit\w*\s(?:\w+\s){0,2}orders\b"),
    _rule("publicity", "duty", "ban duty right", r"\bpublicity\b(?!\srights?)|\bpress\sreleases?\b|\bpublic\s(?:announcement|statement)s?\b|\b(?:use|identify)\b.{0,60}\b(?:names?|logos?|trademarks?)\b.{0,60}\b(?:marketing|advertis|promot|public|customer)"),
    _rule("audit", "right", "right", r"\baudit\b|\binspect\b|\bexamine\b"),
    _rule("insurance", "duty", "duty", r"\b(?:maintain|carry|keep|procure|obtain|provide|purchase|take\sout|effect|subscribe|have|furnish|deliver|give|submit|cause)\b.{0,200}\binsur(?:ance|ed)\b", r"\bindemnify\b|\b(?:disability|unemployment|health)\sinsurance\b|\bbenefits?\b"),
)  # fmt: skip
_ASSUMES = phrase(r"(?:if|when|where|should|in\sthe\sevent|upon\sthe\soccurrence)\b", re.I)
_CONSENT = phrase(r"\b(?:consent|approval|permission)\b", re.I)
_FREELY = phrase(r"\bconvenience|\bwithout\scause|\bany\s(?:or\sno\s)?reason|\bany\stime", re.I)
_BOTH = phrase(
    r"^(?:each|either|neither|no|both|any|a|all|the)?\s?(?:of\sthe\s)?part(?:y|ies)(?:\shereto)?$", re.I
)
_EVERY = re.compile(r"^(?:each|all|every|any|no|neither|either|the)\s(?:of\sthe\s)?", re.I)
_JOINED = re.compile(r",?\s(?:and/or|and|or|nor)\s", re.I)
_ROLE = phrase(
    r"^(?:recipient|discloser|receiving\sparty|disclosing\sparty|indemnifying\sparty|indemnitor|indemnitee|indemnified\sparty|(?:non-)?(?:breaching|defaulting|terminating)\sparty|affected\sparty|recipient\sparty|(?:non-)?[a-z]{3,15}(?:ing|ed)(?:\s(?:or|and)\s(?:non-)?[a-z]{3,15}(?:ing|ed))?\sparty|party\s[a-z]{4,12}ing\s[\w\s-]{1,80}|other\sparty|such\sparty|that\sparty)$",
    re.I,
)


def mutuality(page: Page) -> Iterator[Mutuality]:
    """One answer for each topic the contract speaks of, in a fixed order."""
    sides = _Sides(page)
    found: dict[str, tuple[str, list[tuple[str, Span]]]] = {}
    given = page.source.offsets is None  # what stands behind an empty box of a form is not agreed
    agreed = [o for o in page.analysis.obligations if not (given and page.is_struck(o.start))]
    for rule in _DUTIES:
        spoken = [o for o in agreed if _speaks(rule, o)]
        if rule.topic == "assignment" and any(o.kind == "ban" for o in spoken):
            # Beside "Contractor may not assign", "Company may assign to a buyer of its business" limits nobody.
            spoken = [o for o in spoken if o.kind != "right" or _CONSENT.search(f"{o.action} {o.exceptions}")]
        duties = [(o.bearer, (o.start, o.end)) for o in spoken]
        found[rule.topic] = rule.what, duties
    for topic, what, rows in (
        ("liability_cap", "protected", sides.subjects(_CAPS, ("liab",))),
        (
            "damages_exclusion",
            "protected",
            sides.subjects(_EXCLUDES, ("consequential", "indirect", "punitive")),
        ),
        ("warranty", "duty", sides.subjects(_WARRANTS, ("warrant",))),
        ("cap_exceptions", "limit", sides.subjects(_OUTSIDE, ("liab", "limitation"))),
    ):
        found[topic] = what, list(rows)
    for topic in _ORDER:
        what, told = found[topic]
        if told:
            yield sides.answer(topic, what, told)


_ORDER = (
    "confidentiality", "indemnity", "liability_cap", "cap_exceptions", "damages_exclusion", "termination_convenience",
    "termination_cause", "assignment", "non_solicit", "publicity", "warranty", "audit", "insurance",
)  # fmt: skip


def _speaks(rule: _Rule, row: Obligation) -> bool:
    if row.kind not in rule.kinds:
        return False
    action = row.action[:700]
    if rule.topic == "termination_convenience" and re.match(r"(?:affected|non-)", row.bearer, re.I):
        return False  # who is hit by an event or a breach has a reason
    if (
        rule.topic == "termination_convenience"
        and _ASSUMES.match(row.condition)
        and not _FREELY.search(action)
    ):
        return False  # "if the service fails, Customer may terminate by giving notice"
    return rule.action.search(action) is not None and not rule.never.search(action)


# --- sentences whose subject is protected or promises ------------------------------------------------

_CAPS = phrase(
    r"\bliab\w+\b[^.]{0,400}\b(?:exceed|limited\sto|in\sexcess|more\sthan|greater\sthan|capped|equal\sto\sthe\s(?:lesser|greater|lower|higher))",
    re.I,
)
_EXCLUDES = phrase(
    r"\b(?:not|no\sevent|no\scircumstances|neither|never|no\sparty|excludes?|waives?|disclaims?)\b[^.]{0,400}\b(?:consequential|indirect|punitive|incidental)\b",
    re.I,
)
_WARRANTS = phrase(
    r"\b(?:represents?\sand\swarrants?|represents|warrants?)\b(?:\sand\scovenants?)?(?:\sto\s[^,.;]{1,40})?\s?(?:that|,|:|it\b|the\b|as\b)",
    re.I,
)
_OUTSIDE = phrase(
    r"\b(?:limit\w*|liab\w+|cap|section|clause)\b[^.]{0,200}\b(?:not\sapply|not\slimit)\b[^.]{0,600}", re.I
)


class _Sides:
    """The parties of one contract by the words that stand for them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        parties = page.analysis.parties
        self.alias = {p.name.lower(): p.alias or p.name for p in parties if p.name}
        self.alias |= {p.alias.lower(): p.alias for p in parties if p.alias}
        self.shared = shared_names(page.text)
        self.count = len({p.alias or p.name for p in parties})
        names = "|".join(party_names(parties))
        who = rf"\b(?P<who>(?i:each\sparty|either\sparty|neither\sparty|no\sparty|both\sparties|the\sparties|a\sparty|any\sparty)|(?:the\s)?(?:{names}))\b(?P<own>['’]s?\b)?"
        self.subject = phrase(who)
        self.loud = phrase(who, re.I)  # "IN NO EVENT SHALL SUPPLIER BE LIABLE"

    def subjects(self, about: re.Pattern[str], needles: Iterable[str]) -> Iterator[tuple[str, Span]]:
        """The party that a sentence on something is about: the first one named near its words."""
        for sentence in self.page.holding(*needles):
            text = sentence.text
            if about is _CAPS:  # "including but not limited to" limits nothing
                text = re.sub(r"\bnot\s+limited\s+to", lambda m: " " * len(m.group()), text, flags=re.I)
            found = about.search(text)
            if found is None:
                continue
            who = self._near(sentence, found, about)
            if who is not None:
                yield who, self.page.span(sentence.start, sentence.end)

    def _near(self, sentence: Sentence, found: re.Match[str], about: re.Pattern[str]) -> str | None:
        subject = self.loud if _is_loud(sentence.text) else self.subject
        if about is _OUTSIDE:
            named = [m["who"] for m in subject.finditer(found.group()) if m["own"]]
            return _plain(named[0]) if len({_plain(n) for n in named}) == 1 else "either party"
        if about is _WARRANTS:
            before = list(subject.finditer(sentence.text[: found.start()]))
            close = [m for m in before if found.start() - m.end() < 40]
            return _plain(close[-1]["who"]) if close else None
        mentions = list(subject.finditer(sentence.text[: found.end()]))
        both = next((m for m in mentions if _BOTH.match(_plain(m["who"]))), None)
        if both is not None and both.start() < found.end():
            return _plain(both["who"])
        own = next(
            (m for m in mentions if m["own"] and "liab" in sentence.text[m.end() : m.end() + 60].lower()),
            None,
        )
        acts = next(
            (
                m
                for m in mentions
                if re.match(
                    r"[^.;]{0,80}\b(?:be|is|has|have|shall|will|liable)\b", sentence.text[m.end() :][:110]
                )
            ),
            None,
        )
        chosen = own or acts or (mentions[0] if mentions else None)
        return _plain(chosen["who"]) if chosen else None

    def answer(self, topic: str, what: str, rows: list[tuple[str, Span]]) -> Mutuality:
        who: list[str] = []
        both = False
        places: list[tuple[int, int, str]] = []
        for bearer, (start, end) in rows:
            side, mutual = self._side(bearer)
            both = both or mutual
            if side not in who:
                who.append(side)
                places.append((start, end, self.page.analysis.text[start:end]))
        joint = [w for w in who if len(_JOINED.split(w)) > 1]
        alone = [w for w in who if w in joint or not any(w in j for j in joint)]
        named = [w for w in alone if not _BOTH.match(w) and (not _ROLE.match(w) or w.lower() in self.signing)]
        binds = "both" if both or len(named) >= 2 else "one" if len(named) == 1 else "unclear"
        clause = self.page.clause_of(places[0][0])
        return Mutuality(topic, binds, tuple(who), what, tuple(places), clause.id if clause else "")

    def _side(self, bearer: str) -> tuple[str, bool]:
        """The alias of a bearer, and whether the word means either party."""
        plain = _plain(bearer)
        if _BOTH.match(plain) or _EVERY.sub("", plain).lower() in self.shared:
            return plain.lower(), True
        if plain.lower() not in self.alias and len(parts := _JOINED.split(plain)) > 1:
            return self._sides_of(plain, parts)
        if _ROLE.match(plain):
            meant = self.roles.get(plain.lower())
            if meant is None and plain.lower() in self.signing:
                return plain, False
            if meant is None:
                return plain.lower(), plain.lower() not in (
                    "recipient",
                    "recipient party",
                    "receiving party",
                    "discloser",
                    "disclosing party",
                )
            return (plain.lower(), True) if meant == "" else (meant, False)
        return self.alias.get(plain.lower(), plain), False

    def _sides_of(self, plain: str, parts: list[str]) -> tuple[str, bool]:
        """ "Either Buyer or Seller": both when every party is named; strangers beside a party count nothing."""
        bare = [
            _plain(re.sub(r"^(?:neither|either|each\sof|no|any|each)\s", "", p, flags=re.I)) for p in parts
        ]
        known = [self.alias[b.lower()] for b in bare if b.lower() in self.alias]
        if not known:
            return plain, all(b[:1].isupper() for b in bare)
        if len(set(known)) == 1:
            return known[0], False
        return plain, len(set(known)) >= min(self.count, len(parts)) and len(set(known)) >= self.count

    @cached_property
    def signing(self) -> frozenset[str]:
        """Roles that sign as such ("RECIPIENT" above a signature): in a one-way paper they are one side each."""
        found = re.findall(
            r"(?m)^[ \t]{0,8}(RECIPIENT|DISCLOSER|RECEIVING PARTY|DISCLOSING PARTY)[ \t]{0,4}:?",
            self.page.text,
        )
        return frozenset(role.lower() for role in found if role.lower() not in self.roles)

    @cached_property
    def roles(self) -> dict[str, str]:
        """What a role's definition makes of it: "" when either party may be one, else the party named."""
        out: dict[str, str] = {}
        text = self.page.text
        for found in re.finditer(
            r"[“\"'](?:the\s)?(?P<role>Recipient|Discloser|Receiving\sParty|Disclosing\sParty)[”\"',]", text
        ):
            low, high = max(0, found.start() - 220), found.end() + 220
            around = text[low:high]
            role = " ".join(found["role"].split()).lower()
            if re.search(
                r"\b(?:a|the|each|either|any|one)\sparty\b|\bparty\s(?:that|which|who|disclos|receiv|providing)|\bsuch\sparty\b",
                around,
                re.I,
            ):
                out.setdefault(role, "")
            elif named := next(
                (
                    m["who"]
                    for m in self.subject.finditer(around)
                    if m["who"].lower() not in (role, "recipient", "discloser")
                ),
                None,
            ):
                out.setdefault(role, self.alias.get(_plain(named).lower(), _plain(named)))
        return out


def _is_loud(text: str) -> bool:
    letters = [c for c in text[:600] if c.isalpha()]
    return len(letters) > 20 and sum(c.isupper() for c in letters) > 0.6 * len(letters)


def _plain(words: str) -> str:
    return re.sub(r"^the\s(?!part)", "", " ".join(words.split()), flags=re.I)
