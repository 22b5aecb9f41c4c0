"""Signing in: two brakes on guessing, one answer for whatever is wrong, and sessions that end at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth.hashers import identify_hasher, make_password
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import ApiToken, Membership, User
from accounts.services import people
from config import settings as production
from tests.builders import PASSWORD, People, four_people

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def who() -> People:
    return four_people()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def sign_in(
    email: str, password: str = "wrong", *, address: str = "192.0.2.1", client: Client | None = None
) -> HttpResponse:
    return (client or Client()).post(
        reverse("accounts:sign_in"), {"username": email, "password": password}, REMOTE_ADDR=address
    )


def fail(email: str, times: int, **more: str) -> list[int]:
    return [sign_in(email, **more).status_code for _ in range(times)]


def came_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response.headers["Location"] == reverse("home")


def test_the_right_password_opens(who: People):
    assert came_in(sign_in("alice@northgate.example", PASSWORD))


def test_five_failures_lock_the_account_for_the_address_even_for_the_right_password(who: People):
    assert fail("bob@northgate.example", 5)[:4] == [200] * 4
    locked = sign_in("bob@northgate.example", PASSWORD)
    assert locked.status_code == 429
    assert "Sign-in is paused" in locked.content.decode()


def test_the_lock_is_for_the_pair_of_account_and_address(who: People):
    fail("bob@northgate.example", 6)
    assert came_in(sign_in("bob@northgate.example", PASSWORD, address="192.0.2.7"))
    assert came_in(sign_in("alice@northgate.example", PASSWORD))


def test_other_spellings_of_one_address_are_one_account(who: People):
    for spelled in (
        "bob@northgate.example",
        "BOB@northgate.example",
        "Bob@Northgate.Example",
        " bob@northgate.example",
    ):
        fail(spelled, 2)
    assert sign_in("bob@northgate.example", PASSWORD).status_code == 429


def test_the_lock_ends_after_a_quarter_of_an_hour(who: People, clock: time_machine.Traveller):
    fail("bob@northgate.example", 5)
    clock.shift(timedelta(minutes=14))
    assert sign_in("bob@northgate.example", PASSWORD).status_code == 429
    clock.shift(timedelta(minutes=16))
    assert came_in(sign_in("bob@northgate.example", PASSWORD))


def test_a_success_forgives_the_failures_before_it(who: People):
    fail("bob@northgate.example", 4)
    assert came_in(sign_in("bob@northgate.example", PASSWORD))
    assert fail("bob@northgate.example", 4) == [200] * 4


def test_twenty_failures_over_many_accounts_stop_the_address(who: People, clock: time_machine.Traveller):
    """One password tried on many accounts never meets the limit of any of them."""
    for number in range(20):
        assert sign_in(f"person{number}@northgate.example").status_code == 200
    stopped = sign_in("alice@northgate.example", PASSWORD)
    assert stopped.status_code == 429
    assert "Sign-in is paused" in stopped.content.decode()
    assert came_in(sign_in("alice@northgate.example", PASSWORD, address="192.0.2.7"))
    clock.shift(timedelta(minutes=16))
    assert came_in(sign_in("alice@northgate.example", PASSWORD))


def test_nineteen_failures_do_not_stop_the_address(who: People):
    for number in range(19):
        sign_in(f"person{number}@northgate.example")
    assert came_in(sign_in("alice@northgate.example", PASSWORD))


def test_ones_own_success_does_not_clear_the_failures_of_others(who: People):
    """Somebody with an account of their own could otherwise go on guessing for ever."""
    for number in range(18):
        sign_in(f"person{number}@northgate.example")
    assert came_in(sign_in("alice@northgate.example", PASSWORD))
    sign_in("person18@northgate.example")
    sign_in("person19@northgate.example")
    assert sign_in("alice@northgate.example", PASSWORD).status_code == 429


def said(response: HttpResponse, email: str) -> str:
    """The page without what differs at each request."""
    import re

    text = response.content.decode().replace(email, "EMAIL")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_unknown_wrong_and_ended_accounts_get_the_same_answer(who: People):
    people.change_member(
        member=who.bob, roles=who.bob.roles, is_active=False, seen=who.bob.version, by=who.alice
    )
    User.objects.filter(pk=who.charlie.user_id).update(is_active=False)
    tried = {
        "nobody@northgate.example": "wrong",
        "alice@northgate.example": "wrong",
        "bob@northgate.example": PASSWORD,
        "charlie@elsewhere.example": PASSWORD,
    }
    answers = {said(sign_in(email, password), email) for email, password in tried.items()}
    assert len(answers) == 1


def test_unknown_accounts_are_locked_in_the_same_way(who: People):
    unknown = fail("nobody@northgate.example", 6)
    known = fail("bob@northgate.example", 6)
    assert unknown == known
    assert unknown[-1] == 429


def test_an_unknown_account_costs_as_much_hashing_as_a_known_one(
    who: People, monkeypatch: pytest.MonkeyPatch
):
    """The time of an answer is the time of hashing; it must be spent for names nobody has, too."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    spent = []
    for email in ("nobody@northgate.example", "alice@northgate.example"):
        hashed.clear()
        sign_in(email)
        spent.append(len(hashed))
    assert spent == [1, 1]


