"""The live test: a clause pasted, or a contract one may read, and the facts of the deal it needs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from clauses.topics.values import Plain
from playbooks import rules, shelf
from playbooks.authoring.trying import Tried, fact, facts_asked, try_text
from playbooks.deal import DEAL_FACTS

PREFIX = "try"
MOST = 400_000
"""Characters; a clause is a few hundred, a whole contract a hundred thousand."""


class TrialForm(forms.Form):
    """Text or a contract; `facts` are those the issue's conditions ask for."""

    text = forms.CharField(
        label=gettext_lazy("A clause to try"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "input serif-input"}),
    )
    contract = forms.ChoiceField(label=gettext_lazy("or a contract"), required=False)
    paper = forms.ChoiceField(
        label=gettext_lazy("Whose paper"),
        required=False,
        choices=[("theirs", gettext_lazy("theirs")), ("ours", gettext_lazy("ours"))],
    )

    def __init__(
        self, *args: Any, member: Membership, playbook: rules.Playbook, code: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **{**kwargs, "prefix": PREFIX})
        self.member, self.kinds = member, facts_asked(playbook, playbook.issue(code))
        self.has_paper = self.kinds.pop("paper", None) is not None
        offered = [(item.key, item.label) for item in shelf.offered(member)]
        self.fields["contract"].choices = [("", _("none: the text above")), *offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["contract"]
        if not self.has_paper:
            del self.fields["paper"]
        for name, kind in self.kinds.items():
            known = DEAL_FACTS.get(name)
            said = known.says if known else name.replace("_", " ")
            self.fields[f"fact-{name}"] = forms.CharField(
                label=said,
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"inputmode": "decimal"} if kind == "number" else {}),
            )

    @property
    def facts(self) -> list[Any]:
        return [self[f"fact-{name}"] for name in self.kinds]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text", "").strip() and not cleaned.get("contract"):
            self.add_error("text", _("Paste a clause, or choose a contract."))
        for name, kind in self.kinds.items():
            try:
                cleaned[f"fact-{name}"] = fact(kind, cleaned.get(f"fact-{name}") or "")
            except ValueError:
                self.add_error(f"fact-{name}", _("This is a number, for example 120000."))
        return cleaned

    def run(self, playbook: rules.Playbook, code: str) -> tuple[Tried, str] | None:
        """The outcome and what was tried; None, with the field marked, where the contract cannot be read."""
        given = self.cleaned_data
        deal = _known({name: given[f"fact-{name}"] for name in self.kinds})
        if not given.get("contract"):
            found = try_text(playbook, code, given["text"], deal=deal, paper=given.get("paper") or "theirs")
            return found, _("this text")
        contract = shelf.fetch(self.member, given["contract"])
        if contract is None:
            self.add_error("contract", _("This contract cannot be read; choose another."))
            return None
        paper = given.get("paper") or contract.paper
        source, known = contract.source, {**contract.deal, **deal}
        return try_text(playbook, code, source, deal=known, paper=paper), contract.label


def _known(facts: Mapping[str, Plain | None]) -> dict[str, Plain]:
    return {name: value for name, value in facts.items() if value is not None}
