"""What the editor's pages share: what was posted, how a draft is changed, where a page's links lead."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from playbooks import rules
from playbooks.authoring.forms.rows import with_more
from playbooks.authoring.forms.words import plain
from playbooks.library import shipped, shipped_names
from playbooks.models import PlaybookVersion


def posted(request: HttpRequest) -> QueryDict:
    """The form as it was sent, with the line ends we write everywhere, and the empty line asked for."""
    given = request.POST.copy()
    for name, values in given.lists():
        given.setlist(name, [str(value).replace("\r\n", "\n") for value in values])
    more = given.get("more", "")
    return with_more(given, more) if more else given


def is_only_looking(given: QueryDict) -> bool:
    """Whether the form was sent to be shown again (a line more, the condition in words), not kept."""
    return bool(given.get("more")) or given.get("do", "save") == "show"


def at(name: str, draft: PlaybookVersion, **query: str) -> str:
    """The address of an editor's page of this draft."""
    path = reverse(f"playbooks:{name}", args=[draft.uuid])
    return f"{path}?{urlencode(query)}" if query else path


def frame(draft: PlaybookVersion, read: rules.Playbook) -> dict[str, Any]:
    """What every page of the editor shows of its draft."""
    return {
        "book": {
            "title": read.title,
            "kind": f"{plain(read.contract_type)} · {plain(read.side)}",
            "url": reverse("playbooks:detail", args=[draft.playbook.uuid]),
            "draft_url": at("draft", draft),
        },
        "number": draft.number,
        "digest": draft.digest,
    }


def suggestions() -> dict[str, list[str]]:
    """Words the shipped playbooks use, offered where a field is free."""
    books = [shipped(name) for name in shipped_names()]
    return {
        "contract_types": sorted({book.contract_type for book in books}),
        "sides": sorted({book.side for book in books}),
        "categories": sorted({issue.category for book in books for issue in book.issues}),
    }
