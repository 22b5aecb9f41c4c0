"""Where upper rooms tell this one which teams they count on.

Playbooks and the approval matrix name teams by code, and this room knows neither: an upper room registers at
start-up (`AppConfig.ready`) what it names and what still waits for a team.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from accounts.models import Organisation, Team


@dataclass(frozen=True)
class NamedCode:
    """A team code that rules of the organisation name: a fit name, and the titles of what names it."""

    code: str
    name: str
    where: tuple[str, ...]
    approves: bool  # somebody in it must be an approver; otherwise it only owns obligations


Names = Callable[[Organisation], Sequence[NamedCode]]
Needs = Callable[[Team], Iterable[str]]

_names: list[Names] = []
_needs: list[Needs] = []


def register_names(names: Names) -> None:
    """`names` gives the codes an organisation's rules name."""
    _names.append(names)


def register_needs(needs: Needs) -> None:
    """`needs` says in words what still waits for a team, or nothing: then it may be emptied and archived."""
    _needs.append(needs)


def named_in(organisation: Organisation) -> list[NamedCode]:
    """Every code that the organisation's rules name, in the order of the codes."""
    return sorted((one for names in _names for one in names(organisation)), key=lambda one: one.code)


def needs_of(team: Team) -> list[str]:
    return [words for needs in _needs for words in needs(team)]
