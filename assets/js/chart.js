// Charts answer to pointing, touching and arrow keys. Every mark has its number in
// its name already: the name of the mark at hand stands in a line below the picture,
// arrows go from mark to mark, and one of several lines can be set off from others.
import { say } from './words.js';

export function charts(root) {
  for (const figure of root.querySelectorAll('.chart-figure')) {
    const pictures = [...figure.querySelectorAll('svg.chart')].filter((picture) => marksOf(picture).length > 1);
    if (!pictures.length) continue;
    const line = Object.assign(document.createElement('p'), { className: 'chart-readout no-print', textContent: say('chartHint') });
    const last = pictures.at(-1);
    (last.closest('.chart-many') ?? last.closest('.chart-scroll') ?? last).after(line);
    for (const picture of pictures) enliven(picture, line);
  }
}

const marksOf = (picture) => [...picture.querySelectorAll('[aria-label]')];

function enliven(picture, line) {
  const marks = marksOf(picture);
  const setOff = chooser(picture, line);

  const at = (event) => marks.find((mark) => mark.contains(event.target));
  const show = (mark) => {
    line.textContent = mark.getAttribute('aria-label');
    line.classList.add('chart-said');
    setOff(mark.closest('[data-series]'));
  };
  const leave = () => setOff(null);
  picture.addEventListener('pointerover', (event) => (at(event) ? show(at(event)) : leave()));
  const away = () => {
    leave();
    line.classList.remove('chart-said');
  };
  picture.addEventListener('pointerleave', away);
  picture.addEventListener('focusout', away);
  picture.addEventListener('focusin', (event) => {
    rove(marks, at(event));
    show(at(event));
  });
  picture.addEventListener('keydown', (event) => {
    const next = neighbour(marks, at(event), event.key);
    if (!next) return;
    event.preventDefault(); // the page does not scroll away under the reader
    next.focus();
  });
  rove(marks, marks[0]);
}

// rove leaves one mark in the order of Tab: a chart is one stop, arrows do the rest.
function rove(marks, here) {
  for (const mark of marks) mark.setAttribute('tabindex', mark === here ? '0' : '-1');
}

const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// neighbour is the nearest mark in the direction of a key; Home and End are the
// first and the last of all.
function neighbour(marks, here, key) {
  if (key === 'Home') return marks[0];
  if (key === 'End') return marks.at(-1);
  if (!ways[key]) return;
  const [dx, dy] = ways[key];
  const from = middle(here);
  let best;
  let least = Infinity;
  for (const mark of marks) {
    const to = middle(mark);
    const along = (to.x - from.x) * dx + (to.y - from.y) * dy;
    const aside = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    const far = along + 2 * aside;
    if (along > 0.5 && far < least) [best, least] = [mark, far];
  }
  return best;
}

function middle(mark) {
  const box = mark.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

// chooser adds a button for each of several lines, which holds that line set off,
// and gives what sets one off for a moment.
function chooser(picture, line) {
  const series = [...picture.querySelectorAll('[data-series]')];
  let held = null;
  const setOff = (one) => {
    const on = one ?? held;
    picture.classList.toggle('chart-some', on !== null);
    for (const s of series) s.classList.toggle('chart-on', s === on);
  };
  if (series.length < 2) return setOff;
  const group = Object.assign(document.createElement('div'), { className: 'chart-chooser no-print' });
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', say('chartSeries'));
  group.append(Object.assign(document.createElement('span'), { textContent: say('chartSeries') }));
  const buttons = series.map((s) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'gov-button', textContent: s.dataset.series });
    Object.assign(button.dataset, { type: 'outlined', size: 's' });
    button.addEventListener('click', () => {
      held = held === s ? null : s;
      buttons.forEach((b, i) => b.setAttribute('aria-pressed', String(series[i] === held)));
      setOff(null);
    });
    button.setAttribute('aria-pressed', 'false');
    return button;
  });
  group.append(...buttons);
  line.after(group);
  return setOff;
}
