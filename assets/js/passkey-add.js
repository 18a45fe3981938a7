// Adding a passkey (form[data-passkey-add="address that gives the challenge"]):
// the answer of the browser goes into the form, which is then sent as any other.
// The form is hidden until the browser can do it.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

export function addPasskeys() {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of document.querySelectorAll('form[data-passkey-add]')) arm(form);
}

function arm(form) {
  const answer = form.elements.odpoved;
  const problem = form.querySelector('[role=alert]');
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (answer.value) return;
    event.preventDefault();
    problem.textContent = '';
    try {
      const made = await make(form.dataset.passkeyAdd);
      if (!made) return;
      answer.value = JSON.stringify(made);
      form.submit();
    } catch (error) {
      problem.textContent = error.forPerson ?? form.dataset.failed;
    }
  });
}

/** Has the browser make a passkey; null when a page that asks who it is comes first. */
async function make(begin) {
  const response = await fetch(begin, { method: 'POST', headers: { Accept: 'application/json' } });
  const said = await response.json();
  if (!response.ok) throw Object.assign(new Error(), { forPerson: said.error });
  if (said.next) {
    location.assign(said.next);
    return null;
  }
  const { options } = said;
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  for (const key of options.excludeCredentials ?? []) key.id = bytes(key.id);
  const key = await navigator.credentials.create({ publicKey: options });
  const r = key.response;
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
    authenticatorAttachment: key.authenticatorAttachment ?? undefined,
    response: { clientDataJSON: text(r.clientDataJSON), attestationObject: text(r.attestationObject), transports: r.getTransports?.() ?? [] },
  };
}
