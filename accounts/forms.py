"""Forms for people and the organisation's settings."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Role, User


def _checked_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValidationError(_("This is not a time zone we know, for example Europe/Berlin."))
    return zone


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "zone"]

    def clean_zone(self) -> str:
        return _checked_zone(self.cleaned_data["zone"])


class SettingsForm(forms.ModelForm[Organisation]):
    """The organisation's settings; `version` is the one the form was shown with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Organisation
        fields = ["name", "zone", "currency", "change_author", "reasons_as_comments", "reminder_days"]

    def clean_zone(self) -> str:
        return _checked_zone(self.cleaned_data["zone"])

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"].upper()
        if len(code) != 3 or not code.isalpha():
            raise ValidationError(_("A currency has three letters, for example EUR."))
        return code

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
    """A new colleague. They sign in with the password given here and change it themselves."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    password = forms.CharField(label=_("First password"), min_length=12, widget=forms.PasswordInput)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        from django.contrib.auth.password_validation import validate_password

        cleaned = super().clean() or {}
        if cleaned.get("password"):
            try:
                validate_password(cleaned["password"])
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class ChangePersonForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_("May sign in"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=120)
    is_read_only = forms.BooleanField(label=_("May only read"), required=False, initial=True)
