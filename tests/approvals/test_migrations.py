"""What requests and steps keep survives the way from sentences to codes, and back."""

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from approvals.models import ApprovalRequest
from tests.builders import four_people
from tests.deals import asked, finding, table

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(name: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("approvals", name)])
    return executor.loader.project_state([("approvals", name)]).apps


def test_titles_are_taken_apart_and_put_together_again():
    with transaction.atomic():
        at = table(four_people())
        on_rung = asked(at)
        other = next(one for one in ("non_solicit", "return_destroy") if one != on_rung.issue)
        below = asked(at, found=finding(at, issue=other), rung_index=3)
    titles = {on_rung.pk: on_rung.title, below.pk: below.title}
    try:
        old = migrate("0001_initial").get_model("approvals", "ApprovalRequest")
        assert dict(old.objects.values_list("pk", "title")) == titles
    finally:
        migrate("0002_codes_not_sentences")
    assert {row.pk: row.title for row in ApprovalRequest.objects.all()} == titles
