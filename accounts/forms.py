"""Forms for people and the organisation's settings."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.checks import checked_currency, checked_zone
from accounts.models import Organisation, Role, User


def _language_field(help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, help_text=help_text)


class ProfileForm(forms.ModelForm[User]):
    language = _language_field(_("Of the pages and of the mails you get."))

    class Meta:
        model = User
        fields = ["name", "zone", "language"]

    def clean_zone(self) -> str:
        return checked_zone(self.cleaned_data["zone"])


class SettingsForm(forms.ModelForm[Organisation]):
    """The organisation's settings; `version` is the one the form was shown with."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = _language_field(_("Of people who are added from now on; each may choose another."))

    class Meta:
        model = Organisation
        fields = [
            "name",
            "zone",
            "language",
            "currency",
            "change_author",
            "reasons_as_comments",
            "reminder_days",
        ]

    def clean_zone(self) -> str:
        return checked_zone(self.cleaned_data["zone"])

    def clean_currency(self) -> str:
        return checked_currency(self.cleaned_data["currency"])

    def clean_reminder_days(self) -> str:
        text: str = self.cleaned_data["reminder_days"]
        try:
            days = sorted({int(part) for part in text.split(",") if part.strip()}, reverse=True)
        except ValueError as error:
            raise ValidationError(
                _("Write whole days with commas between, for example 60,30,7,1.")
            ) from error
        if not days or days[-1] < 0 or days[0] > 365:
            raise ValidationError(_("Each reminder lies between 0 and 365 days before the due date."))
        return ",".join(str(day) for day in days)


class PersonForm(forms.Form):
    """A new colleague. They sign in with the password given here, and must then choose their own."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    password = forms.CharField(
        label=_("First password"),
        min_length=12,
        widget=forms.PasswordInput,
        help_text=_("Tell them; they choose their own when they first sign in."),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class PasswordForm(PasswordChangeForm):
    """One's own password, the old one asked first: an open screen is not enough to take over an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django's own help is a list, which does not stand in the paragraph of a field.
        self.fields["new_password1"].help_text = _(
            "12 characters or more; not your name or address, and none that many people use."
        )

    def clean_new_password1(self) -> str:
        password: str = self.cleaned_data["new_password1"]
        if self.user.check_password(password):
            raise ValidationError(_("This is the password you have now; choose another."))
        return password


class ChangePersonForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("May sign in"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewTeamForm(forms.Form):
    """A team by the code that playbooks and the approval matrix name it with."""

    name = forms.CharField(label=_("Name"), max_length=120)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("As playbooks write it, for example general_counsel.")
    )


class ChangeTeamForm(forms.Form):
    """Name and members of a team; `colleagues` are the choices, by public id."""

    name = forms.CharField(label=_("Name"), max_length=120)
    members = forms.MultipleChoiceField(
        label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = colleagues  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=120)
    is_read_only = forms.BooleanField(label=_("May only read"), required=False, initial=True)
