"""Who plays the demo story: the sample organisation, its people in their teams, and its playbooks."""

import datetime
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from accounts.models import Membership, Organisation, Role, User
from accounts.services import people
from config.demo import story
from playbooks.models import Playbook, PlaybookVersion
from playbooks.services import bringing, publishing

ROLES = {
    "admin": [Role.ADMIN, Role.LEGAL, Role.APPROVER],
    "legal": [Role.LEGAL],
    "business": [Role.BUSINESS, Role.APPROVER],
    "approver": [Role.APPROVER],
    "operations": [Role.OPERATIONS, Role.APPROVER],
    "auditor": [Role.AUDITOR],
    "read-only": [Role.READ_ONLY],
}
TEAMS = {
    "legal": "Legal",
    "general_counsel": "General counsel",
    "cfo": "Chief financial officer",
    "finance": "Finance",
    "privacy": "Privacy",
    "ip_counsel": "Intellectual property counsel",
    "security": "Security",
    "procurement": "Procurement",
    "people": "People",
    "business": "Business",
    "operations": "Operations",
}
FUNCTION_TEAM = {"privacy_officer": "privacy", "business_owner": "business", "service_owner": "operations"}


@dataclass(frozen=True)
class Cast:
    """The sample organisation's people by story key, and the playbooks by name."""

    organisation: Organisation
    members: dict[str, Membership]
    playbooks: dict[str, PlaybookVersion]
    now: datetime.datetime

    def at(self, day: int, hour: int = 10) -> datetime.datetime:
        """A moment of the story: so many days from now, in the morning unless told."""
        return (self.now + timedelta(days=day)).replace(hour=hour, minute=5, second=0, microsecond=0)


def find_cast(organisation: Organisation, now: datetime.datetime) -> Cast:
    rows = Membership.objects.filter(organisation=organisation).select_related("user", "organisation")
    by_email = {row.user.email: row for row in rows}
    members = {one.key: by_email[one.email] for one in story.PEOPLE}
    books = {
        book.slug: version
        for book in Playbook.objects.filter(organisation=organisation)
        if (version := book.published()) is not None
    }
    return Cast(organisation, members, books, now)


def make_cast(now: datetime.datetime) -> Cast:
    organisation = people.create_organisation(name=story.NORTHGATE.name, zone="Europe/Berlin", currency="EUR")
    hashed = make_password(story.PASSWORD)  # once: argon2 takes its time on purpose
    teams: dict[str, list[Membership]] = {code: [] for code in TEAMS}
    for one in story.PEOPLE:
        member = people.add_member(
            organisation=organisation,
            email=one.email,
            name=one.name,
            title=one.job,
            roles=ROLES[one.role],
            by=None,
        )
        User.objects.filter(pk=member.user.pk).update(password=hashed)
        for function in one.functions:
            teams[FUNCTION_TEAM.get(function, function)].append(member)
        if one.role in ("legal", "operations", "business"):
            teams[one.role].append(member)
    for code, name in TEAMS.items():
        people.set_team(organisation=organisation, code=code, name=name, members=teams[code], by=None)
    bringing.install_shipped(organisation=organisation, by=None)
    _our_law(organisation)
    return find_cast(organisation, now)


def _our_law(organisation: Organisation) -> None:
    """Northgate sits in Hamburg: its playbooks ask for German law, in a second published version of each."""
    for book in Playbook.objects.filter(organisation=organisation):
        published = book.published()
        if published is None or "our_laws" not in published.data.get("lists", {}):
            continue
        data = {**published.data, "lists": {**published.data["lists"], "our_laws": ["Germany"]}}
        text = publishing.yaml_of(data)
        version = bringing.import_yaml(organisation=organisation, text=text, by=None)
        publishing.publish(version=version, by=None)
