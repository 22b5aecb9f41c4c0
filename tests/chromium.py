"""The system's own Chromium for browser tests; Playwright's download of one is never used."""

import os
import shutil
from typing import Any

# Without these Chromium asks its maker's servers for updates, or finds no sandbox when root runs it.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def find() -> str | None:
    """The chromium program, or None."""
    return os.environ.get("PARLEY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Any) -> Any:
    """A headless browser, for `with sync_playwright() as playwright`; it can reach this machine only."""
    return playwright.chromium.launch(executable_path=find(), args=ARGUMENTS, headless=True)
