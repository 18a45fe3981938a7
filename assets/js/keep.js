// What is typed into a form of somebody who is signed in (form[data-keep="address"])
// is kept on the server a few seconds after the last change and when the page is
// left. Without a connection it is tried again with the next change and as soon as
// there is one; the copy in this browser stays in any case.
import { say } from './words.js';

const pause = 4000;

export function keepOnServer(form) {
  const note = form.querySelector('[data-kept]');
  form.querySelector('[data-keep-button]').hidden = true; // it goes by itself
  let timer, changed = false, sending = new AbortController();
  const tell = (word, args) => note && (note.textContent = say(word, args));

  async function keep() {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.keep, { method: 'POST', body: fields(form), redirect: 'error', signal: sending.signal });
      if (answer.status !== 204) throw new Error(answer.status);
      tell('kept', { when: new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short' }) });
    } catch (problem) {
      if (problem.name === 'AbortError') return; // the form itself was sent
      changed = true;
      tell(problem.message === '403' || problem.message === '401' ? 'signedOut' : 'notKept');
    }
  }

  form.addEventListener('input', () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  });
  form.addEventListener('submit', () => {
    changed = false;
    sending.abort();
    clearTimeout(timer);
  });
  addEventListener('online', keep);
  addEventListener('pagehide', () => {
    if (changed) navigator.sendBeacon(form.dataset.keep, fields(form));
  });
}

/** Everything that stands in the form, as it would be sent, without files. */
function fields(form) {
  const all = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') all.append(name, value);
  all.set('tise', '1');
  return all;
}
