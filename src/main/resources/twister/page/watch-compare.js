'use strict';
// Chosen runs side by side: settings, losses, curves, bigrams, samples, tags and notes.
class Comparison {
  // Of more runs there are curves and a table, not samples and notes of each.
  static MOST = 12;

  constructor(place, page) {
    this.page = page;
    this.place = place;
    this.details = new Map();
    this.notes = new Map();
    const make = RunsTable.element;
    this.empty = make('p', {className: 'soft'});
    this.all = make('button', {
      type: 'button', textContent: 'all settings',
      onclick: () => page.change({settings: page.state.settings === 'all' ? 'differing' : 'all'}),
    });
    this.table = make('div', {className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'settings and losses of the chosen runs'});
    this.curvesPlace = make('div');
    this.bigramsPlace = make('div');
    this.samples = make('div', {className: 'samples'});
    this.body = make('div', {},
      make('div', {className: 'tools'}, this.all), this.table,
      make('div', {className: 'pair'},
        make('section', {'aria-label': 'curves of the chosen runs'}, make('h3', {textContent: 'Curves of these runs'}), this.curvesPlace),
        this.bigramsSection = make('section', {'aria-label': 'bigrams'}, make('h3', {textContent: 'Difference of bigrams'}), this.bigramsPlace)),
      make('section', {'aria-label': 'samples, tags and notes'}, make('h3', {textContent: 'Samples, tags and notes'}), this.samples));
    place.append(this.empty, this.body);
    this.curves = new CurvesChart(this.curvesPlace, page, {
      label: 'curves of the chosen runs; arrow keys look at points', height: 320, isClosed: true,
      note: () => page.missingCurves(this.runs),
    });
    this.bigrams = new BigramDifference(this.bigramsPlace, page);
  }

  // The chosen runs, after the baseline.
  get runs() {
    const {chosen, state: {baseline}} = this.page;
    const isPinned = chosen.length > 0 && this.page.experiment.rows.has(baseline);
    return isPinned ? [baseline, ...chosen.filter(id => id !== baseline)] : chosen;
  }

  // The choice or the data changed; details of runs that may still change are asked for again.
  async update() {
    const {runs, page} = this;
    this.empty.textContent = runs.length === 0 ? 'Choose two runs or more in the table, or by a click on their curves, to compare them.'
      : runs.length === 1 ? 'Choose a second run to compare it with this one.' : '';
    this.body.hidden = runs.length === 0;
    const experiment = page.experiment.name;
    if (this.experiment !== experiment) {
      this.details.clear();
      this.notes.clear();
    }
    this.experiment = experiment;
    if (runs.length === 0) return;
    this.draw();
    const isDone = id => this.details.get(id)?.status === page.experiment.status(id) && page.experiment.status(id) !== 'running';
    const isKnown = id => isDone(id) && RunNotes.areThoseOf(page.experiment, id, this.details.get(id));
    const wanted = runs.slice(0, Comparison.MOST).filter(id => !isKnown(id));
    await Promise.all(wanted.map(async id => {
      try {
        const details = await Feed.ask(Feed.address(experiment, 'run', id));
        this.details.set(id, {...details, status: page.experiment.status(id)});
      } catch (e) {
        this.details.set(id, {problem: `Run ${id} cannot be read: ${e.message}.`});
      }
    }));
    if (this.experiment === experiment && wanted.length > 0) this.draw();
  }

  draw() {
    const {page, runs} = this;
    this.all.setAttribute('aria-pressed', page.state.settings === 'all');
    this.drawTable(runs.slice(0, Comparison.MOST));
    this.drawCurves();
    this.bigramsSection.hidden = runs.length < 2;
    if (runs.length >= 2) this.bigrams.show(runs);
    this.drawSamples(runs.slice(0, Comparison.MOST));
  }

  drawCurves() {
    const {page} = this;
    const lines = page.lines(this.runs);
    this.curves.show(lines, {...page.curvesView(), zoom: this.curves.zoom, band: null});
  }

  // Rows of {name, cells, isAlike}.
  rowsOf(runs) {
    const details = runs.map(id => this.details.get(id) ?? {});
    const names = part => [...new Set(details.flatMap(each => Object.keys(each[part] ?? {})))];
    const row = (name, cells) => ({name, cells, isAlike: cells.every(cell => cell === cells[0])});
    const settings = names('settings').map(name => row(name, details.map(each => each.settings?.[name] ?? '')));
    const facts = names('facts').map(name => row(name, details.map(each => each.facts?.[name] ?? '')));
    return {settings, facts, losses: this.lossesOf(runs, details, names('losses'))};
  }

