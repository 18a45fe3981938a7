// While somebody scores a project (form[data-score]), the page says what the sheet
// comes to as it stands: the total, the completeness and what is missing, by the rules
// and in the whole numbers of internal/rubric, so that the server counts the same when
// it is saved. What changes is seen at once and said aloud only when the person pauses.
import { say } from './words.js';

const calm = 1200;

export function liveScores() {
  for (const form of document.querySelectorAll('form[data-score]')) live(form);
}

function live(form) {
  const box = form.querySelector('[data-score-live]');
  const part = (name) => box.querySelector(`[data-score-${name}]`);
  const rule = JSON.parse(form.dataset.score);
  let timer = 0, aloud = '', listed = '';

  function show() {
    const sheet = read(form);
    const found = judge(sheet, rule), missing = lacking(sheet, rule);
    part('sum').textContent = inWords(found);
    const count = missing.reduce((n, one) => n + one.links.length, 0);
    part('lack').hidden = !count;
    part('count').textContent = say('scoreMissing', { count });
    const text = JSON.stringify(missing);
    if (text !== listed) part('list').replaceChildren(...missing.map(line));
    listed = text;
    return `${inWords(found)} ${say(count ? 'scoreMissing' : 'scoreWhole', { count })}`;
  }
  function tell() {
    timer = 0;
    const text = show();
    if (text !== aloud) part('said').textContent = aloud = text;
  }
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(tell, calm);
  };
  form.addEventListener('input', () => {
    show();
    if (timer) soon(); // not while somebody is typing
  });
  form.addEventListener('change', soon);
  addEventListener('pageshow', show); // a browser may give back what was typed
  aloud = show();
  box.hidden = false;
}

/** What stands in the form. */
function read(form) {
  const of = (all, name) => all.querySelector(`input[type=radio][name="${CSS.escape(name)}"]:checked`)?.value ?? '';
  return {
    criteria: [...form.querySelectorAll('[data-weight]')].map((all) => {
      const name = all.querySelector('input[type=radio]').name;
      const answer = of(all, name);
      return {
        id: all.id, code: all.dataset.code, weight: Number(all.dataset.weight), answer, points: /^\d+$/.test(answer) ? Number(answer) : null,
        reason: length(all.querySelector('textarea').value),
        evident: [...all.querySelectorAll('.row')].some((row) => row.querySelector('select').value && [...row.querySelectorAll('input[type=text]')].some((i) => i.value.trim())),
      };
    }),
    gates: [...form.querySelectorAll('[data-gate]')].map((all) => ({
      id: all.id, code: all.dataset.gate, answer: of(all, all.querySelector('input[type=radio]').name), note: length(all.querySelector('input[type=text]').value),
    })),
  };
}

/** Characters, as the server counts them. */
const length = (text) => [...text.trim()].length;

/** n ÷ by, half up; 0 where there is nothing to divide by. */
const halfUp = (n, by) => (by > 0 ? Math.floor((2 * n + by) / (2 * by)) : 0);

/** 8.2.3, 8.2.4: total and completeness in tenths. */
function judge({ criteria, gates }, rule) {
  let points = 0, scored = 0, applicable = 0;
  for (const c of criteria) {
    if (c.answer !== 'na') applicable += c.weight;
    if (c.points === null) continue;
    scored += c.weight;
    points += c.weight * c.points;
  }
  const total = halfUp(1000 * points, rule.max * scored);
  return {
    known: scored > 0, total, completeness: halfUp(1000 * scored, applicable), floor: rule.floor,
    insufficient: !scored || 100 * scored < rule.floor * applicable,
    excluded: gates.some((g) => g.answer === 'ano'),
    band: (rule.bands ?? []).filter((b) => b.from <= total).sort((a, b) => b.from - a.from)[0]?.name,
  };
}

function inWords(found) {
  const out = [found.known ? say('scoreTotal', { total: tenths(found.total) }) : say('scoreNone')];
  if (found.known && found.band && !found.insufficient && !found.excluded) out[0] = out[0].replace(/\.$/, ` – ${found.band}.`);
  out.push(say('scoreComplete', { percent: tenths(found.completeness) }));
  if (found.known && found.insufficient) out.push(say('scoreUnder', { floor: found.floor }));
  if (found.excluded) out.push(say('scoreExcluded'));
  return out.join(' ');
}

const tenths = (n) => (n / 10).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 8.2.8: what has to be there before the sheet can be submitted. */
function lacking({ criteria, gates }, rule) {
  const given = criteria.filter((c) => c.answer);
  return [
    { word: 'scoreGates', links: gates.filter((g) => !g.answer).map((g) => [g.code, g.id]) },
    { word: 'scoreGateNotes', links: gates.filter((g) => g.answer === 'ano' && g.note < rule.reason).map((g) => [g.code, `${g.id}-note`]) },
    { word: 'scoreOpen', links: criteria.filter((c) => !c.answer).map((c) => [c.code, c.id]) },
    { word: 'scoreReasons', links: given.filter((c) => c.reason < rule.reason).map((c) => [c.code, `${c.id}-justification`]) },
    { word: 'scoreEvidence', links: given.filter((c) => c.points >= rule.evidence && !c.evident).map((c) => [c.code, `${c.id}-evidence`]) },
  ].filter((one) => one.links.length).map((one) => ({ ...one, min: rule.reason, from: rule.evidence }));
}

function line({ word, links, ...args }) {
  const item = document.createElement('li');
  item.append(`${say(word, args)} `);
  links.forEach(([code, id], i) => item.append(i ? ', ' : '', Object.assign(document.createElement('a'), { href: `#${id}`, textContent: code })));
  return item;
}
