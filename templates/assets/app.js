// Starts the parts of a page that move. Every page works without this.
// MOJ's parts are fetched only where a page has one of them.

import { initAll } from "./govuk-frontend.min.js";

initAll();

if (document.querySelector('[data-module^="moj-"]')) {
  const moj = await import("./moj-frontend.min.js");
  moj.initAll();
}
