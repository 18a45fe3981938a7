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
    keyCancelled: 'The passkey was not used. Try again or sign in another way.',
    keyFailed: 'The passkey could not be used. Try again in a moment or sign in another way.',
  },
};

/** @param {string} key @param {Record<string, string|number>} [args] */
export function say(key, args = {}) {
  const all = words[document.documentElement.lang] ?? words.cs;
  return all[key].replace(/\{(\w+)\}/g, (_, name) => args[name]);
}
