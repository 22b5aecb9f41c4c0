"""What the editor's pages share: what was posted, how a draft is changed, where a page's links lead."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from playbooks import rules
from playbooks.authoring.forms.rows import with_more
from playbooks.authoring.forms.words import plain
from playbooks.models import PlaybookVersion

CONTRACT_TYPES = (
    *("nda_mutual", "nda_one_way", "saas", "dpa", "professional_services", "supply", "software_licence"),
    *("contractor", "employment"),
)
SIDES = (
    "both",
    "customer",
    "provider",
    "controller",
    "processor",
    "discloser",
    "recipient",
    "buyer",
    "client",
)
CATEGORIES = (
    *("Control", "Cooperation", "Data", "Delivery", "General", "Liability", "People", "Price", "Processing"),
    *("Remedies", "Rights", "Scope", "Security", "Service", "Term", "Use", "Volume"),
)


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


def seen(request: HttpRequest) -> str:
    """The digest of the rules that the form was shown with; nonsense is the digest of none, so that such a
    form loses the race instead of winning it."""
    given = request.POST.get("digest", "")
    return given if re.fullmatch(r"[0-9a-f]{64}", given) else "-"


def at(name: str, draft: PlaybookVersion, **query: str) -> str:
    """The address of an editor's page of this draft."""
    path = reverse(f"playbooks:{name}", args=[draft.uuid])
    return f"{path}?{urlencode(query)}" if query else path


def frame(draft: PlaybookVersion, read: rules.Playbook) -> dict[str, Any]:
    """What every page of the editor shows of its draft."""
    return {
        "book": {
            "uuid": draft.playbook.uuid,
            "title": read.title,
            "kind": f"{plain(read.contract_type)} · {plain(read.side)}",
            "url": reverse("playbooks:detail", args=[draft.playbook.uuid]),
            "draft_url": at("draft", draft),
        },
        "number": draft.number,
        "digest": draft.digest,
    }


def suggestions() -> dict[str, tuple[str, ...]]:
    """Words offered where a field is free."""
    return {"contract_types": CONTRACT_TYPES, "sides": SIDES, "categories": CATEGORIES}
