"""Forms sent empty, and with words where figures belong: what comes back is accessible and helps.

``make test`` sends a form of each make; ``make soak`` every form that four people come to.
"""

from playwright.sync_api import Browser, Locator, Page

from tests.journeys.test_every_page import FEW
from tests.looking import Looker, broken_rules
from tests.sample import Sample
from tests.walking import walk

#: A few fields, money by months, radios, an act with its own page, an upload, groups of people.
FORMS = {
    "priya": (
        "/programmes/bestvalue/record/identify-benefit", "/programmes/bestvalue/import",
        "/programmes/bestvalue/record/record-group-investment", "/programmes/start",
        "/benefits/opmodel/record/plan-milestone", "/benefits/opmodel/record/score-risk",
        "/benefits/opmodel/record/define-measure", "/benefits/opmodel/attach",
        "/benefits/opmodel/record/name-owner",
        "/boards/bestvalueboard/meetings/new",
    ),
    "morag": ("/admin/people/new", "/boards/new", "/admin/rates", "/admin/people/amira"),
    "daniel": ("/finance/ledger", "/programmes/bestvalue/record/record-mtfs-line"),
    "ruth": ("/account",),
}  # fmt: skip
#: What somebody fills in: a form without any is a button alone.
FIELDS = "input:not([type=hidden]):not([type=submit]), select, textarea"
_EMPTY = """form => { for (const e of form.elements) {
    if (e.type === 'radio' || e.type === 'checkbox') e.checked = false;
    else if (e.tagName === 'SELECT') e.selectedIndex = -1;
    else if (e.type !== 'hidden' && e.type !== 'submit' && 'value' in e) e.value = ''; }
  form.noValidate = true; }"""
#: Words in every box, the longest of which is longer than any box takes.
_WRONG = """form => { for (const e of form.elements) {
    if (e.type === 'text' || e.type === 'search' || e.type === 'email') e.value = 'twelve (12';
    else if (e.tagName === 'TEXTAREA') e.value = 'words '.repeat(2000); }
  form.noValidate = true; }"""


def test_a_form_sent_empty_says_what_is_missing_and_leads_to_each_box(
    council: Sample, browser: Browser, address: str
) -> None:
    app, faults = council.site(), list[str]()
    for person, pages in FORMS.items():
        looker = Looker(browser, address, council.at(app, person))
        for page in pages:
            looker.page.goto(address + page)
            forms = _forms(looker.page)
            assert forms.count(), page
            found = _sent(looker.page, forms.first, _EMPTY, needs_fault=_refuses_nothing(page))
            faults += [f"{page}: {one}" for one in found]
        looker.close()
    assert not faults, "\n".join(faults)


def test_every_form_sent_empty_or_wrong_comes_back_accessible(
    council: Sample, browser: Browser, address: str, thorough: bool
) -> None:
    app, faults = council.site(), list[str]()
    for person in FEW if thorough else ("priya",):
        here = council.at(app, person)
        pages = sorted(walk(app, here, person, 1).pages) if thorough else FORMS[person][:3]
        looker = Looker(browser, address, here)
        for page in pages:
            for how in (_EMPTY, _WRONG):
                found = _each(looker.page, address + page, how)
                faults += [f"{person} {page}: {one}" for one in found]
        looker.close()
    assert not faults, "\n".join(faults)


def _refuses_nothing(page: str) -> bool:
    """Whether the first form of the page cannot be taken empty: one role is always chosen."""
    return not page.startswith("/admin/people/amira")


def _each(page: Page, address: str, how: str) -> list[str]:
    """What is wrong with the answer to each form of a page."""
    answer = page.goto(address)
    assert answer is not None
    if "html" not in answer.headers.get("content-type", ""):
        return []
    found = []
    for number in range(_forms(page).count()):
        page.goto(address)
        if number < _forms(page).count():  # one before may have changed the page
            found += _sent(page, _forms(page).nth(number), how, needs_fault=False)
    return found


def _forms(page: Page) -> Locator:
    """Every form with something to fill in, but for those that make a report at once."""
    forms = page.locator("main form[method=post]:not([action^='/reports/'])")
    return forms.filter(has=page.locator(FIELDS))


def _sent(page: Page, form: Locator, how: str, *, needs_fault: bool) -> list[str]:
    """What is wrong with the answer to a form that was filled in so."""
    form.evaluate(how)
    with page.expect_navigation() as gone:
        form.evaluate(
            "form => form.requestSubmit(form.querySelector('button[type=submit]:not([name])'))"
        )
    summary = page.locator(".govuk-error-summary")
    if gone.value.status >= 500:
        return [f"answers {gone.value.status}"]
    if summary.count() != 1:
        return [f"has {summary.count()} error summaries"] if needs_fault else broken_rules(page)
    found = broken_rules(page)
    if not summary.evaluate("it => it === document.activeElement"):
        found.append("its error summary has no focus")
    if not page.title().startswith("Error: "):
        found.append(f"its title is {page.title()}")
    for link in summary.locator("a").all():
        link.click()
        here = page.evaluate("() => `#${document.activeElement.id}`")
        if here != link.get_attribute("href"):
            found.append(f"{link.inner_text()} leads to {here}")
    return found
