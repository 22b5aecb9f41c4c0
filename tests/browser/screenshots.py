"""Pictures of every page with the sample company's data: `make screenshots`.

Each page is taken wide; the pages of the three kinds of users also on a phone and in the dark. The addresses
are looked up in the sample company's own database, so a page that loses its data fails here, loudly.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.browser import journey
from tests.browser.server import ROOT, Server, link_in, running

LEGAL, ADMIN, OPERATIONS = journey.LAWYER, journey.COUNSEL, journey.OPERATIONS
WIDE, NARROW = (1440, 900), (390, 844)
FOLDER = ROOT / "docs" / "screenshots"


@dataclass(frozen=True)
class Shot:
    """One page: the name of its picture, who looks at it (nobody signed in: None), where it is."""

    name: str
    who: str | None
    address: str
    main: bool = False  # also narrow and dark
    status: int = 200


class Camera:
    """Takes one page in one size and one light; each person has one browser session for each of them."""

    def __init__(self, browser: Browser, server: Server, folder: Path) -> None:
        self.browser, self.server, self.folder = browser, server, folder
        self.sessions: dict[tuple[str | None, str], Page] = {}

    def take(self, shot: Shot, look: str) -> None:
        page = self._page(shot.who, look)
        response = page.goto(self.server.url + shot.address)
        assert response is not None
        assert response.status == shot.status, f"{shot.address} answered {response.status}"
        self.keep(page, shot.name, look)

    def keep(self, page: Page, name: str, look: str = "") -> None:
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            print(f"{name}{look}: wider than the window by {wide} px", file=sys.stderr)
        page.screenshot(path=self.folder / f"{name}{look}.png")

    def _page(self, who: str | None, look: str) -> Page:
        if (who, look) not in self.sessions:
            width, height = NARROW if look == "-narrow" else WIDE
            options: dict[str, Any] = {
                "viewport": {"width": width, "height": height},
                "color_scheme": "dark" if look == "-dark" else "light",
            }
            if who is None:
                self.sessions[who, look] = self.browser.new_context(**options).new_page()
            else:
                self.sessions[who, look] = journey.sign_in(self.browser, self.server, who, **options).page
        return self.sessions[who, look]


def pages(server: Server) -> Iterator[Shot]:
    """Every page that the table of routes lists, with the most telling object of the sample company."""
    from django.db.models import Count
    from django.urls import reverse

    from accounts.models import Membership
    from analytics.models import Run
    from approvals.models import ApprovalRequest
    from negotiation.models import Contract, Finding, Negotiation, Version
    from obligations.models import Obligation
    from playbooks.models import LibraryClause, PlaybookVersion
    from playbooks.services import drafting
    from signing.models import Envelope

    def at(name: str, row: Any = None, query: str = "") -> str:
        return reverse(name, args=[row.uuid] if row is not None else []) + query

    deals = {deal.title: deal for deal in Negotiation.objects.all()}
    platform = deals["Harbour Insight data platform"]
    of_platform = Contract.objects.filter(negotiation=platform).annotate(sent=Count("versions"))
    returned = of_platform.order_by("-sent", "pk")[0]
    review = Contract.objects.get(negotiation=deals["Support of the Harbour Connect gateway"])
    trial = Contract.objects.get(negotiation=deals["Trial of Harbour Foresight"])
    newest, sent = Version.objects.filter(contract=returned).order_by("-number")[:2]
    clause = Finding.objects.filter(contract=returned, clause__isnull=False).order_by("pk")[0].clause
    request = ApprovalRequest.objects.filter(state="open").order_by("pk")[0]
    done = Envelope.objects.filter(state="completed").order_by("pk")[0]
    playbook = PlaybookVersion.objects.filter(playbook__slug__contains="saas").order_by("-number")[0]
    duty = Obligation.objects.filter(state="pending", due_on__isnull=False).order_by("due_on", "pk")[0]
    approver = journey.APPROVERS[1]
    yield Shot("sign-in", None, at("accounts:sign_in"), main=True)
    yield Shot("home", LEGAL, at("home"), main=True)
    yield Shot("negotiations", LEGAL, at("negotiation:list"), main=True)
    yield Shot("negotiation-new", LEGAL, at("negotiation:new"))
    yield Shot("negotiation", LEGAL, at("negotiation:detail", platform), main=True)
    yield Shot("negotiation-change", LEGAL, at("negotiation:change", platform))
    yield Shot("contract-add", LEGAL, at("negotiation:add_contract", platform))
    yield Shot("contract-first-draft", LEGAL, at("negotiation:contract", trial))
    yield Shot("contract-returned", LEGAL, at("negotiation:contract", returned), main=True)
    yield Shot("contract-draft", LEGAL, at("negotiation:contract", review))
    yield Shot("contract-upload", LEGAL, at("negotiation:upload", returned))
    yield Shot("contract-reading", LEGAL, at("negotiation:reading", returned), main=True)
    yield Shot("clause-edit", LEGAL, at("negotiation:edit_clause", clause), main=True)
    yield Shot(
        "compare",
        LEGAL,
        at("negotiation:compare", returned, f"?old={sent.number}&new={newest.number}"),
        main=True,
    )
    yield Shot("send-turn", LEGAL, at("negotiation:send", review), main=True)
    yield Shot("approvals", approver, at("approvals:queue"), main=True)
    yield Shot("approval", approver, at("approvals:detail", request), main=True)
    yield Shot("approval-matrix", ADMIN, at("approvals:matrix"), main=True)
    yield Shot("signing-completed", LEGAL, at("signing:detail", done))
    yield Shot("signing-certificate", LEGAL, at("signing:certificate", done))
    yield Shot("obligations", OPERATIONS, at("obligations:home"), main=True)
    yield Shot("obligation-new", OPERATIONS, at("obligations:new"))
    yield Shot("obligation", OPERATIONS, at("obligations:detail", duty), main=True)
    yield Shot("calendar-feed", OPERATIONS, at("obligations:feed"))
    yield Shot("playbooks", LEGAL, at("playbooks:list"), main=True)
    yield Shot("playbook-import", ADMIN, at("playbooks:import"))
    yield Shot("playbook", LEGAL, at("playbooks:detail", playbook.playbook))
    yield Shot("playbook-version", LEGAL, at("playbooks:version", playbook), main=True)
    yield Shot("playbook-new", LEGAL, at("playbooks:new"))
    draft = drafting.start(playbook=playbook.playbook, by=Membership.objects.get(user__email=LEGAL))
    cap = "?issue=liability_cap"
    yield Shot("playbook-draft", LEGAL, at("playbooks:draft", draft), main=True)
    yield Shot("playbook-settings", LEGAL, at("playbooks:settings", draft))
    yield Shot("playbook-topics", LEGAL, at("playbooks:add_issue", draft))
    yield Shot("playbook-issue", LEGAL, at("playbooks:edit_issue", draft, cap), main=True)
    yield Shot("playbook-rung", LEGAL, at("playbooks:edit_rung", draft, f"{cap}&rung=P"), main=True)
    yield Shot("playbook-publish", LEGAL, at("playbooks:difference", draft))
    yield Shot("playbook-copy", LEGAL, at("playbooks:copy", playbook))
    kept = LibraryClause.objects.get(title="Notice of a data breach in 24 hours")
    yield Shot("library", LEGAL, at("playbooks:library"), main=True)
    yield Shot("library-clause", LEGAL, at("playbooks:library_clause", kept), main=True)
    yield Shot("library-clause-edit", LEGAL, at("playbooks:library_edit", kept))
    yield Shot("library-playbook", LEGAL, at("playbooks:library_playbook"))
    yield Shot("playbook-tables", LEGAL, at("playbooks:tables"))
    yield Shot("playbook-template", LEGAL, at("playbooks:tables_template"))
    yield Shot("packs", LEGAL, at("playbooks:packs"))
    yield Shot("pack", LEGAL, reverse("playbooks:pack", args=["employment"]), main=True)
    border = reverse("playbooks:overlay", args=["cross_border"])
    yield Shot("pack-overlay", LEGAL, border)
    yield Shot("pack-preview", LEGAL, f"{border}preview/?playbook={playbook.uuid}", main=True)
    yield Shot("checklist", LEGAL, at("negotiation:checklist", platform), main=True)
    tried = Run.objects.get(kind="backtest")
    yield Shot("insights", LEGAL, at("analytics:list"), main=True)
    yield Shot("insights-trial", LEGAL, at("analytics:run", tried), main=True)
    yield Shot("insights-contract", LEGAL, tried.items.all()[0].get_absolute_url())
    yield Shot("insights-trial-new", LEGAL, at("analytics:new_backtest"))
    yield Shot("insights-many-new", LEGAL, at("analytics:new_bulk"))
    yield Shot("search", LEGAL, at("search", query="?q=harbour"))
    yield Shot("api", LEGAL, at("api_docs"))
    yield Shot("profile", LEGAL, at("accounts:profile"))
    yield Shot("tokens", LEGAL, at("accounts:tokens"))
    yield Shot("settings", ADMIN, at("accounts:settings"))
    yield Shot("people", ADMIN, at("accounts:people"))
    yield Shot("record", ADMIN, at("accounts:audit"))
    yield Shot("not-found", LEGAL, "/no-such-page/", status=404)


def signing(camera: Camera) -> None:
    """The pages of a signing under way, up to the signer's own: the trial is agreed and signed for them."""
    from django.urls import reverse

    from negotiation.models import Contract

    browser, server = camera.browser, camera.server
    trial = Contract.objects.get(negotiation__title="Trial of Harbour Foresight")
    contract = server.url + reverse("negotiation:contract", args=[trial.uuid])
    lawyer = journey.sign_in(browser, server, LEGAL)
    journey.concede_what_is_open(lawyer, contract)
    journey.approve_everything_asked(browser, server, negotiation="Trial of Harbour Foresight")
    lawyer.go(f"{contract}agree/")
    camera.keep(lawyer.page, "agree")
    assert journey.agree(lawyer, contract)
    lawyer.page.get_by_role("link", name="Start signing").click()
    camera.keep(lawyer.page, "signing-start")
    journey.start_signing(lawyer, contract)
    camera.keep(lawyer.page, "signing-out")
    email, name = journey.THEIR_SIGNER[1], journey.THEIR_SIGNER[0]
    link = link_in(server.wait_for_mail(email, "Please sign", trial.title))
    for look in ("", "-narrow", "-dark"):
        camera.take(Shot("signer", None, link.removeprefix(server.url)), look)
    signed = journey.sign_by_link(browser, server, title=trial.title, email=email, name=name)
    camera.keep(signed, "signer-signed-narrow")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, help="folder of the pictures")
    parser.add_argument("--all", action="store_true", help="every page narrow and dark too")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="parley-screenshots-") as folder:
        # The addresses are read from the very database that the server shows.
        os.environ |= {"PARLEY_DATA": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop of its own beside us
        with running(Path(folder)) as server, sync_playwright() as playwright:
            import django

            django.setup()
            browser = chromium.launch(playwright)
            camera = Camera(browser, server, asked.output)
            for shot in pages(server):
                for look in ("", "-narrow", "-dark") if shot.main or asked.all else ("",):
                    camera.take(shot, look)
            signing(camera)
            browser.close()


if __name__ == "__main__":
    main()
