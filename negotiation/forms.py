"""Forms of the negotiation pages. They check shape; rules stand in the services."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from negotiation import currencies
from negotiation.models import NegotiationKind, Paper
from playbooks.models import Playbook, PlaybookVersion

ROLES = (
    ("customer", _("Customer")),
    ("provider", _("Provider")),
    ("controller", _("Controller")),
    ("processor", _("Processor")),
    ("discloser", _("Discloser")),
    ("recipient", _("Recipient")),
    ("both", _("Both sides alike")),
)


_AMOUNT = re.compile(
    r"(?P<whole>[0-9]+|[0-9]{1,3}(?:(?P<group>[.,])[0-9]{3})(?:(?P=group)[0-9]{3})*)(?P<rest>[.,][0-9]{1,2})?"
)


def read_amount(text: str, *, point: str) -> int:
    """An amount as people write it, "12,345.67" or "12.345,67", in hundredths. Raises ValidationError for
    what is none or can be read in two ways.

    1. Of two kinds of signs the last is the decimal point, and so is one before one or two last digits.
    2. Several of one kind group thousands.
    3. A single one before three last digits groups thousands where it is not the reader's own decimal point
       (`point`); where it is, nobody can tell.
    """
    found = _AMOUNT.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
    if found is None or (found["rest"] and found["rest"][0] == found["group"]):
        raise ValidationError(_("Write an amount such as 125,000 or 99.50."))
    if found["group"] == point and not found["rest"] and text.count(point) == 1:
        raise ValidationError(
            _("“%(text)s” can be read in two ways. Write an amount such as %(one)s or %(two)s.")
            % {"text": text, "one": text.replace(point, ""), "two": text + (",00" if point == "." else ".00")}
        )
    whole = re.sub("[.,]", "", found["whole"])
    return int(Decimal(whole + (found["rest"] or "").replace(",", ".")) * 100)


LONGEST_AMOUNT = 24


class MoneyField(forms.CharField):
    """An amount as people write it, kept as integer minor units (hundredths)."""

    MOST = 10**17  # minor units; the database's integers end at nine times ten to the eighteenth

    def to_python(self, value: Any) -> Any:
        text = re.sub("[ \u00a0\u202f'’]", "", str(value or ""))
        if not text:
            return None
        minor = read_amount(text, point=str(get_format("DECIMAL_SEPARATOR", use_l10n=True)))
        if minor > self.MOST:
            raise ValidationError(_("Write an amount of at most 1,000,000,000,000,000."))
        return minor

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 100:,.2f}" if isinstance(value, int) else value

    def run_validators(self, value: Any) -> None:
        return None

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")


class DocxField(forms.FileField):
    """A Word file. What is in it is the gate's business; here only that there is one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Word file (.docx)"))
        kwargs.setdefault(
            "widget",
            forms.ClearableFileInput(
                attrs={
                    "accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
                }
            ),
        )
        super().__init__(allow_empty_file=True, max_length=200, **kwargs)


