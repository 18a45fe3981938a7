// Signing in by a passkey ([data-passkey] is where the answer goes, data-begin
// where the challenge comes from). The part is hidden until the browser can do it.
import { say } from './words.js';

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

export function passkeys() {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const box of document.querySelectorAll('[data-passkey]')) arm(box);
}

function arm(box) {
  const button = box.querySelector('button');
  const problem = box.querySelector('[role=alert]');
  box.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    problem.textContent = '';
    try {
      location.assign(await signIn(box.dataset));
    } catch (error) {
      problem.textContent = error.forPerson ?? say(error.name === 'NotAllowedError' ? 'keyCancelled' : 'keyFailed');
      button.disabled = false;
    }
  });
}

/** Signs in and gives the address to go on to. */
async function signIn({ passkey, begin, next }) {
  const { options } = await ask(begin, new URLSearchParams({ dal: next }));
  options.challenge = bytes(options.challenge);
  for (const key of options.allowCredentials ?? []) key.id = bytes(key.id);
  const key = await navigator.credentials.get({ publicKey: options });
  return (await ask(passkey, JSON.stringify(told(key)))).next;
}

/** What the instance reads of an answer. */
function told(key) {
  const r = key.response;
  return {
    id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
    authenticatorAttachment: key.authenticatorAttachment ?? undefined,
    response: {
      clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData),
      signature: text(r.signature), userHandle: r.userHandle ? text(r.userHandle) : undefined,
    },
  };
}

async function ask(address, body) {
  const response = await fetch(address, { method: 'POST', body, headers: { Accept: 'application/json' } });
  const said = await response.json();
  if (!response.ok) throw Object.assign(new Error(), { forPerson: said.error });
  return said;
}
