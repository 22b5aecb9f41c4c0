"""The secrets of signers' links and calendar feeds stay out of every log."""

import logging

import pytest

from config.quiet_logs import LOGGERS, NoSecrets, without_secrets

TOKEN = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"/g/signing/{TOKEN}/", "/g/signing/…/"),
        (f'"GET /g/signing/{TOKEN}/sign/ HTTP/1.1" 500', '"GET /g/signing/…/sign/ HTTP/1.1" 500'),
        (f"/calendar/{TOKEN}.ics", "/calendar/…"),
        ("/calendar/feed/", "/calendar/feed/"),
        ("/signing/contracts/1/", "/signing/contracts/1/"),
    ],
)
def test_only_the_secret_goes(text, kept):
    assert without_secrets(text) == kept


def test_a_failing_guest_page_logs_its_path_without_the_token(client, db, monkeypatch, caplog):
    from signing import guest_views

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(guest_views.envelopes, "signer_of", fail)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        response = client.get(f"/g/signing/{TOKEN}/")
    assert response.status_code == 500
    assert TOKEN not in response.content.decode()
    shown = [logging.Formatter().format(record) for record in caplog.records]
    assert any("/g/signing/…/" in line for line in shown)
    assert all(TOKEN not in line for line in shown)


@pytest.mark.parametrize("name", LOGGERS)
def test_the_filter_is_installed_once(name):
    from config import quiet_logs

    quiet_logs.install()
    assert sum(isinstance(one, NoSecrets) for one in logging.getLogger(name).filters) == 1
