"""The checklist of a deal: its steps follow the deal, ticks are kept with who, when and a note."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.models.base import Conflict
from negotiation.models import ChecklistStep, NegotiationKind
from negotiation.services import checklists
from playbooks.packs.checklists import PHASES, steps_for
from playbooks.packs.checklists import checklists as lists
from tests.builders import four_people
from tests.deals import table

DATABASE = pytest.mark.django_db


def test_every_step_has_its_own_code_and_says_how():
    steps = [step for one in lists() for step in one.steps]
    assert len({step.code for step in steps}) == len(steps)
    for step in steps:
        assert step.help.endswith((".", "?")), step.code
        assert not step.title.endswith("."), step.code


def test_steps_follow_the_kind_of_contract_and_of_negotiation():
    plain = steps_for([], "")
    assert {step.phase for step in plain} == set(PHASES)
    assert not any(step.source for step in plain)
    assert {step.source for step in steps_for(["nda_mutual"], "cross_border")} == {
        "", "Non-disclosure agreement", "Across borders",
    }  # fmt: skip
    order = [PHASES.index(step.phase) for step in steps_for(["saas"], "team")]
    assert order == sorted(order)


def test_every_shipped_playbook_has_steps_of_its_own():
    from playbooks.library import shipped, shipped_names

    for name in shipped_names():
        assert len(steps_for([shipped(name).contract_type], "")) > len(steps_for([], "")), name


@DATABASE
def test_a_tick_is_kept_with_who_and_when_and_stands_in_the_record(client):
    who = four_people()
    at = table(who)
    page = reverse("negotiation:checklist", args=[at.negotiation.uuid])
    client.force_login(who.alice.user)
    sent = {"step": "aims", "done": "on", "note": "Three pages, in the file.", "version": "0"}
    assert client.post(page, sent).headers["Location"].endswith("#aims")
    row = ChecklistStep.objects.get()
    assert (row.step, row.is_done, row.by, row.note) == ("aims", True, who.alice, "Three pages, in the file.")
    body = client.get(page).content.decode()
    for said in ("Three pages, in the file.", who.alice.user.name, "Find out who will show what to whom"):
        assert said in body
    assert checklists.summary(at.negotiation)["done"] == 1
    assert AuditEntry.objects.get(action="checklist.recorded").payload["step"] == "aims"
    client.post(page, {"step": "aims", "note": "", "version": "1"})
    assert checklists.summary(at.negotiation)["done"] == 0


@DATABASE
def test_whoever_was_slower_is_told_and_changes_nothing():
    who = four_people()
    deal = table(who).negotiation
    fields = {"negotiation": deal, "step": "aims", "is_done": True}
    checklists.record_step(**fields, note="First", seen=0, by=who.alice)
    with pytest.raises(Conflict):
        checklists.record_step(**fields, note="Second", seen=0, by=who.alice)
    assert ChecklistStep.objects.get().note == "First"


@DATABASE
@pytest.mark.parametrize(
    ("step", "note"), [("no_such", ""), ("saas_exit", ""), ("aims", "x" * 501), ("aims", "a\x00b")]
)
def test_what_is_unfit_is_answered_with_a_sentence(step, note):
    who = four_people()
    deal = table(who).negotiation
    with pytest.raises(ValidationError):
        checklists.record_step(negotiation=deal, step=step, is_done=True, note=note, seen=0, by=who.alice)
    assert not ChecklistStep.objects.exists()


@DATABASE
def test_a_cross_border_deal_gets_its_steps_and_a_link_to_the_notes(client):
    who = four_people()
    deal = table(who).negotiation
    deal.change(kind=NegotiationKind.CROSS_BORDER)
    client.force_login(who.bob.user)
    body = client.get(reverse("negotiation:checklist", args=[deal.uuid])).content.decode()
    assert "Agree the language that prevails" in body
    assert reverse("playbooks:overlay", args=["cross_border"]) in body
