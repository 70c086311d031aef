// Passkeys, and paper. Every page works without this: then there is the app, or a recovery code.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function answer(asked) {
  const options = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) {
    options.user = { ...asked.user, id: bytes(asked.user.id) };
    options.excludeCredentials = known(asked.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = known(asked.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function inWords(made) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[name]) response[name] = text(made.response[name]);
  }
  return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  const button = form.querySelector("[data-passkey-ask]");
  const says = form.querySelector("[data-passkey-says]");
  if (!window.PublicKeyCredential) {
    says.textContent = says.dataset.cannot;
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    says.textContent = says.dataset.waits;
    try {
      form.elements.credential.value = inWords(await answer(JSON.parse(form.dataset.passkey)));
      form.requestSubmit();
    } catch {
      says.textContent = says.dataset.failed;
    }
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
