"""Taking a contract's row, so that whoever changes what stands on it follows one another."""

from django.db.models import F

from negotiation.models import Contract


def hold_contract(contract: Contract) -> None:
    """Take the contract's row until the transaction ends, and see it as it is now: uploads, turns, agreements
    and signing follow one another."""
    Contract.objects.filter(pk=contract.pk).update(version=F("version"))
    contract.refresh_from_db(fields=["state", "version"])
