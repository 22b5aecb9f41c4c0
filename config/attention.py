"""What waits for one person: the home page's sections, gathered from the rooms above."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership


@dataclass(frozen=True)
class Item:
    """One line that needs the person: what, where, since or until when, and the word for its state."""

    title: str
    detail: str
    url: str
    at: datetime | None = None
    badge: str = ""  # risk or state code for the badge's colour
    badge_text: str = ""


@dataclass(frozen=True)
class Section:
    """A titled list on the home page; `empty` is said when nothing waits."""

    title: str
    items: tuple[Item, ...]
    more_url: str
    empty: str


Provider = Callable[[Membership], Iterable[Section]]
PROVIDERS: list[Provider] = []


def attention_for(member: Membership) -> list[Section]:
    return [section for provider in PROVIDERS for section in provider(member)]
