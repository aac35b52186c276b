// Passkeys: buttons that make one (`data-passkey-create`) or use one (`data-passkey-get`). Their value is the JSON that
// the server begins with, or `data-passkey-from` names the address where it is fetched; the answer goes into the field
// that `data-passkey-field` names and the form is sent. Without this, or without passkeys, the buttons stay hidden.

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const known = (descriptors) => (descriptors ?? []).map((one) => ({ ...one, id: bytesOf(one.id) }));

// A credential as the server reads it; what a ceremony does not have is left out.
const plain = (credential) => {
  const { response } = credential;
  const fields = { clientDataJSON: textOf(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) fields[name] = textOf(response[name]);
  }
  if (response.getTransports) fields.transports = response.getTransports();
  return {
    type: credential.type,
    id: credential.id,
    rawId: textOf(credential.rawId),
    authenticatorAttachment: credential.authenticatorAttachment,
    response: fields,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
};

const create = ({ publicKey }, form) => {
  const options = {
    ...publicKey,
    challenge: bytesOf(publicKey.challenge),
    user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
    excludeCredentials: known(publicKey.excludeCredentials),
  };
  // Whoever wants to sign in by it alone needs one that knows its owner and asks for a finger, a face or a PIN.
  if (form.elements.passwordless?.checked) {
    const wishes = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    options.authenticatorSelection = { ...options.authenticatorSelection, ...wishes };
  }
  return navigator.credentials.create({ publicKey: options });
};

const get = ({ publicKey }) =>
  navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: known(publicKey.allowCredentials),
    },
  });

const beginning = async (button) => {
  const address = button.dataset.passkeyFrom;
  if (!address) return JSON.parse(button.dataset.passkeyGet ?? button.dataset.passkeyCreate);
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options;
};

// Said where the button stands, to the ears of whoever does not see it too.
const say = (button, sentence) => {
  let line = button.nextElementSibling;
  if (!line?.matches("[role=alert]")) {
    line = document.createElement("p");
    line.className = "text-danger";
    line.setAttribute("role", "alert");
    button.after(line);
  }
  line.textContent = sentence;
};

if (window.PublicKeyCredential && navigator.credentials) {
  for (const button of document.querySelectorAll("[data-passkey-create], [data-passkey-get]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        const options = await beginning(button);
        const ceremony = "passkeyCreate" in button.dataset ? create : get;
        button.form.elements[button.dataset.passkeyField].value = JSON.stringify(plain(await ceremony(options, button.form)));
        button.form.submit();
      } catch {
        say(button, "Kunci sandi belum terbaca. Coba lagi, atau pakai cara lain.");
        button.disabled = false;
      }
    });
  }
}
