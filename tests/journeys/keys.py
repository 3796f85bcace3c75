"""A person who uses the keyboard alone: Tab to go on, and every stop must be seen."""

from playwright.sync_api import Page

MOST_TABS = 150
#: What has the focus: what it is called, and what it looks like where nobody can see it has it.
_CALLED = """() => {
  const one = document.activeElement, label = one.labels && one.labels[0];
  const said = one.getAttribute('aria-label') || (label || one).textContent || '';
  return said.trim().replace(/\\s+/g, ' ');
}"""
_UNSEEN = """() => {
  const one = document.activeElement, label = one.labels && one.labels[0];
  if (!one || one === document.body) return '';
  const marked = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0
    || s.boxShadow !== 'none';
  const looks = [getComputedStyle(one), ...(label ? [getComputedStyle(label, '::before')] : [])];
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return looks.some(marked) && inside ? '' : one.outerHTML.slice(0, 160);
}"""


class Keys:
    """A page, and the keys by which it is used."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def tab(self) -> str:
        """Go on to the next stop, which shows that it has the focus; gives what it is called."""
        self.page.keyboard.press("Tab")
        unseen = self.page.evaluate(_UNSEEN)
        assert not unseen, f"Nobody sees that this has the focus on {self.page.url}: {unseen}"
        return str(self.page.evaluate(_CALLED))

    def tab_to(self, name: str, *, exactly: bool = False) -> "Keys":
        """Press Tab until what has the focus is called so, by its words or by its label."""
        stops = list[str]()
        for _ in range(MOST_TABS):
            stops.append(self.tab())
            if stops[-1] == name or (not exactly and name in stops[-1]):
                return self
        raise AssertionError(f"Tab never came to “{name}” on {self.page.url}: {stops[:80]}")

    def types(self, words: str) -> "Keys":
        """Write over what stands in the box."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)
        return self

    def presses(self, *keys: str) -> "Keys":
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def enters(self) -> "Keys":
        """Press Enter, which leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def opens(self, address: str) -> "Keys":
        self.page.goto(address)
        return self
