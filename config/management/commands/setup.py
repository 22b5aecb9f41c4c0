"""`manage.py setup`: the first organisation of a new installation, with its administrator."""

import getpass
from functools import partial
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Organisation, Role
from accounts.services import people
from playbooks.services import publishing


class Command(BaseCommand):
    help = "Create an organisation with its first administrator and the playbooks that come with Parley."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="its name")
        parser.add_argument("--email", required=True, help="the administrator's address, to sign in with")
        parser.add_argument("--name", required=True, help="the administrator's name")
        parser.add_argument("--zone", default="Europe/Berlin", help="the organisation's time zone")
        parser.add_argument("--currency", default="EUR", help="the organisation's currency")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from a pipe")

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.filter(name=options["organisation"]).exists():
            raise CommandError(f"There already is an organisation called {options['organisation']}.")
        ask = (
            input
            if options["password_stdin"]
            else partial(getpass.getpass, "Password, 12 characters or more: ")
        )
        password = ask()
        try:
            validate_password(password)
            with transaction.atomic():
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
                publishing.install_shipped(organisation=organisation, by=None)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{organisation.name}: {options['email']} can sign in.")
