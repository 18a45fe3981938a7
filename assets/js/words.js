// The few words that only a script says, in the language of the page.
const words = {
  cs: {
    draft: 'Našli jsme rozepsaný formulář z\u00a0{when}, který nebyl uložen.',
    restore: 'Obnovit rozepsané',
    forget: 'Zahodit',
    // Rows that were added later are not in the form; say so rather than lose them.
    partly: 'Obnovili jsme, co se sem vešlo. Řádky, které jste přidali ({count} údajů), prosím přidejte znovu.',
    restored: 'Rozepsané údaje jsou zpět. Nezapomeňte je uložit.',
    kept: 'Rozepsané uloženo v\u00a0{when}.',
    notKept: 'Teď nejste připojeni. Rozepsané zůstává v\u00a0tomto prohlížeči a\u00a0uloží se, až to půjde.',
    signedOut: 'Vaše přihlášení skončilo. Rozepsané zůstává v\u00a0tomto prohlížeči; přihlaste se v\u00a0jiné záložce a\u00a0pokračujte.',
    chartHint: 'Číslo ke každé značce ukáže myš, dotek nebo klávesy se šipkami.',
    chartSeries: 'Zvýraznit řadu',
    scoreTotal: '{total} ze\u00a0100\u00a0bodů.',
    scoreNone: 'Zatím bez bodů.',
    scoreComplete: 'Úplnost podkladů {percent}\u00a0%.',
    scoreUnder: 'Úplnost je pod {floor}\u00a0%: výsledek by byl „nedostatek podkladů“.',
    scoreExcluded: 'Jedna z\u00a0podmínek je porušena: výsledek by byl „vyloučeno“.',
    scoreMissing: 'Ještě chybí: {count}.',
    scoreWhole: 'Nic nechybí.',
    scoreGates: 'Podmínky bez odpovědi:',
    scoreGateNotes: 'Porušené podmínky bez zdůvodnění (aspoň {min} znaků):',
    scoreOpen: 'Kritéria bez hodnocení:',
    scoreReasons: 'Bez zdůvodnění (aspoň {min} znaků):',
    scoreEvidence: 'Bez důkazu, který je potřeba od {from} bodů:',
    keyCancelled: 'Klíč jste nepoužili. Zkuste to znovu, nebo se přihlaste jinak.',
    keyFailed: 'Klíč se nepodařilo použít. Zkuste to za chvíli nebo se přihlaste jinak.',
  },
  en: {
    draft: 'We found a form from {when} that you had started and not saved.',
    restore: 'Restore it',
    forget: 'Discard it',
    partly: 'We restored what fits here. Please add the rows you had added again ({count} values).',
    restored: 'What you typed is back. Remember to save it.',
    kept: 'Kept for later at {when}.',
    notKept: 'You are not connected. What you typed stays in this browser and is kept as soon as it can be.',
    signedOut: 'You are not signed in any more. What you typed stays in this browser; sign in on another tab and go on.',
    chartHint: 'Point at a mark, touch it or use the arrow keys to read its number.',
    chartSeries: 'Set off a line',
    scoreTotal: '{total} of 100 points.',
    scoreNone: 'No points so far.',
    scoreComplete: 'Completeness of data {percent}%.',
    scoreUnder: 'Completeness is under {floor}%: the result would be “not enough data”.',
    scoreExcluded: 'One of the conditions is broken: the result would be “excluded”.',
    scoreMissing: 'Still missing: {count}.',
    scoreWhole: 'Nothing is missing.',
    scoreGates: 'Conditions without an answer:',
    scoreGateNotes: 'Broken conditions without a reason (at least {min} characters):',
    scoreOpen: 'Criteria without a score:',
    scoreReasons: 'Without a justification (at least {min} characters):',
    scoreEvidence: 'Without the evidence that is needed from {from} points on:',
    keyCancelled: 'The passkey was not used. Try again or sign in another way.',
    keyFailed: 'The passkey could not be used. Try again in a moment or sign in another way.',
  },
};

/** @param {string} key @param {Record<string, string|number>} [args] */
export function say(key, args = {}) {
  const all = words[document.documentElement.lang] ?? words.cs;
  return all[key].replace(/\{(\w+)\}/g, (_, name) => args[name]);
}
