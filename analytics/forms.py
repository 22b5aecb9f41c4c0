"""Forms that start a run. They check shape; rules stand in the services."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from analytics.access import readable_contracts
from analytics.uploads import Upload, unpacked
from negotiation.models import Contract, Paper
from negotiation.models.contracts import ContractState
from playbooks.access import versions_visible_to
from playbooks.models import PlaybookVersion

EVERY, SIGNED, CHOSEN = "every", "signed", "chosen"
WHICH = [
    (SIGNED, _("signed contracts under this playbook")),
    (EVERY, _("every contract under this playbook that has been read")),
    (CHOSEN, _("those chosen below")),
]
OF_ANY_PLAYBOOK = [
    (SIGNED, _("every signed contract")),
    (EVERY, _("every contract that has been read")),
    (CHOSEN, _("those chosen below")),
]


class VersionChoice(forms.ModelChoiceField[PlaybookVersion]):
    """A version of a playbook, drafts marked as such."""

    def label_from_instance(self, obj: PlaybookVersion) -> str:
        said = (
            _("%(title)s · draft of version %(number)d")
            if obj.published_at is None
            else _("%(title)s · version %(number)d")
        )
        return str(said) % {"title": obj.playbook.title, "number": obj.number}


class ContractsChoice(forms.ModelMultipleChoiceField[Contract]):
    """Several contracts, with their negotiation and what became of them."""

    def label_from_instance(self, obj: Contract) -> str:
        return f"{obj.title} · {obj.negotiation.title} · {obj.get_state_display()}"


def versions_for(member: Membership) -> QuerySet[PlaybookVersion]:
    """Living playbooks' versions, drafts before what is published, the newest first."""
    rows = versions_visible_to(member).filter(playbook__archived_at=None)
    return rows.order_by("playbook__title", "-number")


class ContractsForm(forms.Form):
    """A playbook version and the contracts it is to be held against."""

    rules = VersionChoice(
        label=_("Playbook"), queryset=PlaybookVersion.objects.none(), empty_label=None, to_field_name="uuid"
    )
    which = forms.ChoiceField(
        label=_("Which contracts"),
        choices=WHICH,
        initial=SIGNED,
        widget=forms.RadioSelect,
    )
    contracts = ContractsChoice(
        label=_("Contracts"),
        queryset=Contract.objects.none(),
        required=False,
        to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Counts only with “those chosen below”. The newest 200 are listed."),
    )
    LISTED = 200
    of_any_playbook = False
    """Whether «signed» and «every» mean contracts of other types too: a confidentiality playbook has nothing
    to learn from how licences ended."""

    def __init__(self, *args: Any, member: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        self._offer("rules", versions_for(member))
        rows = readable_contracts(member)
        # A sliced queryset cannot be filtered by what was posted.
        self._offer("contracts", rows.filter(pk__in=list(rows.values_list("pk", flat=True)[: self.LISTED])))

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows

    def wanted(self) -> QuerySet[Contract]:
        """The contracts asked for, of those the member may see."""
        rows, which = readable_contracts(self.member), self.cleaned_data["which"]
        if which == CHOSEN:
            return rows.filter(pk__in=[one.pk for one in self.cleaned_data["contracts"]])
        if not self.of_any_playbook:
            rows = rows.filter(playbook_version__playbook=self.cleaned_data["rules"].playbook)
        return rows.filter(state=ContractState.EXECUTED) if which == SIGNED else rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("which") == CHOSEN and not cleaned.get("contracts"):
            self.add_error("contracts", _("Choose at least one contract."))
        return cleaned


class HistoryForm(ContractsForm):
    """How deals ended: the issues of a playbook, read in past contracts."""


class BacktestForm(ContractsForm):
    """A version tried on past contracts, beside another one."""

    against = VersionChoice(
        label=_("Compare with"),
        queryset=PlaybookVersion.objects.none(),
        required=False,
        to_field_name="uuid",
        empty_label=_("the version in force, where it is another one"),
        help_text=_("Another published version of the same playbook."),
    )
    field_order = ["rules", "against", "which", "contracts"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("against", versions_for(self.member).exclude(published_at=None))

    def compared_with(self) -> PlaybookVersion | None:
        """The version asked for, or the one in force; None where that is the version itself."""
        version: PlaybookVersion = self.cleaned_data["rules"]
        against = self.cleaned_data["against"] or version.playbook.published()
        return None if against is None or against.pk == version.pk else against


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to what they hold."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        return unpacked(given)


class BulkForm(ContractsForm):
    """Many documents against one playbook: uploaded, ours, or both."""

    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("So that it is found again.")
    )
    documents = FilesField(
        label=_("Word files, or a zip of them"),
        required=False,
        widget=FilesInput(attrs={"accept": ".docx,.zip", "multiple": True}),
        help_text=_("Up to 100 files at once; more in a zip. Each is checked before it is read."),
    )
    paper = forms.ChoiceField(
        label=_("Whose paper the files are"), choices=Paper.choices, initial=Paper.THEIRS
    )
    field_order = ["rules", "title", "documents", "paper", "which", "contracts"]
    NONE = "none"
    of_any_playbook = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["which"]
        if isinstance(field, forms.ChoiceField):
            field.label = _("Contracts of ours beside them")
            field.choices = [(self.NONE, _("none")), *OF_ANY_PLAYBOOK]
        field.initial = self.NONE

    def wanted(self) -> QuerySet[Contract]:
        return Contract.objects.none() if self.cleaned_data["which"] == self.NONE else super().wanted()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        uploads: list[Upload] | None = cleaned.get("documents")
        if cleaned.get("which") == self.NONE and not uploads and "documents" not in self.errors:
            raise ValidationError(_("Choose files to upload, or contracts of ours."))
        return cleaned
