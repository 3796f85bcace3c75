// Starts the parts of a page that move. Every page works without this.
// MOJ's parts are fetched only where a page has one of them.

import { initAll } from "./govuk-frontend.min.js";

initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import("./moj-frontend.min.js");
  moj.initAll();
}

// The meaning of a word: Escape puts it away, and none goes past the edge of the window.

for (const term of document.querySelectorAll(".app-term")) {
  const tip = term.querySelector(".app-term__tip");
  const show = () => {
    tip.style.marginLeft = "";
    const past = tip.getBoundingClientRect().right - document.documentElement.clientWidth;
    if (past > 0) tip.style.marginLeft = `${-past - 8}px`;
  };
  const again = () => term.classList.remove("app-term--away");
  term.addEventListener("mouseenter", show);
  term.addEventListener("focusin", show);
  term.addEventListener("mouseleave", again);
  term.addEventListener("focusout", again);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".app-term")) term.classList.add("app-term--away");
});