class NegotiationForm(forms.Form):
    """A deal as it is opened, and as it is changed afterwards."""

    title = forms.CharField(label=_("What is negotiated"), max_length=200)
    counterparty = forms.CharField(label=_("Other side"), max_length=200)
    lead_name = forms.CharField(label=_("Their point of contact"), max_length=120, required=False)
    lead_email = forms.EmailField(label=_("Their e-mail"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of negotiation"), choices=NegotiationKind.choices, initial="distributive"
    )
    objectives = forms.CharField(
        label=_("What we want"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Needed before the deal leaves its first stage."),
    )
    value_minor = MoneyField(label=_("Yearly value"), required=False)
    currency = forms.CharField(label=_("Currency"), max_length=3, min_length=3, initial="EUR")
    term_months = forms.IntegerField(label=_("Term in months"), min_value=1, max_value=600, required=False)
    law = forms.CharField(label=_("Law we expect"), max_length=80, required=False)

    def clean_currency(self) -> str:
        code = str(self.cleaned_data["currency"]).upper()
        if not currencies.is_known(code):
            raise ValidationError(
                _("“%(code)s” is no currency. Write its three letters, for example EUR.") % {"code": code}
            )
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("lead_name")) != bool(cleaned.get("lead_email")):
            raise ValidationError(
                _("Give both the name and the e-mail of their point of contact, or neither.")
            )
        return cleaned


class ChangeForm(NegotiationForm):
    """The same, of a deal that is open. `version` is the one the form was shown with."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ContractForm(forms.Form):
    """One document of the package with its first draft."""

    title = forms.CharField(label=_("Title of the contract"), max_length=200)
    paper = forms.ChoiceField(label=_("Whose paper"), choices=Paper.choices, initial=Paper.THEIRS)
    our_role = forms.ChoiceField(label=_("Our role in it"), choices=ROLES, initial="customer")
    playbook = forms.ModelChoiceField(
        label=_("Playbook"),
        queryset=Playbook.objects.none(),
        required=False,
        empty_label=_("None: only read and compare"),
    )
    file = DocxField(required=False, help_text=_("You may also upload the draft later."))

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["playbook"]
        if isinstance(field, forms.ModelChoiceField):
            published = PlaybookVersion.objects.filter(
                organisation=member.organisation, published_at__isnull=False
            )
            field.queryset = Playbook.objects.filter(
                pk__in=published.values("playbook"), archived_at=None
            ).order_by("title")

    def playbook_version(self) -> PlaybookVersion | None:
        playbook: Playbook | None = self.cleaned_data["playbook"]
        return playbook.published() if playbook else None


class UploadForm(forms.Form):
    """A new version: from them it is a returned draft, from us our own paper or revision."""

    file = DocxField()
    sender = forms.ChoiceField(
        label=_("Who wrote this version"),
        choices=(("theirs", _("the other side")), ("ours", _("we"))),
        widget=forms.RadioSelect,
        initial="theirs",
    )
    although_unlike = forms.BooleanField(
        label=_("Take it all the same: it is the right document"), required=False
    )


class SendForm(forms.Form):
    """What goes with the turn. Each reason and comment the page listed stands in `listed`; those still ticked
    come back as `say`."""

    message = forms.CharField(
        label=_("Message to the other side"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
        help_text=_(
            "Kept with the turn. It does not stand in the file: put it into the mail you send it with."
        ),
    )
    with_undecided = forms.BooleanField(required=False)
    undecided = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    listed = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_listed(self) -> frozenset[str] | None:
        """Keys of what the page listed; None where no list was posted."""
        if "listed" not in self.data:
            return None
        return frozenset(self.cleaned_data["listed"].split())

    def left_out(self) -> frozenset[str]:
        """What was listed and is not ticked any more."""
        ticked = self.data.getlist("say") if hasattr(self.data, "getlist") else []
        return (self.cleaned_data["listed"] or frozenset()) - frozenset(ticked)

    def undecided_accepted(self) -> int:
        """With how many undecided issues the person said they send: as many as they were shown, if ticked."""
        return (self.cleaned_data["undecided"] or 0) if self.cleaned_data["with_undecided"] else 0


class BlanksForm(forms.Form):
    """The word of somebody who goes on with blanks in the text: as many as they were shown."""

    with_blanks = forms.BooleanField(required=False)
    blanks = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def blanks_accepted(self) -> int:
        return (self.cleaned_data["blanks"] or 0) if self.cleaned_data["with_blanks"] else 0


class AgreeForm(BlanksForm):
    their_person = forms.CharField(label=_("Who of the other side agreed"), max_length=200)
    evidence = forms.CharField(
        label=_("Where that stands in writing"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: mail of 12 March, 14:05, “we accept version 5”."),
        max_length=2000,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class StageForm(forms.Form):
    target = forms.CharField(max_length=20)
    reason = forms.CharField(required=False, max_length=2000)
    version = forms.IntegerField()
