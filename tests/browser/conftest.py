"""One running application for all browser tests."""

import pytest

from tests.browser.server import running


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    with running(tmp_path_factory.mktemp("parley")) as started:
        yield started


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """When a browser test fails, say what each open page shows and keep a picture of it."""
    report = yield
    browser = item.funcargs.get("browser") if hasattr(item, "funcargs") else None
    if report.when == "call" and report.failed and browser is not None:
        pages = [page for context in browser.contexts for page in context.pages]
        for number, page in enumerate(pages):
            picture = item.funcargs["tmp_path"] / f"page-{number}.png"
            page.screenshot(path=picture)
            report.sections.append(
                (f"page {number}: {page.url} ({picture})", page.inner_text("main")[:3_000])
            )
    return report
