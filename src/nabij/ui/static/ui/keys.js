// Keys: data-key on a link or a field; 1 to 9 choose in a group; Ctrl+Enter saves. Never while somebody types,
// and never when they were switched off in the menu (dictation software types single keys: WCAG 2.1.4).
const OFF = "nabij-keys-off";
const typing = (at) => at.matches?.("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])");
const off = () => localStorage.getItem(OFF) === "1";

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return save(event);
  if (event.key === "Escape") document.querySelector("details:is(.n-who, .n-more)[open]")?.removeAttribute("open");
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || off()) return;
  if (/^[1-9]$/.test(event.key)) return choose(event);
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  target.matches("input") ? target.focus() : target.click();
});

function save(event) {
  const form = event.target.form ?? document.querySelector("main form[data-draft]");
  if (form?.method === "post") form.requestSubmit();
}

// In the group where one is, or in the only one of the page.
function choose(event) {
  const all = document.querySelectorAll("main fieldset.n-choices");
  const group = event.target.closest?.("fieldset.n-choices") ?? (all.length === 1 ? all[0] : null);
  const choice = group?.querySelectorAll("input[type=radio], input[type=checkbox]")[Number(event.key) - 1];
  if (!choice) return;
  event.preventDefault();
  choice.click();
  choice.focus();
}

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const show = () => button.setAttribute("aria-pressed", String(!off()));
  button.hidden = false;
  show();
  button.addEventListener("click", () => { localStorage.setItem(OFF, off() ? "0" : "1"); show(); });
}
