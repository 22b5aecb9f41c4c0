"""Plain functions that put people and deals into the database. Four people everywhere: **alice** owns,
**bob** is a colleague who may read, **charlie** is an outsider, **dana** is the other side."""

from dataclasses import dataclass

from accounts.models import Guest, Membership, Organisation, Role
from accounts.services import people

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class People:
    """The four, and the organisations they come from."""

    ours: Organisation
    other: Organisation
    alice: Membership
    bob: Membership
    charlie: Membership
    dana: Guest


def four_people() -> People:
    ours = people.create_organisation(name="Northgate Analytics")
    other = people.create_organisation(name="Elsewhere Holdings")
    return People(
        ours=ours,
        other=other,
        alice=member(ours, "alice", Role.LEGAL, Role.ADMIN),
        bob=member(ours, "bob", Role.READ_ONLY),
        charlie=member(other, "charlie", Role.ADMIN, Role.LEGAL),
        dana=Guest.objects.create(
            organisation=ours, name="Dana Other", email="dana@harbour.example", company="Harbour Cloud"
        ),
    )


def member(organisation: Organisation, name: str, *roles: str) -> Membership:
    return people.add_member(
        organisation=organisation,
        email=f"{name}@{organisation.name.split()[0].lower()}.example",
        name=name.title(),
        roles=roles or [Role.READ_ONLY],
        password=PASSWORD,
        by=None,
    )
