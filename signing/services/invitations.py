"""The mails signers get: an invitation when it is their turn, and where to find what they signed.

A link is an HMAC over the signer's id with the site's secret: the mail job can make it again, the database
alone cannot, and no colleague is ever shown it.
"""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

import jobs
from signing.models import Envelope, EnvelopeState, Signer, SignerState

INVITE = "signing.invite"
COPY = "signing.copy"
STOPPED = "signing.stopped"


def token_of(signer_uuid: object) -> str:
    """The secret part of a signer's link: 256 bits, hexadecimal."""
    return salted_hmac("parley.signing.link", str(signer_uuid), algorithm="sha256").hexdigest()


def link_of(signer: Signer) -> str:
    return settings.PARLEY_URL + reverse("signing_guest:document", args=[token_of(signer.uuid)])


def invite_whose_turn_it_is(envelope: Envelope) -> None:
    """One mail job for each signer of the lowest position that has not signed yet. In the caller's
    transaction; asking again adds nothing."""
    waiting = envelope.signers.exclude(state=SignerState.SIGNED).order_by("position")
    first = waiting.first()
    for signer in waiting.filter(position=first.position) if first else ():
        jobs.enqueue(kind=INVITE, args={"signer": signer.pk}, key=f"{INVITE}:{signer.pk}")


def invite_again(signer: Signer, at: datetime) -> None:
    """The same link once more; asking twice on one day sends one mail. In the caller's transaction."""
    jobs.enqueue(kind=INVITE, args={"signer": signer.pk}, key=f"{INVITE}:{signer.pk}:{at.date()}")


def tell_stopped(envelope: Envelope) -> None:
    """Tell everybody who was invited that nothing is signed here any more. In the caller's transaction."""
    waiting = envelope.signers.exclude(state=SignerState.SIGNED).order_by("position").first()
    reached = waiting.position if waiting else 0
    for signer in envelope.signers.filter(position__lte=reached).exclude(state=SignerState.DECLINED):
        jobs.enqueue(kind=STOPPED, args={"signer": signer.pk}, key=f"{STOPPED}:{signer.pk}")


def send_copies(envelope: Envelope) -> None:
    """Tell every signer where their copy is. In the caller's transaction."""
    for signer in envelope.signers.all():
        jobs.enqueue(kind=COPY, args={"signer": signer.pk}, key=f"{COPY}:{signer.pk}")


@jobs.register(INVITE)
def send_invitation(job: jobs.JobContext) -> None:
    signer = Signer.objects.select_related("envelope__contract", "organisation").get(pk=job.args["signer"])
    if signer.envelope.state != EnvelopeState.OUT or signer.state == SignerState.SIGNED:
        return
    subject = _("Please sign: %(title)s") % {"title": signer.envelope.contract.title}
    body = _(
        "%(name)s,\n\n%(company)s asks you to sign “%(title)s”. This link is for you alone; please do not "
        "pass it on:\n\n%(link)s\n\nIt works until %(until)s."
    ) % {
        "name": signer.name,
        "company": signer.organisation.name,
        "title": signer.envelope.contract.title,
        "link": link_of(signer),
        "until": signer.expires_at.date().isoformat(),
    }
    _mail(job, signer, subject, body)


@jobs.register(COPY)
def send_copy(job: jobs.JobContext) -> None:
    signer = Signer.objects.select_related("envelope__contract").get(pk=job.args["signer"])
    subject = _("Signed by everybody: %(title)s") % {"title": signer.envelope.contract.title}
    body = _("Everybody signed “%(title)s”. Your copy, with the record of the signing:\n\n%(link)s") % {
        "title": signer.envelope.contract.title,
        "link": link_of(signer),
    }
    _mail(job, signer, subject, body)


@jobs.register(STOPPED)
def send_stopped(job: jobs.JobContext) -> None:
    signer = Signer.objects.select_related("envelope__contract", "organisation").get(pk=job.args["signer"])
    envelope = signer.envelope
    subject = _("Signing was stopped: %(title)s") % {"title": envelope.contract.title}
    body = _("%(name)s,\n\nnothing will be signed under “%(title)s” for now. %(why)s") % {
        "name": signer.name,
        "title": envelope.contract.title,
        "why": envelope.void_reason or _("One of the signers declined."),
    }
    _mail(job, signer, subject, body)


def _mail(job: jobs.JobContext, signer: Signer, subject: str, body: str) -> None:
    """At least once, with the same Message-ID each time."""
    host = settings.PARLEY_URL.split("://")[-1].split("/")[0].split(":")[0]
    EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[signer.email],
        headers={"Message-ID": f"<{job.uuid}@{host}>"},
    ).send()
