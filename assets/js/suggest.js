// Suggestions while typing: <input data-suggest="/address" list="id">. The
// answer is a row of <option>, which replaces those of the list.
const pause = 150; // ms without a key
const timers = new WeakMap();

export function suggestions() {
  document.addEventListener('input', (event) => {
    const field = event.target;
    // A suggestion that was picked also fires input, without a way of typing.
    if (!field.dataset?.suggest || !event.inputType) return;
    clearTimeout(timers.get(field));
    timers.set(field, setTimeout(() => ask(field), pause));
  });
}

async function ask(field) {
  const asked = field.value.trim();
  const list = field.list;
  if (!asked || !list) return;
  const address = new URL(field.dataset.suggest, location.href);
  address.searchParams.set('q', asked);
  try {
    const answer = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!answer.ok || field.value.trim() !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    list.replaceChildren(...page.querySelectorAll('option'));
  } catch {
    // No line, no suggestions; typing goes on.
  }
}