@pytest.mark.parametrize("ends", ["membership", "person", "organisation"])
def test_every_session_and_token_ends_at_once(who: People, ends: str):
    browsers = [Client(), Client()]
    for browser in browsers:
        assert came_in(sign_in("bob@northgate.example", PASSWORD, client=browser))
        assert browser.get(reverse("home")).status_code == 200
    _token, text = people.create_token(member=who.bob, name="t", is_read_only=True, by=who.bob)
    bearer = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/approvals/", headers=bearer).status_code == 200
    if ends == "membership":
        people.change_member(
            member=who.bob, roles=who.bob.roles, is_active=False, seen=who.bob.version, by=who.alice
        )
    elif ends == "person":
        User.objects.filter(pk=who.bob.user_id).update(is_active=False)
    else:
        type(who.ours).objects.filter(pk=who.ours.pk).update(archived_at=START)
    for browser in browsers:
        gone = browser.get(reverse("home"))
        assert gone.status_code == 302
        assert gone.headers["Location"].startswith(reverse("accounts:sign_in"))
        assert "_auth_user_id" not in browser.session
    assert Client().get("/api/v1/approvals/", headers=bearer).status_code == 401
    assert sign_in("bob@northgate.example", PASSWORD).status_code == 200


def test_a_person_of_two_organisations_loses_only_the_session_of_the_one_that_ended(who: People):
    second = people.add_member(
        organisation=who.other, email=who.bob.user.email, name="Bob", roles=["read_only"], by=None
    )
    browser = Client()
    sign_in("bob@northgate.example", PASSWORD, client=browser)
    browser.post(reverse("accounts:switch_organisation", args=[who.other.uuid]))
    Membership.objects.filter(pk=second.pk).update(is_active=False)
    assert browser.get(reverse("home")).status_code == 302
    assert came_in(sign_in("bob@northgate.example", PASSWORD, client=browser))
    assert browser.get(reverse("home")).status_code == 200


def test_an_expired_token_is_unknown(who: People):
    token, text = people.create_token(member=who.bob, name="t", is_read_only=True, by=who.bob)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=START - timedelta(days=400))
    answer = Client().get("/api/v1/approvals/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 401


def test_signing_in_makes_a_new_session(who: People):
    """A session known before sign-in is worth nothing after it."""
    browser = Client()
    browser.get(reverse("accounts:sign_in"))
    session = browser.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    sign_in("bob@northgate.example", PASSWORD, client=browser)
    assert browser.session.session_key != before


def test_sign_in_does_not_send_people_elsewhere(who: People):
    for wanted in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        data = {"username": "bob@northgate.example", "password": PASSWORD, "next": wanted}
        assert came_in(Client().post(reverse("accounts:sign_in"), data)), wanted


def test_no_form_is_taken_without_its_request_token(who: People):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(who.alice.user)
    assert browser.post(reverse("accounts:sign_in"), {}).status_code == 403
    assert browser.post(reverse("accounts:profile"), {"name": "X", "zone": "UTC"}).status_code == 403
    assert browser.post("/api/v1/approvals/", {}, content_type="application/json").status_code in (403, 405)


def test_the_session_cookie_is_not_for_scripts(who: People):
    cookie = sign_in("bob@northgate.example", PASSWORD).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_passwords_are_kept_as_argon2_in_production():
    with override_settings(PASSWORD_HASHERS=production.PASSWORD_HASHERS):
        assert identify_hasher(make_password("correct horse battery")).algorithm == "argon2"


def test_under_https_the_cookies_are_bound_to_host_and_channel(tmp_path: Path):
    """The settings as another process reads them, behind a public https address."""
    names = (
        *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"),
        *(
            "SESSION_COOKIE_HTTPONLY",
            "SESSION_COOKIE_SAMESITE",
            "SESSION_COOKIE_DOMAIN",
            "SESSION_COOKIE_PATH",
        ),
        *("SECURE_HSTS_SECONDS", "SECURE_SSL_REDIRECT"),
    )
    asked = f"from django.conf import settings as s; print(*[getattr(s, name) for name in {names}])"
    env = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PARLEY_URL": "https://parley.example.org",
        "PARLEY_SECRET_KEY": "k" * 60,
        "PARLEY_DATA": str(tmp_path),
    }
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.stdout.split() == [
        *("__Host-session", "__Host-csrf", "True", "True", "True", "Lax", "None", "/", "63072000", "True"),
    ], done.stderr
