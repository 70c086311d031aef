// What is typed into a form with data-draft is kept on the server, so that a lost session or a closed tab loses nothing.
const PAUSE = 800;
const NEVER = "input[type=password], input[type=file]";

for (const form of document.querySelectorAll("form[data-draft][data-draft-url]")) watch(form);

function watch(form) {
  let timer, dirty = false;

  const keep = async () => {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    const answer = await fetch(form.dataset.draftUrl, { method: "POST", body: typed(form), keepalive: true }).catch(() => null);
    // No answer, or the sign-in page: it is still unsaved, and the next pause tries again.
    if (!answer?.ok || answer.redirected) dirty = true;
    else say(form, (await answer.json()).kept);
  };
  form.addEventListener("input", () => { dirty = true; clearTimeout(timer); timer = setTimeout(keep, PAUSE); });
  // A link in a form goes to a page that may go on with what was typed. Not at the button that saves: that one wins.
  form.addEventListener("click", (event) => event.target.closest("a[href]") && keep());
  form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
}

function typed(form) {
  const body = new FormData(form);
  for (const field of form.querySelectorAll(NEVER)) body.delete(field.name);
  body.set("draft-key", form.dataset.draft);
  return body;
}

function say(form, time) {
  const says = form.querySelector("[data-draft-says]");
  if (says && time) says.textContent = `${form.dataset.draftKept} ${time}`;
}