  lossesOf(runs, details, names) {
    const difference = (loss, base, i) => Scales.loss(loss)
      + (i > 0 && Number.isFinite(loss - base) ? ` (${Scales.signed(loss - base)})` : '');
    const value = loss => loss === null || loss === undefined ? NaN : loss;
    const rows = names.map(name => {
      const values = details.map(each => value(each.losses?.[name]));
      return {name, cells: values.map((loss, i) => difference(loss, values[0], i))};
    });
    const curves = runs.map(id => this.page.experiment.curves.get(id));
    if (!curves.some(curve => curve?.isDrawn)) return rows;
    for (const [name, of] of [['last on the curve', 'last'], ['lowest on the curve', 'lowest'], ['highest on the curve', 'highest']]) {
      rows.push({name, cells: curves.map(curve => curve?.isDrawn ? `${Scales.loss(curve[of].loss)} at step ${Math.round(curve[of].step).toLocaleString('en')}` : '')});
    }
    return rows;
  }

  drawTable(runs) {
    const make = RunsTable.element;
    const {settings, facts, losses} = this.rowsOf(runs);
    const isAll = this.page.state.settings === 'all' || runs.length === 1;
    const kept = rows => isAll ? rows : rows.filter(row => !row.isAlike);
    const head = make('tr', {}, make('td'), ...runs.map(id => this.headOf(id)));
    const line = ({name, cells}) => make('tr', {},
      make('th', {scope: 'row', textContent: name}), ...cells.map(cell => make('td', {textContent: cell})));
    const group = (title, rows) => make('tbody', {hidden: rows.length === 0},
      make('tr', {className: 'group'}, make('th', {scope: 'rowgroup', colSpan: runs.length + 1, textContent: title})), ...rows.map(line));
    const alike = [...settings, ...facts].length - kept([...settings, ...facts]).length;
    this.all.hidden = runs.length === 1;
    this.all.textContent = isAll ? 'show only what differs' : `show all settings (${alike} are alike)`;
    RunsTable.redrawn(this.table, make('table', {className: 'compared'}, make('thead', {}, head),
      group('Losses', losses), group(isAll ? 'Settings' : 'Settings that differ', kept(settings)),
      group(isAll ? 'Facts' : 'Facts that differ', kept(facts))));
  }

  headOf(id) {
    const make = RunsTable.element;
    const {page} = this;
    const swatch = make('span', {className: 'swatch'});
    swatch.style.background = page.colour(id);
    const isPinned = page.state.baseline === id;
    const pin = make('button', {type: 'button', textContent: 'baseline', onclick: () => page.pin(isPinned ? '' : id)});
    pin.setAttribute('aria-pressed', isPinned);
    pin.setAttribute('aria-label', `pin ${id} as the baseline`);
    pin.dataset.key = `pin ${id}`;
    const drop = make('button', {type: 'button', textContent: '×', onclick: () => page.toggle(id)});
    drop.setAttribute('aria-label', `leave out ${id}`);
    drop.dataset.key = `drop ${id}`;
    const status = make('span', {className: 'soft', textContent: page.experiment.status(id)});
    return make('th', {scope: 'col'}, swatch, id, ' ', status, ' ', pin, ' ', drop);
  }

  followNotes(id) {
    const details = this.details.get(id);
    if (!this.page.experiment.notes || !details || details.problem) return;
    if (!this.notes.has(id)) this.notes.set(id, new RunNotes(this.page, id));
    this.notes.get(id).follow(details);
  }

  drawSamples(runs) {
    const make = RunsTable.element;
    for (const id of runs) this.followNotes(id);
    // A note that is being written stays in its place.
    if (this.samples.contains(document.activeElement) && this.samplesOf === runs.join('\n')) return;
    this.samplesOf = runs.join('\n');
    const left = this.runs.length - runs.length;
    this.samples.replaceChildren(...runs.map(id => {
      const details = this.details.get(id);
      const swatch = make('span', {className: 'swatch'});
      swatch.style.background = this.page.colour(id);
      const parts = [make('h4', {}, swatch, id)];
      if (!details) parts.push(make('p', {className: 'soft', textContent: 'Loading…'}));
      else if (details.problem) parts.push(make('p', {className: 'remark', textContent: details.problem}));
      else {
        parts.push(details.samples.length === 0 ? make('p', {className: 'soft', textContent: 'There are no samples of this run.'})
          : make('ol', {}, ...details.samples.map(sample => make('li', {textContent: sample}))));
        parts.push(this.notes.get(id)?.form ?? RunNotes.read(details));
      }
      return make('article', {}, ...parts);
    }), ...left > 0 ? [make('p', {className: 'soft', textContent: `Of ${Scales.count(left, 'further run')} only the curves are shown.`})] : []);
  }
}
