// Long forms: a warning before unsaved words are left behind (form[data-guard]),
// and a copy of them in this browser (form[data-draft="key"]) that is offered
// back. The page that follows a save names the key in data-saved, and the copy
// goes. Copies older than a week go too: a shared computer should not keep them.
// Of somebody who is signed in it is kept on the server as well (keep.js).
import { keepOnServer } from './keep.js';
import { say } from './words.js';

const week = 7 * 24 * 3600 * 1000, moment = 30 * 1000;
const place = (key) => 'atlas-draft:' + key;
const typed = (form) => [...new FormData(form)]
  .filter(([name, value]) => typeof value === 'string' && form.elements[name]?.type !== 'hidden');

export function guardForms() {
  for (const mark of document.querySelectorAll('[data-saved]')) forget(mark.dataset.saved);
  for (const form of document.querySelectorAll('form[data-guard]')) guard(form);
  for (const form of document.querySelectorAll('form[data-draft]')) keepDraft(form);
  for (const form of document.querySelectorAll('form[data-keep]')) keepOnServer(form);
}

function guard(form) {
  let changed = isAnswer(form);
  form.addEventListener('input', () => (changed = true));
  form.addEventListener('submit', () => (changed = false));
  addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault();
  });
}

// A form that the server gave back, with problems or with one more row, holds
// what was typed last and not yet saved. It says so by data-guard="changed".
function isAnswer(form) {
  return form.dataset.guard === 'changed' || !!document.querySelector('.problems');
}

function keepDraft(form) {
  const key = form.dataset.draft;
  const draft = read(key);
  const answered = isAnswer(form) || Date.now() - draft?.sent < moment;
  const offered = document.querySelector('[data-resume]'); // the server offers what it kept
  if (draft && !answered && !offered && JSON.stringify(draft.fields) !== JSON.stringify(typed(form))) offer(form, key, draft);
  let timer;
  const keep = (more) => write(key, { at: Date.now(), fields: typed(form), ...more });
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    keep({ sent: Date.now() });
  });
}

function offer(form, key, draft) {
  const when = new Date(draft.at).toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' });
  const note = document.createElement('div');
  note.className = 'notice no-print';
  note.setAttribute('role', 'status');
  const text = Object.assign(document.createElement('p'), { textContent: say('draft', { when }) });
  const restore = button('restore', 'solid', () => {
    const lost = fill(form, draft.fields);
    note.replaceChildren(lost ? say('partly', { count: lost }) : say('restored'));
    form.dispatchEvent(new Event('input', { bubbles: true })); // it is unsaved again
  });
  const drop = button('forget', 'base', () => {
    forget(key);
    note.remove();
  });
  note.append(text, restore, ' ', drop);
  form.before(note);
}

function button(word, type, act) {
  const b = Object.assign(document.createElement('button'), { type: 'button', className: 'gov-button', textContent: say(word), onclick: act });
  Object.assign(b.dataset, { type, color: 'primary', size: 's' });
  return b;
}

/** Puts the draft into the form; gives how many values found no field. */
function fill(form, fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === 'hidden' || field.type === 'submit' || field.type === 'file') continue;
    const all = values.get(field.name) ?? [];
    const box = field.type === 'checkbox' || field.type === 'radio';
    const before = box ? field.checked : field.value;
    if (box) field.checked = all.includes(field.value);
    else if (all.length) field.value = all.shift();
    if (before !== (box ? field.checked : field.value)) unfold(field);
  }
  return fields.filter(([name, value]) => value && !form.elements.namedItem(name)).length;
}

/** Opens the folds around a field, so that what came back is seen. */
function unfold(field) {
  for (let fold; (fold = field.closest('details:not([open])'));) fold.open = true;
}

// A browser may refuse storage altogether; then there are no drafts.
function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(place(key)));
    if (draft && Date.now() - draft.at < week) return draft;
    localStorage.removeItem(place(key));
  } catch {}
  return null;
}

function write(key, draft) {
  try {
    localStorage.setItem(place(key), JSON.stringify(draft));
  } catch {}
}

function forget(key) {
  try {
    localStorage.removeItem(place(key));
  } catch {}
}
