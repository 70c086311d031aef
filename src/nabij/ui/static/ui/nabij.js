// What makes pages quicker; every page works without.
import "./keys.js";
import "./drafts.js";
import "./once.js";

document.querySelector("[data-focus]")?.focus();
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details:is(.n-who, .n-more)[open]")) if (!open.contains(event.target)) open.open = false;
});
