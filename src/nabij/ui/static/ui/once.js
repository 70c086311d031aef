// A form is sent once: its buttons rest until the page comes back.
const resting = new Set();

addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  // After the browser has taken the form: a button that is disabled earlier is not sent along.
  setTimeout(() => {
    for (const button of event.target.querySelectorAll("button:not([type=button]):enabled")) {
      button.disabled = true;
      resting.add(button);
    }
  });
});
addEventListener("pageshow", () => {
  for (const button of resting) button.disabled = false;
  resting.clear();
});
