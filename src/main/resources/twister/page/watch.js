'use strict';
// The live page: what is chosen, brushed and highlighted, and the views of it.
class WatchPage {
  // Up to so many runs each has its own colour everywhere; of more only the chosen ones have.
  static FEW = CurvesChart.FEW;
  static MOST_ASKED = 50;

  constructor() {
    this.state = new AddressState(() => this.choose(this.state.experiment, true));
    this.highlighted = [];
    this.asked = new Set();
    this.header = new PageHeader(this);
    this.bar = new ChoiceBar(this);
    this.feed = new Feed(names => this.changed(names), (sentence, hasEnded) => this.header.connection(sentence, hasEnded, () => this.feed.reopen()));
    Colours.whenTurned(() => this.experiment && this.refresh());
    addEventListener('pagehide', () => history.replaceState(null, '', this.state.text));
  }

  start() {
    this.feed.note(null);
    this.feed.open();
  }

  // Asks for what changed and shows it.
  //
  // names: of experiments; null for all
  async changed(names) {
    try {
      this.experiments = await Feed.ask('/api/experiments');
      const training = this.experiments.find(each => each.training);
      const last = this.experiments.reduce((a, b) => a && a.started >= b.started ? a : b, null);
      this.state.experiment ||= (training ?? last)?.name ?? '';
      this.header.choices(this.experiments);
      if (this.state.experiment === '') this.header.loading('There is no experiment yet; twister run starts one, and this page shows it.');
      else if (!this.experiments.some(each => each.name === this.state.experiment)) {
        this.header.loading(`There is no experiment '${this.state.experiment}'; choose another one.`);
        this.header.clear();
        document.getElementById('views').hidden = true;
      } else if (names === null || names.has(this.state.experiment) || !this.experiment) await this.load();
      this.header.problem('');
    } catch (e) {
      if (!(e instanceof FeedProblem)) console.error(e);
      this.header.loading('');
      this.header.problem(`The page is not up to date: ${e.message}.`);
    }
  }

  async load() {
    const name = this.state.experiment;
    const isFirst = this.experiment?.name !== name;
    if (isFirst) this.header.loading(`Loading ${name}…`);
    const asked = Feed.ask(Feed.address(name));
    const curves = Feed.ask(this.curvesAddress(isFirst));
    curves.catch(() => {});
    const experiment = new LiveExperiment(await asked);
    if (isFirst && name === this.state.experiment) this.take(experiment, true);
    let answer;
    try {
      answer = await curves;
    } catch (e) {
      if (name === this.state.experiment && isFirst) this.failCurves(e);
      throw e;
    }
    if (name !== this.state.experiment) return;
    experiment.takeCurves(answer);
    this.take(experiment, false);
  }

  // Where the first curves cannot be had, their place says why.
  failCurves(problem) {
    this.experiment.curvesProblem = `The curves cannot be shown: ${problem.message}.`;
    this.drawCurves();
  }

  // Of thousands of runs the server sends some curves; those of chosen runs are asked for besides.
  curvesAddress(isFirst) {
    const address = Feed.address(this.state.experiment, 'curves');
    const wanted = isFirst ? [...this.state.selected, this.state.baseline].filter(id => id !== '')
      : this.experiment.hasAllCurves ? [] : this.marked;
    wanted.forEach(id => this.asked.add(id));
    const query = wanted.slice(0, WatchPage.MOST_ASKED).map(id => `run=${encodeURIComponent(id)}`).join('&');
    return query === '' ? address : `${address}?${query}`;
  }

  take(experiment, isFirst) {
    this.experiment = experiment;
    this.dropWrongBrushes();
    this.header.loading(experiment.ids.length > 0 ? '' : 'There is no run yet; the first one appears here when it starts.');
    this.header.show(experiment);
    document.getElementById('views').hidden = experiment.ids.length === 0;
    this.brush();
    this.mark();
    this.build();
    this.table.update(experiment.tables(this.state.baseline));
    this.refresh(true);
    if (isFirst) this.table.scroll.scrollTop = 0;
  }

