"""Printed, and in the colours of the person's own choice, a page says what it says on a screen."""

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from benefits.register import tables
from tests.looking import Looker
from tests.sample import Sample

#: A4 at 96 dots an inch.
PAPER = {"width": 794, "height": 1123}
_FOR_SCREENS = """() => [...document.querySelectorAll(
    'button, input, select, textarea, nav, .govuk-skip-link, .govuk-breadcrumbs')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().width > 1)
  .map(e => e.outerHTML.slice(0, 120))"""
_CUT_OFF = """() => {
  const whole = document.scrollingElement;
  const inside = [...document.querySelectorAll('.app-pane')]
    .filter(e => getComputedStyle(e).overflowX !== 'visible').map(e => e.ariaLabel);
  return whole.scrollWidth > whole.clientWidth ? [...inside, `${whole.scrollWidth} wide`] : inside;
}"""
_ADDRESSES = """() => [...document.querySelectorAll('main a')]
  .filter(e => getComputedStyle(e, '::after').content.includes('/')).map(e => e.href)"""
_WORDLESS = """() => [...document.querySelectorAll('.govuk-tag')]
  .filter(e => !e.textContent.trim()).map(e => e.outerHTML.slice(0, 120))"""
#: What shows by a colour alone which tag is framed and which tab is open is lost there.
_UNMARKED = """() => [
  ...[...document.querySelectorAll('.govuk-tag')].filter(
    e => getComputedStyle(e).outlineStyle === 'none'),
  ...[...document.querySelectorAll('.moj-sub-navigation__link[aria-current]')].filter(
    e => parseFloat(getComputedStyle(e).borderBottomWidth) < 2),
].map(e => e.outerHTML.slice(0, 120))"""


def _pages(council: Sample) -> list[str]:
    """A page of each make: lists, figures, a chart, a map, a pack, a story."""
    register, cases = tables.register.c, tables.cases.c
    with council.realise.read() as connection:
        wanted = select(register.benefit).where(register.stage == "in delivery").limit(1)
        benefit = connection.execute(wanted).scalar_one()
        case = (
            connection.execute(select(cases.case_id).where(cases.outcome == "")).scalars().first()
        )
    return [
        "/", "/register", "/programmes/bestvalue", "/programmes/bestvalue/map",
        "/programmes/bestvalue/closing", f"/benefits/{benefit}", f"/benefits/{benefit}/story",
        f"/cases/{case}", "/reports/bestvalue/compare", "/programmes/bestvalue/enter/claims",
    ]  # fmt: skip


def test_on_paper_nothing_is_cut_off_and_nothing_is_left_to_press(
    council: Sample, browser: Browser, address: str
) -> None:
    looker = Looker(browser, address, council.at(council.site(), "priya"), viewport=PAPER)
    looker.page.emulate_media(media="print")
    faults = []
    for path in _pages(council):
        if path.endswith("/enter/claims"):
            continue  # a form to fill in, not a page to keep
        looker.page.goto(address + path)
        faults += _found(looker.page, path, _FOR_SCREENS, _CUT_OFF, _ADDRESSES, _WORDLESS)
    looker.close()
    assert not faults, "\n".join(faults)


def test_in_forced_colours_a_status_is_a_word_in_a_frame_and_the_open_tab_is_marked(
    council: Sample, browser: Browser, address: str
) -> None:
    pmo = council.at(council.site(), "priya")
    looker = Looker(browser, address, pmo, viewport=PAPER, forced_colors="active")
    faults = []
    for path in _pages(council):
        found = looker.faults(path)
        faults += [*found, *_found(looker.page, path, _WORDLESS, _UNMARKED)]
    looker.close()
    assert not faults, "\n".join(faults)


def _found(page: Page, path: str, *asked: str) -> list[str]:
    return [f"{path}: {one}" for each in asked for one in page.evaluate(each)]
