"""Changing one's own password, and a new one for a colleague who forgot theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role, User
from accounts.services import passwords, people
from tests.builders import PASSWORD, People, four_people

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:password")
NEW = "quite another long phrase"


@pytest.fixture
def who() -> People:
    return four_people()


def browser_of(member: object, password: str = PASSWORD) -> Client:
    client = Client()
    client.post(reverse("accounts:sign_in"), {"username": member.user.email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str | None = None) -> object:
    data = {"old_password": old, "new_password1": new, "new_password2": new if again is None else again}
    return client.post(PAGE, data)


def give(client: Client, member: object) -> str:
    """The password shown, or empty where none was given."""
    answer = client.post(reverse("accounts:give_password", args=[member.uuid]), follow=True)
    shown = re.search(r'id="given" readonly value="([^"]+)"', answer.content.decode())
    return shown[1] if shown else ""


def last_actions() -> list[str]:
    return list(AuditEntry.objects.order_by("-number").values_list("action", flat=True)[:1])


def test_one_changes_ones_own_password(who):
    browser = browser_of(who.bob)
    assert change(browser).headers["Location"] == reverse("accounts:profile")
    assert is_in(browser)
    assert last_actions() == ["password.changed"]
    assert is_in(browser_of(who.bob, NEW))
    assert not is_in(browser_of(who.bob))


def test_the_other_sessions_end(who):
    here, there = browser_of(who.bob), browser_of(who.bob)
    change(here)
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"old": "not it"}, "old_password"),
        ({"new": "short"}, "new_password2"),
        ({"new": "bob@northgate.example"}, "new_password2"),
        ({"again": "something else entirely"}, "new_password2"),
        ({"new": PASSWORD}, "new_password1"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(who, form, wrong):
    browser, other = browser_of(who.bob), browser_of(who.bob)
    answer = change(browser, **form)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [wrong]
    assert is_in(other)


def test_the_profile_leads_to_it(who):
    assert f'href="{PAGE}"' in browser_of(who.bob).get(reverse("accounts:profile")).content.decode()


def test_a_forgotten_password_is_replaced_by_one_that_opens_only_the_change(who):
    forgetful, admin = browser_of(who.bob), browser_of(who.alice)
    given = give(admin, who.bob)
    assert last_actions() == ["password.given"]
    assert not is_in(forgetful)
    assert not is_in(browser_of(who.bob))
    back = browser_of(who.bob, given)
    for address in (reverse("home"), reverse("negotiation:list"), reverse("accounts:profile")):
        assert back.get(address).headers["Location"] == PAGE
    assert back.get("/api/v1/approvals/").status_code == 403
    assert "Choose a password of your own" in back.get(PAGE).content.decode()
    change(back, old=given)
    assert is_in(back)
    assert back.get("/api/v1/approvals/").status_code == 200


def test_the_password_given_is_not_kept_as_ones_own(who):
    given = give(browser_of(who.alice), who.bob)
    back = browser_of(who.bob, given)
    change(back, old=given, new=given)
    assert back.get(reverse("home")).headers["Location"] == PAGE


def test_who_must_change_it_may_still_leave(who):
    back = browser_of(who.bob, give(browser_of(who.alice), who.bob))
    back.post(reverse("accounts:sign_out"))
    assert back.get(PAGE).headers["Location"].startswith(reverse("accounts:sign_in"))


def test_no_password_for_oneself_or_for_people_who_left(who):
    admin = browser_of(who.alice)
    assert give(admin, who.alice) == ""
    people.change_member(member=who.bob, roles=who.bob.roles, is_active=False, seen=1, by=who.alice)
    assert give(admin, who.bob) == ""
    assert is_in(admin)


def test_no_password_for_somebody_of_another_organisation_too(who):
    """It would open the other organisation to our administrator."""
    people.add_member(
        organisation=who.other, email=who.bob.user.email, name="Bob", roles=[Role.READ_ONLY], by=None
    )
    before = User.objects.get(pk=who.bob.user_id).password
    assert give(browser_of(who.alice), who.bob) == ""
    assert User.objects.get(pk=who.bob.user_id).password == before


def test_one_time_passwords_differ_and_read_well():
    made = {passwords.one_time_password() for _again in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[a-km-z2-9]{5}(-[a-km-z2-9]{5}){3}", one) for one in made)


def test_the_password_given_stands_in_no_record(who):
    given = give(browser_of(who.alice), who.bob)
    assert given
    entry = AuditEntry.objects.get(action="password.given")
    assert given not in str(entry.payload)
    assert not hasattr(entry, "personal")
