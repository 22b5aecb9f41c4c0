"""Forms of the approver and of whoever keeps the matrix."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Organisation, Role, Team
from approvals.ladders import Ladder
from approvals.models import RequestState, Risk
from playbooks.rules import OUTSIDE

ASK = "ask"
OUTCOMES = {
    "approve": RequestState.APPROVED,
    "approve_with_condition": RequestState.CONDITIONAL,
    "reject": RequestState.REJECTED,
}
"""The buttons of the page and the outcome each stands for; `ask` decides nothing."""


class DecideForm(forms.Form):
    """An approver's word. Which text is needed with which button is for the service to say."""

    decision = forms.ChoiceField(choices=[(code, code) for code in (*OUTCOMES, ASK)])
    condition = forms.CharField(required=False, max_length=4_000)
    reason = forms.CharField(required=False, max_length=4_000)
    version = forms.IntegerField()


class MemberChoice(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.user.name


class MatrixForm(forms.Form):
    """One line of the matrix. Left empty, a field means any."""

    issue = forms.ChoiceField(label=_("Issue"), required=False)
    rung = forms.ChoiceField(
        label=_("Conceded to"), required=False, help_text=_("A rung belongs to its issue and names it too.")
    )
    risk = forms.ChoiceField(
        label=_("Risk at least"), required=False, choices=[("", _("any risk")), *Risk.choices]
    )
    value_from = forms.DecimalField(
        label=_("Deal value from"), required=False, min_value=0, max_digits=15, decimal_places=2
    )
    currency = forms.RegexField(
        regex=r"^[A-Za-z]{3}$",
        label=_("Currency"),
        required=False,
        error_messages={"invalid": _("A currency has three letters, for example EUR.")},
    )
    team = forms.ModelChoiceField(
        label=_("Team that decides"), required=False, queryset=Team.objects.none(), empty_label=_("no team")
    )
    person = MemberChoice(
        label=_("or person who decides"),
        required=False,
        queryset=Membership.objects.none(),
        empty_label=_("no person"),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, ladders: dict[str, Ladder], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._organisation = organisation
        by_title = sorted(ladders.items(), key=lambda pair: (pair[1].title, pair[0]))
        choices = [("", _("any issue")), *((code, ladder.title) for code, ladder in by_title)]
        self.fields["issue"].choices = choices  # type: ignore[attr-defined]
        rungs: list[tuple[Any, Any]] = [("", _("any rung")), (OUTSIDE, _("below the last fallback"))]
        rungs += [
            (ladder.title, [(f"{code}/{rung}", name) for rung, name in ladder.rungs.items()])
            for code, ladder in by_title
        ]
        self.fields["rung"].choices = rungs  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(organisation=organisation).order_by("name")  # type: ignore[attr-defined]
        members = Membership.objects.filter(organisation=organisation, is_active=True).select_related("user")
        approvers = [member.pk for member in members if member.has_role(Role.APPROVER)]
        self.fields["person"].queryset = members.filter(pk__in=approvers).order_by("user__name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rung is chosen with its issue: `issue/rung` becomes both."""
        cleaned = super().clean() or {}
        issue, slash, rung = cleaned.get("rung", "").rpartition("/")
        if slash and cleaned.get("issue") and cleaned["issue"] != issue:
            self.add_error("rung", _("This rung belongs to another issue."))
        elif slash:
            cleaned |= {"issue": issue, "rung": rung}
        return cleaned

    def line(self) -> dict[str, Any]:
        """The cleaned form as the service wants it; a value without a currency is in the organisation's."""
        data = self.cleaned_data
        value: Decimal | None = data["value_from"]
        return {
            "issue": data["issue"],
            "rung": data["rung"],
            "risk": data["risk"],
            "value_from_minor": int(value * 100) if value is not None else None,
            "currency": (data["currency"] or self._organisation.currency).upper(),
            "team": data["team"],
            "person": data["person"],
        }
