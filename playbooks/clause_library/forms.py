"""The form of a clause, with its variants."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.access import members_visible_to
from accounts.models import Membership
from clauses.type_rules import RULES
from playbooks.importing.plan import contract_types, sides
from playbooks.models import LibraryClause, LibraryClauseVersion, Standing
from playbooks.pages import ROLE_NAMES
from playbooks.rules import ROLES
from playbooks.services.library import MOST_CHARACTERS, MOST_FALLBACKS, MOST_VARIANTS, Contents
from playbooks.topics import TOPICS

VARIANT_FIELDS = ("jurisdiction", "industry", "role", "text")
CLAUSE_TYPES = tuple(sorted({rule.code for rule in RULES} | {"parties"}))


def role_name(role: str) -> str:
    return str(ROLE_NAMES.get(role, role.replace("_", " ")))


def type_choices() -> list[tuple[str, str]]:
    return [(code, code.replace("_", " ")) for code in CLAUSE_TYPES]


def topic_choices() -> list[tuple[str, Any]]:
    known = sorted(((code, topic.title) for code, topic in TOPICS.items()), key=lambda item: item[1])
    return [("", _("none")), *known]


class ClauseForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(
        label=_("Text"),
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 8, "class": "input serif"}),
        help_text=_("{{customer}}, {{provider}}, {{fees}} … become the words of the contract at hand."),
    )
    clause_type = forms.ChoiceField(label=_("Clause type"), choices=type_choices)
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=topic_choices,
        required=False,
        help_text=_("What Parley reads in it; needed where the clause stands on a ladder."),
    )
    standing = forms.ChoiceField(label=_("Place on the ladder"), choices=Standing.choices)
    rank = forms.IntegerField(
        label=_("Number of the fallback"), min_value=1, max_value=MOST_FALLBACKS, initial=1, required=False
    )
    side = forms.ChoiceField(
        label=_("Our side"), choices=lambda: [("", _("any")), *((s, s) for s in sides())], required=False
    )
    policy = forms.CharField(label=_("Policy it serves"), max_length=300, required=False)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Membership.objects.none(), required=False)
    review_on = forms.DateField(
        label=_("Review by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    before = forms.CharField(
        label=_("Redline example: what they wrote"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input serif"}),
    )
    after = forms.CharField(
        label=_("… and what we make of it"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3, "class": "input serif"}),
    )
    guidance = forms.CharField(
        label=_("Guidance (stays inside)"),
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(label=_("Where it comes from"), max_length=300, required=False)
    note = forms.CharField(label=_("Why it is changed"), max_length=300, required=False)

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = members_visible_to(member).filter(is_active=True).order_by("user__name", "pk")
            owner.label_from_instance = lambda row: str(row.user.name)  # type: ignore[method-assign,assignment]

    def contents(self, variants: list[dict[str, str]]) -> Contents:
        return Contents(**{**self.cleaned_data, "rank": self.cleaned_data["rank"] or 1}, variants=variants)


def initial_of(clause: LibraryClause, newest: LibraryClauseVersion) -> dict[str, Any]:
    """The clause as the form shows it."""
    head = ("title", "clause_type", "topic", "standing", "rank", "side", "policy", "owner", "review_on")
    said = ("text", "before", "after", "guidance", "source")
    return {name: getattr(clause, name) for name in head} | {name: getattr(newest, name) for name in said}


def variants_posted(post: QueryDict) -> list[dict[str, str]]:
    """The variants that have a text."""
    found = [
        {
            name: post.get(f"variant-{n}-{name}", "").replace("\x00", "").strip().replace("\r\n", "\n")
            for name in VARIANT_FIELDS
        }
        for n in range(MOST_VARIANTS + 1)
    ]
    return [
        {name: value if name == "text" else value[:80] for name, value in one.items()}
        for one in found
        if one["text"]
    ]


class LadderForm(forms.Form):
    """A playbook from clauses: what it is called; the clauses are boxes of the page."""

    title = forms.CharField(label=_("Title of the playbook"), max_length=200)
    contract_type = forms.ChoiceField(
        label=_("Kind of contract"), choices=lambda: [(c, c.replace("_", " ")) for c in contract_types()]
    )
    side = forms.ChoiceField(label=_("Our side"), choices=lambda: [(s, s) for s in sides()])
    approver = forms.ChoiceField(
        label=_("Conceding a fallback needs"),
        choices=lambda: [("", _("nobody: free")), *((role, role_name(role)) for role in ROLES)],
        required=False,
        help_text=_("For every fallback, and below the last one; each can be changed afterwards."),
    )
