"""`manage.py demo`: the sample organisation, loaded once, and who can sign in."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.demo.load import load_demo
from config.demo.story import PASSWORD


class Command(BaseCommand):
    help = "Load the sample organisation (once) and print who can sign in."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        cast = load_demo()
        self.stdout.write(f"{cast.organisation.name}: sign in with one of these, password “{PASSWORD}”")
        for member in cast.members.values():
            roles = ", ".join(member.roles)
            self.stdout.write(f"  {member.user.email:40} {member.user.name}, {member.title} ({roles})")
