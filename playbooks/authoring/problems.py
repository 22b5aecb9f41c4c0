"""What stands in the way of publishing a draft, each with the issue and rung it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from playbooks.authoring.forms.words import rung_name
from playbooks.coherence import ladder_mistakes
from playbooks.fields import Mistake, Notes
from playbooks.reachability import check_ladder
from playbooks.rules import OUTSIDE, Issue, Playbook
from playbooks.trials import Miss, check_examples, place_example, without_examples


@dataclass(frozen=True)
class Problem:
    """One sentence, and where to mend it. `stops`: it must be mended before publishing."""

    issue: str
    rung: str
    where: str
    says: str
    quote: str = ""
    stops: bool = True


def of_issue(playbook: Playbook, code: str) -> list[Problem]:
    """What stops the publishing of one issue; the others are not looked at, which takes their time."""
    place = next(n for n, issue in enumerate(playbook.issues) if issue.code == code)
    notes = Notes()
    check_ladder(playbook, playbook.issues[place], f"issues[{place}]", notes)
    landed = [
        Miss(code, wanted, found.rung or "unsure", example.text, found.why_unsure)
        for issue, wanted, example in playbook.examples()
        if issue.code == code and (found := place_example(playbook, code, example)).rung != wanted
    ]
    return [*of_mistakes(playbook, notes.mistakes), *(_of_miss(playbook, miss) for miss in landed)]


def problems(playbook: Playbook) -> list[Problem]:
    """Ladders that cannot work, examples that land elsewhere; then what is only worth knowing."""
    found = of_mistakes(playbook, ladder_mistakes(playbook))
    _count, misses = check_examples(playbook)
    found += [_of_miss(playbook, miss) for miss in misses]
    bare = [code.split("/") for code in without_examples(playbook)]
    found += [
        Problem(issue, rung, _where(playbook, issue, rung), _("no example tests this rung"), stops=False)
        for issue, rung in bare
    ]
    return found


def of_mistakes(playbook: Playbook, mistakes: Iterable[Mistake]) -> list[Problem]:
    """Mistakes named by path, with the issue and the rung in words."""
    return [_of_mistake(playbook, mistake) for mistake in mistakes]


def _of_mistake(playbook: Playbook, mistake: Mistake) -> Problem:
    place = re.match(r"issues\[(\d+)\](?:\.rungs\[(\d+)\]|\.(walk_away))?", mistake.field)
    if place is None or int(place[1]) >= len(playbook.issues):
        return Problem("", "", mistake.field, mistake.message)
    issue = playbook.issues[int(place[1])]
    rung = issue.rungs[int(place[2])].id if place[2] else place[3] or ""
    return Problem(issue.code, rung, _where(playbook, issue.code, rung), mistake.message)


def _of_miss(playbook: Playbook, miss: Miss) -> Problem:
    issue = playbook.issue(miss.issue)
    if miss.got == "unsure":
        says = _("it could not be told where an example stands: %(why)s") % {"why": miss.why}
    else:
        says = _("an example lands on another place, %(got)s") % {"got": stands(issue, miss.got)}
    return Problem(miss.issue, miss.wanted, _where(playbook, miss.issue, miss.wanted), says, miss.text)


def _where(playbook: Playbook, code: str, rung: str) -> str:
    issue = playbook.issue(code)
    return f"{issue.title} · {stands(issue, rung)}" if rung else issue.title


def stands(issue: Issue, rung: str | None) -> str:
    """A place on a ladder in words."""
    if rung is None:
        return _("could not tell")
    if rung == OUTSIDE:
        return _("below the last rung")
    return rung_name(issue.position(rung))
