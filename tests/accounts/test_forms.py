"""What people and organisations may be called, where they are, and what they count in."""

import pytest
from django.core.exceptions import ValidationError

from accounts import checks
from accounts.forms import ProfileForm, SettingsForm
from accounts.models import Organisation, User
from accounts.services import people

ORGANISATION = {
    "name": "Northgate", "zone": "Europe/Berlin", "language": "en", "currency": "EUR",
    "change_author": "person", "reminder_days": "30,7", "version": "1",
}  # fmt: skip


@pytest.mark.parametrize("code", ["ÄÖÜ", "EURO", "E1R", "", "€", "ßß", "ЕUR"])
def test_a_currency_has_three_plain_letters(code):
    with pytest.raises(ValidationError):
        checks.checked_currency(code)
    assert "currency" in SettingsForm(ORGANISATION | {"currency": code}, instance=Organisation()).errors


def test_a_currency_is_kept_in_capitals():
    assert checks.checked_currency(" usd ") == "USD"


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd", "europe/berlin"])
def test_a_zone_is_one_that_dates_can_be_shown_in(zone):
    with pytest.raises(ValidationError):
        checks.checked_zone(zone)


def test_the_language_is_one_of_those_there_are():
    person = {"name": "Alice", "zone": "Europe/Berlin"}
    assert ProfileForm(person | {"language": "en"}, instance=User()).is_valid()
    assert "language" in ProfileForm(person | {"language": "xx"}, instance=User()).errors
    assert SettingsForm(ORGANISATION, instance=Organisation()).is_valid()
    assert "language" in SettingsForm(ORGANISATION | {"language": "xx"}, instance=Organisation()).errors


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "x" * 201}, {"zone": "Mars"}, {"currency": "ÄÖÜ"}])
def test_no_organisation_is_made_of_nonsense(wrong):
    with pytest.raises(ValidationError):
        people.create_organisation(**({"name": "Northgate"} | wrong))
    assert not Organisation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"email": "a@b"}, {"name": ""}])
def test_nobody_joins_without_name_and_address(wrong):
    ours = people.create_organisation(name="Northgate")
    with pytest.raises(ValidationError):
        people.add_member(
            **(
                {"organisation": ours, "email": "a@b.example", "name": "A", "roles": ["legal"], "by": None}
                | wrong
            )
        )
    assert not User.objects.exists()


@pytest.mark.django_db
def test_new_people_start_in_the_language_and_zone_of_the_organisation():
    ours = people.create_organisation(name="Northgate", zone="Asia/Tokyo")
    Organisation.objects.update(language="de")
    ours.refresh_from_db()
    new = people.add_member(organisation=ours, email="a@b.example", name="A", roles=["legal"], by=None)
    assert (new.user.zone, new.user.language) == ("Asia/Tokyo", "de")
