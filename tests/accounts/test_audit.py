"""The audit chain: what it proves and what it finds."""

import random

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEntry, AuditHead, AuditPersonal
from accounts.services import audit
from tests.builders import four_people

pytestmark = pytest.mark.django_db


def chain_of(length: int):
    people = four_people()
    for number in range(length):
        audit.record(
            organisation=people.ours,
            by=people.alice if number % 3 else None,
            action="test.happened",
            payload={"number": number},
            personal={"note": f"note {number}"} if number % 2 else None,
        )
    return people.ours


def without_trigger(statement: str, params: list) -> None:
    """Change the table as somebody with the database's password could: past the trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The table cannot be altered while checks of its foreign keys wait for the commit.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE accounts_auditentry DISABLE TRIGGER USER")
            cursor.execute(statement, params)
            cursor.execute("ALTER TABLE accounts_auditentry ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'parley_%%'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, params)
        for _name, sql in triggers:
            cursor.execute(sql)


def test_an_untouched_chain_verifies():
    organisation = chain_of(30)
    report = audit.verify_chain(organisation)
    assert report.is_whole, report.broken
    assert report.entries == AuditEntry.objects.filter(organisation=organisation).count() >= 30


def test_the_database_refuses_to_change_an_entry():
    organisation = chain_of(1)
    entry = AuditEntry.objects.filter(organisation=organisation).first()
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="test.never_happened")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("action", "test.other"),
        ("payload", '{"number": 999}'),
        ("actor_kind", "guest"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("hash", "f" * 64),
        ("previous_hash", "e" * 64),
        ("number", 4_000),
    ],
)
def test_a_changed_row_is_found(column, value):
    organisation = chain_of(12)
    victim = AuditEntry.objects.filter(organisation=organisation)[6]
    without_trigger(f"UPDATE accounts_auditentry SET {column} = %s WHERE id = %s", [value, victim.pk])
    assert not audit.verify_chain(organisation).is_whole


def test_a_removed_row_is_found_wherever_it_stood():
    organisation = chain_of(9)
    numbers = list(AuditEntry.objects.filter(organisation=organisation).values_list("number", flat=True))
    for number in random.Random(7).sample(numbers, 4):
        with transaction.atomic():
            AuditPersonal.objects.filter(entry__number=number, entry__organisation=organisation).delete()
            without_trigger(
                "DELETE FROM accounts_auditentry WHERE number = %s AND organisation_id = %s",
                [number, organisation.pk],
            )
            assert not audit.verify_chain(organisation).is_whole
            transaction.set_rollback(True)


def test_a_tail_cut_off_is_found_through_the_head():
    organisation = chain_of(5)
    last = AuditEntry.objects.filter(organisation=organisation).last()
    AuditPersonal.objects.filter(entry=last).delete()
    without_trigger("DELETE FROM accounts_auditentry WHERE id = %s", [last.pk])
    assert not audit.verify_chain(organisation).is_whole


def test_a_head_moved_back_with_its_tail_shows_against_a_head_kept_elsewhere():
    organisation = chain_of(5)
    kept = audit.verify_chain(organisation).head
    last = AuditEntry.objects.filter(organisation=organisation).last()
    AuditPersonal.objects.filter(entry=last).delete()
    without_trigger("DELETE FROM accounts_auditentry WHERE id = %s", [last.pk])
    AuditHead.objects.filter(organisation=organisation).update(
        number=last.number - 1, hash=last.previous_hash
    )
    report = audit.verify_chain(organisation)
    assert report.is_whole
    assert report.head != kept


def test_personal_data_can_be_erased_without_breaking_the_chain_but_not_changed():
    organisation = chain_of(6)
    personal = AuditPersonal.objects.filter(entry__organisation=organisation)
    AuditPersonal.objects.filter(pk=personal.first().pk).delete()
    assert audit.verify_chain(organisation).is_whole
    AuditPersonal.objects.filter(pk=personal.last().pk).update(data={"note": "something else"})
    assert not audit.verify_chain(organisation).is_whole


def test_chains_of_two_organisations_do_not_touch():
    people = four_people()
    audit.record(organisation=people.ours, by=people.alice, action="test.ours")
    audit.record(organisation=people.other, by=people.charlie, action="test.theirs")
    assert audit.verify_chain(people.ours).is_whole
    assert audit.verify_chain(people.other).is_whole


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    people = four_people()
    with pytest.raises(RuntimeError):
        audit.record(organisation=people.ours, by=None, action="test.alone")
