"""People at real browsers of their own, on a council that is served on loopback as it is now."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from tests.looking import broken_rules, served, window
from tests.scenario import Scenario, begin
from tests.web import PASSWORD, give_password, web_of, web_settings


@dataclass
class Served:
    """The council, and where its pages are."""

    council: Scenario
    address: str


@contextmanager
def served_council(url: str, folder: Path) -> Iterator[Served]:
    """A programme that began some months ago, served on loopback as it is now."""
    now = datetime.now(UTC)
    council = begin(url, folder, day=f"{now - timedelta(days=100):%Y-%m-%d}")
    for person in ("pat", "fay", "chris", "sam", "cleo"):
        give_password(council.realise.database, person, f"{person}@example.gov.uk")
    settings = web_settings(folder, REALISE_DATABASE_URL=url)
    with closing(council.realise.database), served(web_of(council.realise, settings)) as address:
        council.at = now
        yield Served(council, address)


@dataclass
class Person:
    """Somebody at a browser of their own. Every page they see is accessible.

    What looks at that is a script itself, so without scripts only what the page says is looked at.
    """

    page: Page
    address: str
    scripts: bool = True

    def opens(self, path: str) -> "Person":
        self.page.goto(self.address + path)
        return self.sees()

    def sees(self) -> "Person":
        """The page has no accessibility violation."""
        broken = broken_rules(self.page) if self.scripts else None
        assert not broken, f"{self.page.url}: {broken}"
        return self

    def types(self, **fields: str) -> "Person":
        """Fill fields by their names; two underscores stand for a hyphen."""
        for name, written in fields.items():
            field = self.page.locator(f"[name='{name.replace('__', '-')}']").first
            kind = field.get_attribute("type") or ""
            if kind == "radio":
                named = f"[name='{name.replace('__', '-')}'][value='{written}']"
                self.page.locator(named).check()
            elif field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(written)
            else:
                field.fill(written)
        return self

    def sends(self) -> "Person":
        """Press the form's own button; nothing may be refused."""
        self.page.locator("main button[type=submit]:not([name])").first.click()
        self.page.wait_for_load_state()
        assert not self.page.locator(".govuk-error-summary").count(), self.page.inner_text("main")
        return self.sees()

    @property
    def text(self) -> str:
        return self.page.inner_text("main")


@contextmanager
def at_browsers(
    browser: Browser, served: Served, *, scripts: bool = True
) -> Iterator[Callable[[str], Person]]:
    """Signs a person in at a browser of their own; closes them all at the end."""
    contexts: list[BrowserContext] = []

    def sign_in(person: str) -> Person:
        wide = {"width": 1200, "height": 1000}
        context = window(browser, viewport=wide, java_script_enabled=scripts)
        contexts.append(context)
        at = Person(context.new_page(), served.address, scripts).opens("/sign-in")
        at.types(email=f"{person}@example.gov.uk", password=PASSWORD).sends()
        return at

    yield sign_in
    for context in contexts:
        context.close()
