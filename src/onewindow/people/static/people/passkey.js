// Passkeys need the browser's own dialogue: the one page that cannot do without script.
// A form says what is asked (data-options) and gets the device's answer into its field `answer`.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function asked(options) {
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const publicKey = { ...options, challenge: bytes(options.challenge) };
  if (options.user) publicKey.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) publicKey.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) publicKey.allowCredentials = known(options.allowCredentials);
  return { publicKey };
}

function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const tell = (fault) => {
    for (const one of form.querySelectorAll("[data-passkey-fault]")) one.hidden = one.dataset.passkeyFault !== fault;
  };
  if (!window.PublicKeyCredential) tell("none");
  form.querySelector("[data-passkey-ask]").addEventListener("click", async () => {
    if (!form.reportValidity()) return;
    tell("");
    try {
      const options = asked(JSON.parse(form.dataset.options));
      const made = await navigator.credentials[form.dataset.passkey](options);
      form.elements.answer.value = answer(made);
      form.requestSubmit();
    } catch (error) {
      tell(error.name === "InvalidStateError" ? "known" : window.PublicKeyCredential ? "refused" : "none");
    }
  });
}
