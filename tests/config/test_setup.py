"""`manage.py setup`: an organisation one can work in at once, or one clear sentence and nothing kept."""

import getpass
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts import team_codes
from accounts.models import Membership, Organisation, Role, Team, User
from playbooks.models import Playbook

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
WHO = ("Northgate", "--email", "Ada@Northgate.example", "--name", "Ada")
PASSWORD = "correct horse battery"


def setup(*arguments: str, piped: str = PASSWORD + "\n", monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", io.StringIO(piped))
    out = io.StringIO()
    call_command("setup", *arguments, "--password-stdin", stdout=out)
    return out.getvalue()


def test_it_makes_organisation_administrator_playbooks_and_teams(monkeypatch):
    assert "can sign in" in setup(
        *WHO, "--zone", "Europe/Paris", "--currency", "usd", monkeypatch=monkeypatch
    )
    ours = Organisation.objects.get()
    assert (ours.zone, ours.currency) == ("Europe/Paris", "USD")
    admin = Membership.objects.get()
    assert admin.has_role(Role.ADMIN)
    assert admin.user.email == "ada@northgate.example"
    assert admin.user.check_password(PASSWORD)
    assert not admin.user.must_change_password
    assert Playbook.objects.count() >= 3
    codes = {one.code for one in team_codes.named_in(ours)}
    assert codes == set(Team.objects.values_list("code", flat=True))
    assert {
        "general_counsel",
        "cfo",
        "finance",
        "privacy",
        "security",
        "procurement",
        "people",
        "legal",
    } <= codes
    assert Team.objects.get(code="cfo").name == "Chief financial officer"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--zone", "Nowhere/Land"), "--zone: This is not a time zone"),
        (("--currency", "ÄÖÜ"), "--currency: A currency has three letters"),
        (("--email", "nobody"), "--email: Enter a valid email address"),
        (("--name", " "), "--name: A name has between"),
    ],
)
def test_what_no_page_could_work_with_is_refused_before_a_password_is_asked(wrong, said, monkeypatch):
    monkeypatch.setattr(getpass, "getpass", lambda prompt: pytest.fail("asked for a password"))
    with pytest.raises(CommandError, match=said) as refused:
        call_command("setup", *WHO, *wrong)
    assert refused.value.returncode == 2
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("piped", ["", "short\n", "ada@northgate.example\n"])
def test_a_password_that_is_none_is_refused_and_nothing_is_kept(piped, monkeypatch):
    with pytest.raises(CommandError) as refused:
        setup(*WHO, piped=piped, monkeypatch=monkeypatch)
    assert refused.value.returncode == 2
    assert not User.objects.exists()


def test_the_same_name_twice_is_refused(monkeypatch):
    setup(*WHO, monkeypatch=monkeypatch)
    with pytest.raises(CommandError, match="already is an organisation called Northgate"):
        setup(*WHO, monkeypatch=monkeypatch)


def test_a_slip_at_the_terminal_is_noticed(monkeypatch):
    typed = iter([PASSWORD, PASSWORD + "x"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="differ"):
        call_command("setup", *WHO)
    typed = iter([PASSWORD, PASSWORD])
    call_command("setup", *WHO, stdout=io.StringIO())
    assert User.objects.get().check_password(PASSWORD)


def test_without_a_terminal_it_says_how_to_pipe_the_password(tmp_path):
    """As another program starts it: its own session, so that there is no terminal to fall back to."""
    environment = os.environ | {"PARLEY_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment.pop("DATABASE_URL", None)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)
    told = subprocess.run(
        [sys.executable, "manage.py", "setup", *WHO],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    assert told.returncode == 2
    assert told.stderr.strip() == (
        "CommandError: There is no terminal to ask for the password: pipe it in, with --password-stdin."
    )