  build() {
    if (this.table) return;
    const at = id => document.getElementById(id);
    this.table = new LiveTable(this.experiment.tables(this.state.baseline), at('runs'), this.state.table,
      (_, state) => this.change({table: {...state}}), this);
    this.curveTools = new CurveTools(at('curve-tools'), this);
    this.curves = new CurvesChart(at('curves'), this, {
      label: 'curves of the runs: left and right go along a run, up and down to the next run, Enter chooses it, plus, minus and 0 zoom',
      height: 380, zoomed: zoom => this.change({zoom}), note: () => this.curvesNote(),
    });
    this.parallel = new ParallelAxes(at('parallel'), this);
    this.heatmap = new LossHeatmap(at('heat'), this);
    this.comparison = new Comparison(at('comparison'), this);
  }

  choose(name, isBack = false) {
    if (!isBack) this.state.choose(name);
    if (this.table) {
      this.table.state = {view: 'runs', where: '', sort: '', digits: false, hidden: [], differing: true, ...this.state.table};
      this.table.where.value = this.table.state.where;
      this.table.digits.checked = this.table.state.digits;
      this.table.differing.checked = this.table.state.differing;
    }
    if (this.experiment?.name !== name) this.experiment = undefined;
    this.highlighted = [];
    this.asked = new Set();
    this.feed.note(null);
  }

