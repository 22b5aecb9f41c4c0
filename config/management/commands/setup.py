"""`manage.py setup`: the first organisation of a new installation, with its administrator."""

import getpass
import sys
import warnings
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.checks import checked_currency, checked_email, checked_name, checked_zone
from accounts.models import Organisation, Role, User
from accounts.services import people
from config import teams
from playbooks.services import bringing

WRONG_USE = 2


class Command(BaseCommand):
    help = "Create an organisation with its first administrator, its teams and the playbooks of Parley."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its name")
        parser.add_argument("--email", required=True, help="the administrator's address, to sign in with")
        parser.add_argument("--name", required=True, help="the administrator's name")
        parser.add_argument("--zone", default="Europe/Berlin", help="the organisation's time zone")
        parser.add_argument("--currency", default="EUR", help="the organisation's currency")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from a pipe")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            _check(options)
            password = _piped() if options["password_stdin"] else _typed()
            validate_password(password, User(email=options["email"], name=options["name"]))
            organisation = _make(options, password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=WRONG_USE) from error
        self.stdout.write(f"{organisation.name}: {options['email']} can sign in.")
        self.stdout.write("Its teams are empty: put people into them under Settings, People.")


def _check(options: dict[str, Any]) -> None:
    """Raises ValidationError before anybody is asked for a password, naming the option that is wrong."""
    checks = {
        "organisation": lambda text: checked_name(text, longest=200),
        "--email": checked_email,
        "--name": lambda text: checked_name(text, longest=120),
        "--zone": checked_zone,
        "--currency": checked_currency,
    }
    for option, check in checks.items():
        try:
            check(options[option.lstrip("-")])
        except ValidationError as error:
            raise ValidationError([f"{option}: {message}" for message in error.messages]) from error
    if Organisation.objects.filter(name=options["organisation"].strip()).exists():
        raise ValidationError(f"There already is an organisation called {options['organisation']}.")


def _piped() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise ValidationError("Nothing came through the pipe: write the password into it, in one line.")
    return password


def _typed() -> str:
    """The password from the terminal, typed twice, as a slip would lock out the only administrator."""
    try:
        with warnings.catch_warnings():
            # Without a terminal getpass warns and reads on, with every letter shown; that is no way in.
            warnings.simplefilter("error", getpass.GetPassWarning)
            password = getpass.getpass("Password, 12 characters or more: ")
            again = getpass.getpass("The same again: ")
    except (EOFError, getpass.GetPassWarning) as error:
        raise ValidationError(
            "There is no terminal to ask for the password: pipe it in, with --password-stdin."
        ) from error
    if password != again:
        raise ValidationError("The two passwords differ.")
    return password


@transaction.atomic
def _make(options: dict[str, Any], password: str) -> Organisation:
    organisation = people.create_organisation(
        name=options["organisation"], zone=options["zone"], currency=options["currency"]
    )
    people.add_member(
        organisation=organisation,
        email=options["email"],
        name=options["name"],
        roles=[Role.ADMIN, Role.LEGAL],
        password=password,
        by=None,
    )
    bringing.install_shipped(organisation=organisation, by=None)
    teams.create_named(organisation=organisation, by=None)
    return organisation
