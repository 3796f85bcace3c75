// Starts the parts of a page that move. Every page works without this.
// MOJ's parts are fetched only where a page has one of them.

import { initAll } from "./govuk-frontend.min.js";

initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import("./moj-frontend.min.js");
  moj.initAll();
}

// The meaning of a word stands by the word; without this it stands at the foot of the window.
// Escape puts it away.

const wide = window.matchMedia("(min-width: 40em)");

function place(term) {
  const tip = term.querySelector(".app-term__tip");
  tip.removeAttribute("style");
  if (!wide.matches || !tip.offsetWidth) return;
  tip.classList.add("app-term__tip--near");
  const word = term.getBoundingClientRect();
  const box = tip.getBoundingClientRect();
  const below = word.bottom; // no gap, so that the pointer can move onto it
  const top = below + box.height < window.innerHeight ? below : word.top - box.height;
  const left = Math.min(word.left, document.documentElement.clientWidth - box.width - 8);
  tip.style.inset = `${Math.max(0, top)}px auto auto ${Math.max(0, left)}px`;
}

const terms = [...document.querySelectorAll(".app-term")];
const again = () => terms.forEach(place);
for (const term of terms) {
  const back = () => term.classList.remove("app-term--away");
  term.addEventListener("mouseenter", again);
  term.addEventListener("focusin", () => requestAnimationFrame(again));
  term.addEventListener("mouseleave", back);
  term.addEventListener("focusout", back);
}
if (terms.length) {
  window.addEventListener("scroll", again, { capture: true, passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") terms.forEach((term) => term.classList.add("app-term--away"));
  });
}
