// On a phone the filters stand above the results and would push them off the
// screen, so they start folded. data-ready tells the style sheet that the fold
// has its state.
const narrow = matchMedia('(max-width: 55.99em)');

export function foldFilters(root) {
  for (const fold of root.querySelectorAll('.filters-fold')) {
    if (narrow.matches) fold.open = false;
    fold.dataset.ready = '';
  }
}
