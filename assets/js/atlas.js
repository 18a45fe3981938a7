// Comfort on top of pages that work without any script. Each part stands alone
// and does nothing where its markup is missing.
import { charts } from './chart.js';
import { foldFilters } from './fold.js';
import { guardForms } from './guard.js';
import { liveList } from './live.js';
import { addPasskeys } from './passkey-add.js';
import { passkeys } from './passkey.js';
import { liveScores } from './score.js';
import { suggestions } from './suggest.js';

foldFilters(document);
liveList();
suggestions();
guardForms();
liveScores();
passkeys();
addPasskeys();
charts(document);
