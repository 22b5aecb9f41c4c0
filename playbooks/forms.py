"""Bringing a playbook in: as a file or pasted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from playbooks.yaml_format import MAX_BYTES


class ImportForm(forms.Form):
    file = forms.FileField(label=_("YAML file"), required=False, allow_empty_file=False)
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "input code"}),
    )

    replace = forms.BooleanField(
        label=_("Where it has a draft already, put this in its place"),
        required=False,
        help_text=_(
            "The draft before is discarded; the record keeps who replaced it. Published versions stay."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste the text, one of the two."))
        cleaned["yaml"] = _read(file) if file else text
        return cleaned


class PublishForm(forms.Form):
    """What is new, in a sentence, and the digest of the rules the person saw."""

    note = forms.CharField(label=_("What is new"), required=False, max_length=300)
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def _read(file: Any) -> str:
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than a playbook may be (%(most)d bytes).") % {"most": MAX_BYTES}
        )
    try:
        return bytes(file.read()).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not UTF-8 text.")) from error
