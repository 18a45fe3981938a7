// Filters and order apply at once: the same address that the button would go to
// is fetched and the page's content replaced. Any trouble falls back to going
// there in the usual way.
import { charts } from './chart.js';
import { foldFilters } from './fold.js';

const list = () => document.querySelector('.list-columns');
const here = () => location.pathname + location.search;
let running; // the last request; an older one is given up
let shown = here(); // the address of the content

export function liveList() {
  if (!list()) return;
  list().dataset.live = '';
  const voice = document.body.appendChild(Object.assign(document.createElement('p'), { className: 'visually-hidden' }));
  voice.setAttribute('aria-live', 'polite');

  document.addEventListener('change', (event) => {
    const field = event.target;
    if (!field.matches?.('.filters form input, .sorts select')) return;
    const form = field.form;
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form));
    show(address, voice, true);
  });
  // Back and forward: the address is there already, only the content is missing.
  // A jump inside the page also fires popstate, and needs no new content.
  addEventListener('popstate', () => {
    if (here() !== shown) show(new URL(location.href), voice, false);
  });
}

async function show(address, voice, push) {
  running?.abort();
  const mine = (running = new AbortController());
  list().setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!answer.ok || !page.querySelector('.list-columns')) throw new Error('no list');
    if (push) history.pushState(null, '', answer.url);
    shown = here();
    replace(page);
    voice.textContent = list().querySelector('[data-total]')?.textContent ?? '';
  } catch (error) {
    if (error.name === 'AbortError') return;
    location.assign(address);
  }
}

/** Puts the new content in, and back what the reader had: focus, folds, words. */
function replace(page) {
  const before = document.querySelector('main'), after = page.querySelector('main');
  for (const fold of before.querySelectorAll('details[id]')) {
    const same = after.querySelector('#' + CSS.escape(fold.id));
    if (same) same.open = fold.open;
  }
  foldFilters(after);
  const filters = before.querySelector('.filters-fold');
  if (filters) after.querySelector('.filters-fold').open = filters.open;
  after.querySelector('.list-columns').dataset.live = '';
  const typed = before.querySelector('input[type=search]'), box = after.querySelector('input[type=search]');
  if (typed && box && typed.value !== typed.defaultValue) box.value = typed.value;
  const focus = selectorOf(document.activeElement);

  charts(after);
  document.title = page.title;
  const tools = page.querySelector('.site-tools'); // its links hold the address
  if (tools) document.querySelector('.site-tools')?.replaceWith(tools);
  before.replaceWith(after);
  // A filter that stands nowhere any more hands the focus to the new number.
  if (focus) (after.querySelector(focus) ?? after.querySelector('[data-total]'))?.focus({ preventScroll: true });
}

function selectorOf(field) {
  if (!field?.name || !field.closest('.list-columns')) return '';
  const value = field.type === 'checkbox' ? `[value="${CSS.escape(field.value)}"]` : '';
  return `.list-columns ${field.localName}[name="${CSS.escape(field.name)}"]${value}:not([type=hidden])`;
}
