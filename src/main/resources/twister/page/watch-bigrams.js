'use strict';
// The difference of two runs' probabilities of bigrams.
class BigramDifference {
  static MOST = 60;

  constructor(place, page) {
    this.page = page;
    this.known = new Map();
    const make = RunsTable.element;
    this.choices = ['first', 'second'].map(name => make('select', {id: `bigrams-${name}`, onchange: () => this.choose()}));
    this.tools = make('div', {className: 'tools'}, make('label', {htmlFor: 'bigrams-second', textContent: 'run'}), this.choices[1],
      make('label', {htmlFor: 'bigrams-first', textContent: 'minus'}), this.choices[0]);
    this.said = make('p', {className: 'soft', role: 'status'});
    this.body = make('div', {className: 'square'});
    this.legend = make('p', {className: 'legend ramp'});
    place.append(this.tools, this.said, this.body, this.legend);
    this.grid = new ColourGrid(this.body, {label: 'difference of bigram probabilities: rows the previous symbol, columns the next'});
    new ResizeObserver(() => this.shown && this.grid.scroll.clientWidth !== this.grid.width && this.draw()).observe(this.body);
  }

  // runs: two or more, the baseline first
  show(runs) {
    const fill = (choice, at) => {
      const was = runs.includes(choice.value) ? choice.value : runs[at];
      if ([...choice.options].map(option => option.value).join('\n') !== runs.join('\n')) {
        choice.replaceChildren(...runs.map(id => RunsTable.element('option', {value: id, textContent: id})));
      }
      choice.value = was;
    };
    this.choices.forEach(fill);
    if (this.choices[0].value === this.choices[1].value) {
      this.choices[1].value = runs.find(id => id !== this.choices[0].value);
    }
    this.choose();
  }

  async choose() {
    const [first, second] = this.choices.map(choice => choice.value);
    const {experiment} = this.page;
    const key = [experiment.name, first, experiment.status(first), second, experiment.status(second)].join('\n');
    if (this.key === key) return;
    this.key = key;
    if (!this.shown) this.said.textContent = 'Loading the bigrams…';
    try {
      const tables = await Promise.all([first, second].map(id => this.table(experiment, id)));
      if (this.key === key) this.take(tables, first, second);
    } catch (e) {
      if (this.key === key) this.take(null, first, second, e);
    }
  }

  async table(experiment, id) {
    const key = [experiment.name, id].join('\n');
    if (experiment.status(id) === 'running') this.known.delete(key);
    if (!this.known.has(key)) this.known.set(key, await Feed.ask(Feed.address(experiment.name, 'run', id, 'bigrams')));
    return this.known.get(key);
  }

  take(tables, first, second, error) {
    this.shown = null;
    this.body.hidden = this.legend.hidden = true;
    this.said.textContent = '';
    if (error) {
      this.said.textContent = error.status === 404 ? 'A run of the two has no table of bigrams.' : `The bigrams cannot be read: ${error.message}.`;
    } else if (tables.some(table => table === null)) {
      this.said.textContent = 'A run of the two has no table of bigrams.';
    } else if (tables[0].symbols.join('\n') !== tables[1].symbols.join('\n')) {
      this.said.textContent = 'The two runs have different symbols.';
    } else {
      this.body.hidden = this.legend.hidden = false;
      this.shown = {tables, first, second};
      this.draw();
    }
  }

  draw() {
    const {tables: [base, other], first, second} = this.shown;
    const all = other.probabilities.map((line, row) => line.map((p, column) => p - base.probabilities[row][column]));
    const kept = BigramDifference.kept(all);
    const differences = kept.map(row => kept.map(column => all[row][column]));
    const symbols = kept.map(place => base.symbols[place]);
    const most = differences.flat().reduce((a, b) => Number.isFinite(b) ? Math.max(a, Math.abs(b)) : a, 0);
    this.grid.show({
      rows: symbols, columns: symbols,
      cells: differences.map((line, row) => line.map((difference, column) => ({
        colour: Number.isFinite(difference) ? Colours.diverging(most === 0 ? 0 : difference / most) : null, text: '',
        label: `${symbols[row]} then ${symbols[column]}: ${BigramDifference.percent(other.probabilities[kept[row]][kept[column]])} of ${second}, `
          + `${BigramDifference.percent(base.probabilities[kept[row]][kept[column]])} of ${first}`,
      }))),
    });
    if (most === 0) {
      this.legend.textContent = 'The two models give every bigram the same probability.';
      return;
    }
    const bar = RunsTable.element('span', {className: 'bar diverging'});
    bar.setAttribute('aria-hidden', 'true');
    this.legend.replaceChildren(`less likely in ${second} (−${BigramDifference.percent(most)}) `, bar,
      ` more likely (+${BigramDifference.percent(most)}); no difference has no colour. Rows: previous symbol, columns: next.`
      + (symbols.length < base.symbols.length ? ` Shown are the ${symbols.length} of ${base.symbols.length} symbols that differ most.` : ''));
  }

  // The places of all symbols, or of those that differ most where there are many.
  static kept(differences) {
    const places = differences.map((_, place) => place);
    if (places.length <= BigramDifference.MOST) return places;
    const size = number => Number.isFinite(number) ? Math.abs(number) : 0;
    const sums = places.map(place => places.reduce((sum, other) => sum + size(differences[place][other]) + size(differences[other][place]), 0));
    return places.sort((a, b) => sums[b] - sums[a]).slice(0, BigramDifference.MOST).sort((a, b) => a - b);
  }

  static percent(probability) {
    return Number.isFinite(probability) ? `${(100 * probability).toFixed(2)} %` : 'no number';
  }
}
