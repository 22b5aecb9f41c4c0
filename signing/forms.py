"""Who is to sign, and the signature itself."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from negotiation.models import Contract, Side
from signing.services.envelopes import Invited

MOST_SIGNERS = 12


class SideChoice(forms.ModelChoiceField[Side]):
    def label_from_instance(self, obj: Side) -> str:
        return obj.name


class SignerForm(forms.Form):
    """One signer. A row without name and address is not there."""

    side = SideChoice(label=_("Signs for"), queryset=Side.objects.none(), empty_label=None)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    position = forms.IntegerField(label=_("Order"), min_value=1, max_value=50, initial=1)

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._contract = contract
        # The two rows shown first are those of the leads; the rest may stay empty.
        for name in ("name", "email"):
            self.fields[name].required = "side" in self.initial
        self.fields["side"].queryset = contract.negotiation.sides.order_by("-is_ours", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("name")) != bool(cleaned.get("email")) and not self.errors:
            raise ValidationError(_("Each signer needs a name and an e-mail address."))
        return cleaned

    def invited(self) -> Invited | None:
        """The signer of this row, None where it was left empty."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return Invited(
            side=data["side"],
            name=" ".join(data["name"].split()),
            email=data["email"],
            title=data["title"],
            position=data["position"],
            member=self._colleague(data["email"], data["side"]),
        )

    def _colleague(self, email: str, side: Side) -> Membership | None:
        if not side.is_ours:
            return None
        return Membership.objects.filter(
            organisation=self._contract.organisation, user__email=email.strip().lower(), is_active=True
        ).first()


class Signers(BaseFormSet[SignerForm]):
    """One row for each side's lead, and two more for whoever signs with them."""

    EXTRA = 2

    @property
    def first_optional(self) -> int:
        """The number (from 1) of the first row that is expected to stay empty."""
        return self.total_form_count() - self.EXTRA + 1


SignerFormSet = formset_factory(
    SignerForm,
    formset=Signers,
    extra=Signers.EXTRA,
    max_num=MOST_SIGNERS,
    validate_max=True,
    absolute_max=MOST_SIGNERS + 1,  # otherwise a posted total of any size makes a thousand forms
)


def initial_signers(contract: Contract) -> list[dict[str, Any]]:
    """Our lead and theirs, as the deal names them."""
    rows = []
    for side in contract.negotiation.sides.prefetch_related("parties").order_by("-is_ours", "pk"):
        party = side.parties.select_related("lead_member__user", "lead_guest").first()
        member = party.lead_member if party else None
        guest = party.lead_guest if party else None
        rows.append(
            {
                "side": side,
                "name": member.user.name if member else guest.name if guest else "",
                "email": member.user.email if member else guest.email if guest else "",
                "title": member.title if member else "",
                "position": 1,
            }
        )
    return rows


def invited_by(formset: "BaseFormSet[SignerForm]") -> list[Invited]:
    rows = [form.invited() for form in formset if form.is_valid() and form.cleaned_data]
    return [row for row in rows if row is not None]


class SignForm(forms.Form):
    """The deliberate act: the typed name, the ticked consent, the button."""

    typed_name = forms.CharField(
        label=_("Your full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    consents = forms.BooleanField(
        label=_("I have read this and agree to sign electronically"), required=False
    )
    document_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    reason = forms.CharField(max_length=4_000, required=False)
    version = forms.IntegerField()