  // Takes a choice of the reader; it is drawn with the next picture.
  change(patch) {
    Object.assign(this.state, patch);
    this.state.write();
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.experiment) return;
      this.brush();
      this.mark();
      if (!('table' in patch)) this.table.again();
      this.refresh();
      const isAsked = id => this.asked.has(id) || this.experiment.curves.has(id);
      if (this.experiment.hasAllCurves === false && !this.marked.every(isAsked)) this.feed.note([this.state.experiment]);
    });
  }

  // An address may name brushes that fit no axis.
  dropWrongBrushes() {
    for (const axis of this.experiment.axes) {
      const brush = this.state.brush[axis.name];
      const fits = value => value === null || typeof value === (axis.isOfWords ? 'string' : 'number');
      if (brush && !(fits(brush.from) && fits(brush.to))) delete this.state.brush[axis.name];
    }
  }

  // Which runs, and which settings, the brushes hold.
  brush() {
    const {experiment, state} = this;
    const axes = experiment.axes.filter(axis => state.brush[axis.name]);
    this.brushed = experiment.ids.map((_, row) => axes.every(axis => axis.holds(state.brush[axis.name], row)));
    this.brushedSettings = null;
    if (axes.length > 0) {
      const keys = experiment.settingsOf(experiment.runColumns);
      const held = new Set(keys.filter((_, row) => this.brushed[row]));
      this.brushedSettings = experiment.settingsOf(experiment.settings).map(key => held.has(key));
    }
  }

  isBrushed(row) {
    return this.brushed[row];
  }

  isSettingBrushed(row) {
    return this.brushedSettings === null || this.brushedSettings[row];
  }

  // The runs that the table shows, in its one view or the other.
  see() {
    const {experiment, table} = this;
    this.visible = new Uint8Array(experiment.ids.length);
    if (table.state.view === 'runs') {
      table.rows.forEach(row => this.visible[row] = 1);
    } else {
      const keys = experiment.settingsOf(experiment.settings);
      const shown = new Set(table.rows.map(row => keys[row]));
      experiment.settingsOf(experiment.runColumns).forEach((key, row) => this.visible[row] = shown.has(key) && this.brushed[row] ? 1 : 0);
    }
    this.visibleCount = this.visible.reduce((a, b) => a + b, 0);
  }

  // Which runs are chosen, pinned or followed, and their colours.
  mark() {
    const {experiment, state} = this;
    this.chosen = state.selected.filter(id => experiment.rows.has(id));
    this.followed = state.follow ? experiment.latest : '';
    this.marked = [...new Set([...this.chosen, state.baseline, this.followed])].filter(id => experiment.rows.has(id));
    this.isColoured = experiment.ids.length <= WatchPage.FEW;
    this.hues = Colours.apart(this.isColoured ? [...experiment.ids].sort() : this.marked);
  }

  // Draws everything but the table.
  refresh(isNew = false) {
    this.see();
    this.curveTools.draw();
    this.drawCurves();
    if (isNew) this.parallel.update();
    else if (!this.parallel.scroll.hidden) this.parallel.draw();
    this.parallel.limits.draw();
    this.heatmap.update();
    this.comparison.update();
    this.bar.draw();
    this.follow();
  }

  drawCurves() {
    const {experiment, state} = this;
    const place = document.getElementById('curves');
    place.hidden = !experiment.hasCurves || experiment.curves.size === 0;
    this.curveTools.said(!experiment.hasCurves ? experiment.curvesProblem ?? 'Loading the curves…' : experiment.curves.size === 0 ? 'No run has a curve yet.' : '');
    if (place.hidden) return;
    const ids = experiment.ids.filter((id, row) => this.visible[row] || id === state.baseline);
    const isLast = id => this.marked.includes(id);
    this.curves.show(this.lines([...ids.filter(id => !isLast(id)), ...ids.filter(isLast)]),
      this.curvesView());
  }

  // What charts of curves show besides the lines.
  curvesView() {
    const {curveFigure, figure, band = null, uniform, lowest} = this.experiment;
    return {...this.state, figure: curveFigure ?? figure, band, uniform, lowest};
  }

  // How the curves of runs are drawn.
  lines(ids) {
    const drawn = ids.filter(id => this.experiment.curves.get(id)?.isDrawn);
    const many = Math.min(0.7, Math.max(0.15, 5 / Math.sqrt(drawn.length + 1)));
    return drawn.map(id => {
      const isMarked = this.marked.includes(id);
      return {
        curve: this.experiment.curves.get(id),
        colour: isMarked || this.isColoured ? this.colour(id) : Colours.page('many'),
        width: isMarked ? 2.5 : this.isColoured ? 1.5 : 1, alpha: isMarked ? 1 : this.isColoured ? 0.8 : many,
        dash: id === this.state.baseline ? [7, 4] : [],
      };
    });
  }

  missing(ids) {
    return ids.filter(id => !this.experiment.curves.has(id)).length;
  }

  missingCurves(ids) {
    const missing = this.missing(ids);
    return missing === 0 ? '' : `${Scales.count(missing, 'chosen run has', 'chosen runs have')} no curve here.`;
  }

  curvesNote() {
    const {experiment: {hasAllCurves, ids, curves}, visibleCount} = this;
    if (hasAllCurves) return visibleCount < ids.length ? `${visibleCount.toLocaleString('en')} of ${Scales.count(ids.length, 'run')}.` : '';
    return `Of ${Scales.count(ids.length, 'run')} ${curves.size.toLocaleString('en')} are drawn: the best and those in training. `
      + `In the band lie the losses of 90 % of all runs, the dotted line is their median. ${this.missingCurves(this.chosen)}`;
  }

  colour(id) {
    return Colours.ofHue(this.hues.get(id) ?? Colours.hue(id));
  }

  // Shows some runs in all views.
  highlight(ids) {
    if (ids.length === this.highlighted.length && ids.every((id, i) => id === this.highlighted[i])) return;
    this.highlighted = ids;
    this.curves.drawOver();
    this.comparison.curves.drawOver();
    this.parallel.drawOver();
    this.table.mark();
  }

  toggle(id) {
    const {selected} = this.state;
    this.change({selected: selected.includes(id) ? selected.filter(each => each !== id) : [...selected, id]});
  }

  pin(id) {
    this.state.baseline = id;
    this.table.update(this.experiment.tables(id));
    this.change({});
  }

  // Says how the latest run does, and goes to its row when it is another.
  follow() {
    const place = document.getElementById('followed');
    const id = this.followed;
    const last = this.experiment.curves.get(id)?.last;
    const said = !this.state.follow ? '' : id === '' ? 'No run is in training; the next one will be followed.'
      : `Latest run ${this.experiment.title(id)}${last ? ` · step ${Scales.label(last.step)}, loss ${Scales.loss(last.loss)}` : ''}`;
    if (place.textContent !== said) place.textContent = said;
    if (id !== '' && id !== this.wasFollowed) this.table.reveal(id);
    this.wasFollowed = id;
  }
}

const watchPage = new WatchPage();
watchPage.start();
