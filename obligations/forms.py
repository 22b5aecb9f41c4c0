"""Forms of the operations person."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Membership
from negotiation.access import contracts_visible_to
from negotiation.models import Contract
from obligations.dates import EARLIEST, LATEST, is_possible
from obligations.models import Bearer, Obligation, ObligationState
from obligations.pages import today_of
from obligations.services.evidence import LONGEST_NAME, MOST_BYTES, Evidence
from obligations.services.performance import needed


class PersonChoice(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        return obj.user.name


class ContractChoice(forms.ModelChoiceField[Contract]):
    def label_from_instance(self, obj: Contract) -> str:
        return f"{obj.title} · {obj.negotiation.title}"


def _owner() -> PersonChoice:
    """Filled with the member's colleagues by `_offer_colleagues`."""
    return PersonChoice(
        label=_("Owner"),
        queryset=Membership.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def _offer_colleagues(form: forms.Form, member: Membership) -> None:
    people = Membership.objects.filter(organisation=member.organisation, is_active=True)
    _offer(form, "owner", people.select_related("user").order_by("user__name"))


def _day() -> forms.DateField:
    return forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(
            attrs={"type": "date", "min": EARLIEST.isoformat(), "max": LATEST.isoformat()},
            format="%Y-%m-%d",
        ),
    )


class PastDays(forms.Form):
    """Asks back for a due date that lies in the past: the question stands beside the date only then."""

    keep_past = forms.BooleanField(required=False)
    known: date | None = None  # a date that was kept before is not asked about again

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today_of(member)
        if not self.is_bound:
            del self.fields["keep_past"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kept = bool(cleaned.pop("keep_past", False))
        day = cleaned.get("due_on")
        if day is None or not is_possible(day) or day >= self._today or day == self.known:
            del self.fields["keep_past"]
            return cleaned
        days = (self._today - day).days
        self.fields["keep_past"].label = _("Keep this date")
        if not kept:
            question = ngettext(
                "That is %(days)d day ago. Keep it?", "That is %(days)d days ago. Keep it?", days
            )
            self.add_error("keep_past", question % {"days": days})
        return cleaned


class ChangeForm(PastDays):
    """Another title, owner or date."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = _owner()
    due_on = _day()
    field_order = ("version", "title", "owner", "due_on", "keep_past")

    def __init__(self, *args: Any, member: Membership, known: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        self.known = known
        _offer_colleagues(self, member)

    @classmethod
    def of(cls, row: Obligation, *, member: Membership) -> "ChangeForm":
        shown = {"version": row.version, "title": row.title, "owner": row.owner_id, "due_on": row.due_on}
        return cls(member=member, initial=shown)


class RecordForm(forms.Form):
    """What was done, or why it no longer applies."""

    outcome = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (ObligationState.FULFILLED, _("It was done")),
            (ObligationState.WAIVED, _("It no longer applies")),
            (ObligationState.CANCELLED, _("The entry is cancelled: entered twice or by mistake")),
        ],
        widget=forms.RadioSelect,
        initial=ObligationState.FULFILLED,
    )
    evidence = forms.CharField(
        label=_("What shows it"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "An invoice number, a mail, or the file below; for a waiver or a cancelled entry the reason."
        ),
    )
    file = forms.FileField(
        label=_("A file that shows it"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("At most %(most)d MB.") % {"most": MOST_BYTES // 1024**2},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_file(self) -> Evidence | None:
        return Evidence.of(self.cleaned_data["file"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        has_file = bool(cleaned.get("file")) or "file" in self.errors
        if (
            outcome
            and not cleaned.get("evidence")
            and not (has_file and outcome == ObligationState.FULFILLED)
        ):
            self.add_error("evidence", needed(outcome))
        return cleaned


class NewForm(PastDays):
    """A duty that no playbook mapping created."""

    contract = ContractChoice(label=_("Contract"), queryset=Contract.objects.none())
    title = forms.CharField(label=_("What is to be done"), max_length=300)
    bearer = forms.ChoiceField(
        label=_("Whose duty"),
        choices=[(Bearer.OURS, _("ours")), (Bearer.THEIRS, _("the other side's"))],
        initial=Bearer.OURS,
        widget=forms.RadioSelect,
    )
    owner = _owner()
    due_on = _day()
    detail = forms.CharField(
        label=_("Detail"), required=False, max_length=4_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("contract", "title", "bearer", "owner", "due_on", "keep_past", "detail")

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, member=member, **kwargs)
        contracts = contracts_visible_to(member).filter(archived_at=None).order_by("-executed_at", "title")
        _offer(self, "contract", contracts)
        _offer_colleagues(self, member)
