"""Our own template made into a playbook: read, laid out topic by topic, and from there on like tables."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import redline
from accounts.models import Membership, Organisation
from accounts.services import audit
from playbooks.importing.decisions import TAKE
from playbooks.importing.plan import OTHER, Book, Plan, TablePlan, type_in
from playbooks.importing.template import MOST_CHARACTERS, Template
from playbooks.models import TableImport
from playbooks.topics import TOPICS

TITLE = 200
"""Characters in which the beginning of a contract says what it is."""

_NO_TEXT = (
    (
        b"PK\x03\x04",
        gettext_lazy("This is a Word document with the ending .txt: name it .docx and choose it again."),
    ),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy("This is an old Word document (.doc) with the ending .txt: save it as .docx in Word."),
    ),
    (b"%PDF", gettext_lazy("This is a PDF with the ending .txt: bring in the Word document or its text.")),
)
"""How files begin that are no text, whatever their name says."""


def read_file(*, file_name: str, data: bytes) -> Any:
    """The text of a template: a Word document through the gate, in a child process, or plain text.

    Raises ValidationError with a sentence that says what to do.
    """
    if PurePath(file_name).suffix.lower() == ".txt":
        return _plain_text(data)
    try:
        redline.check_in_child(data)
        return redline.read(data)
    except redline.Refused as refused:
        raise ValidationError(refused.message) from refused


def _plain_text(data: bytes) -> str:
    if not data.strip():
        raise ValidationError(_("The file is empty."))
    for opening, sentence in _NO_TEXT:
        if data.startswith(opening):
            raise ValidationError(sentence)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("This text file is not written in UTF-8: save it again as UTF-8, or as a Word document.")
        ) from error
    if "\x00" in text:
        raise ValidationError(
            _("This is no plain text: bring in a Word document (.docx) or a text file (.txt).")
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(1)


@transaction.atomic
def receive_template(
    *,
    organisation: Organisation,
    name: str,
    source: Any,
    data: bytes,
    title: str,
    contract_type: str,
    side: str,
    approver: str,
    by: Membership | None,
) -> TableImport:
    """Lay out what the template (a `redline.Document` or plain text) says as an import, a row for each topic.

    `data` are the bytes it was read from; an empty `contract_type` is told by its title. `approver` (a role)
    is asked below each position. Raises ValidationError when there is nothing to make rules of; nothing is
    kept then.
    """
    text = source if isinstance(source, str) else source.text
    if not text.strip():
        raise ValidationError(_("There is no text in this document: a scan holds pictures of words only."))
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(
            _("The document holds more than %(most)s characters: bring in the template alone.")
            % {"most": f"{MOST_CHARACTERS:,}"}
        )
    template = Template.read(source)
    if not template.topics:
        raise ValidationError(
            _("Parley reads nothing here that a rule could be made of. Is it the text of a contract?")
        )
    table, columns = template.table(name, approver.replace("_", " "))
    plan = Plan(
        title.strip()[:200] or Plan.first([], name).title or _("Template"),
        contract_type or _kind(name, text),
        side,
        (TablePlan(True, columns),),
    )
    kept = TableImport.objects.create(
        organisation=organisation,
        file_name=name[:255],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        tables=[table.to_data()],
        plan=plan.to_data(),
        template=template.to_data(),
        brought_by=by,
    )
    audit.record(
        organisation=organisation,
        by=by,
        action="playbook.template_received",
        target=kept,
        payload={"sha256": kept.sha256, "topics": len(template.topics), "side": side},
    )
    return kept


def _kind(name: str, text: str) -> str:
    """The kind of contract, by the first line that says one, then by the name of the file."""
    opening = [line for line in text.splitlines() if line.strip()][:3]
    titles = (*(line[:TITLE] for line in opening[:1]), name.replace("-", " "), " ".join(opening)[:TITLE])
    return next((kind for title in titles if (kind := type_in(title)) != OTHER), OTHER)


def said_in_draft(book: Book) -> str:
    """What the draft of a template says of itself: what it has no rules for. "" for other imports."""
    if book.template is None:
        return ""
    plan = book.plan
    left = [row.title for row in book.rows if book.state(row) != TAKE]
    silent = [TOPICS[topic].title for topic in book.template.silent_on(plan.side, plan.contract_type)]
    return " ".join(
        [
            _("Made from a template: each issue has one position, and no fallback until you add it."),
            *(
                [_("In the template but in no rule: %(titles)s.") % {"titles": ", ".join(left)}]
                if left
                else []
            ),
            *([_("Not read in the template: %(titles)s.") % {"titles": ", ".join(silent)}] if silent else []),
        ]
    )
