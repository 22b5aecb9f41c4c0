"""The documents of a deal read together: a contract as it is, or would be, beside the others as they stand.

Each contract is judged by its own playbook from its own point of view: where it speaks on an issue its own
words decide, elsewhere those of the others by their rank. Values of an order form, definitions and terms of a
master agreement are then there for all of them.
"""

from collections import OrderedDict
from typing import Any

import redline
from accounts.models import StoredFile
from accounts.services import files
from clauses.topics.page import Page
from negotiation.models import Contract, Version, VersionState
from playbooks import review as engine
from playbooks.package import package_of
from playbooks.papers import DocumentPage, terms_elsewhere

OWN_RANK = 1
"""The document that is judged speaks first; what the others say is shown beside it."""


def key_of(contract: Contract) -> str:
    """The contract's name within its package: titles may be alike."""
    return str(contract.uuid)


def others(contract: Contract) -> list[Version]:
    """The newest read version of each other document of the deal, in order of precedence."""
    rest = contract.negotiation.contracts.filter(archived_at=None).exclude(pk=contract.pk)
    ready = (
        Version.objects.filter(contract__in=rest, state=VersionState.READY)
        .select_related("contract__playbook_version", "file")
        .defer("text", "facts", "reading", "notices")
        .order_by("contract__precedence", "contract", "number")
    )
    newest = {version.contract_id: version for version in ready}
    return list(newest.values())


def page_of(contract: Contract, source: Any, beside: list[Version] | None = None) -> Page:
    """The page on which the contract's text (a `redline.Document`, a page or plain text) is judged."""
    own = engine.page_of(source)
    around = others(contract) if beside is None else beside
    if not around:
        return own
    documents = [engine.Document(key_of(contract), own, OWN_RANK)]
    documents += [
        engine.Document(key_of(one.contract), _stored(one.file), OWN_RANK + one.contract.precedence)
        for one in around
    ]
    return package_of(documents, engine.page_of)


def stored_page(version: Version) -> Page:
    """The page of a version's own bytes, without the documents beside it."""
    return _stored(version.file)


_pages: OrderedDict[str, DocumentPage] = OrderedDict()
MOST_PAGES = 16
"""Documents kept read in a process: a decision in one contract of a deal looks at all of them again."""


def _stored(file: StoredFile) -> DocumentPage:
    page = _pages.get(file.sha256)
    if page is None:
        page = _pages[file.sha256] = DocumentPage.from_document(redline.read(files.read_bytes(file)))
    _pages.move_to_end(file.sha256)
    while len(_pages) > MOST_PAGES:
        _pages.popitem(last=False)
    return page


def is_part(page: Page) -> bool:
    """Whether the text leaves its terms to another paper, as an order form or a statement of work does."""
    return bool(terms_elsewhere(page))


def own_block(contract: Contract, address: str) -> str:
    """An address of the package as it counts in the contract itself; "" for another document's."""
    document, mark, block = address.rpartition("|")
    return block if not mark or document == key_of(contract) else ""
