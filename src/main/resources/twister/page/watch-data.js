'use strict';
// An experiment as the server tells of it, and its curves.
class LiveExperiment {
  constructor(json) {
    Object.assign(this, json);
    this.runColumns = json.runs;
    this.ids = this.column('run')?.cells ?? [];
    this.rows = new Map(this.ids.map((id, row) => [id, row]));
    this.statuses = this.column('status')?.cells ?? [];
    this.keyColumns = json.keys.map(key => this.column(key)).filter(column => column);
    this.lossColumn = this.column(json.figure) 
      ?? {name: json.figure, heading: json.figure.replaceAll('_', ' '), kind: 'figure', decimals: 4, cells: this.ids.map(() => '')};
    this.losses = this.lossColumn.cells.map(cell => cell === '' ? NaN : Filter.number(cell));
    this.axes = [...this.keyColumns.map(column => new ColumnAxis(column, true)), new ColumnAxis(this.lossColumn, false)];
    this.curves = new Map();
    this.hasCurves = false;
  }

  column(name) {
    return this.runColumns.find(each => each.name === name);
  }

  // Takes the curves, and from them the lowest and the highest loss of each run where all are there.
  takeCurves(json) {
    this.hasCurves = true;
    this.hasAllCurves = json.all;
    this.curveFigure = json.figure;
    this.band = json.band;
    this.curves = new Map(json.runs.map(curve => [curve.run, new Curve(curve)]));
  }

  // The table with what the page adds to it: the ends of the curves, the distance to a baseline.
  tables(baseline) {
    const runs = [...this.runColumns];
    const at = Math.max(0, runs.findIndex(column => column.name === 'run'));
    const added = [];
    const figure = (name, heading, cells) => added.push({name, heading, kind: 'figure', decimals: this.lossColumn.decimals, cells});
    if (this.hasCurves && this.hasAllCurves && this.ids.length > 0) {
      const ends = this.ids.map(id => this.curves.get(id));
      figure('curve_lowest', 'lowest on curve', ends.map(curve => curve?.isDrawn ? curve.lowest.loss : ''));
      figure('curve_highest', 'highest on curve', ends.map(curve => curve?.isDrawn ? curve.highest.loss : ''));
    }
    const base = this.losses[this.rows.get(baseline)];
    if (Number.isFinite(base)) {
      figure('minus_baseline', 'minus baseline', this.losses.map(loss => Number.isFinite(loss) ? loss - base : ''));
    }
    runs.splice(at, 0, ...added);
    return {id: 'live', files: null, settings: this.settings, runs};
  }

  // What tells settings apart, as one text for each row of a table.
  settingsOf(columns) {
    const keys = this.keys.map(key => columns.find(column => column.name === key)).filter(column => column);
    return (columns[0]?.cells ?? []).map((_, row) => keys.map(column => String(column.cells[row])).join('\n'));
  }

  status(id) {
    return this.statuses[this.rows.get(id)] ?? '';
  }

  // The run that started last, of those that the page can know.
  get latest() {
    if (this.rows.has(this.latestRun)) return this.latestRun;
    const training = this.ids.filter((_, row) => this.statuses[row] === 'running');
    return training.at(-1) ?? '';
  }

  set latest(run) {
    this.latestRun = run;
  }

  // What a run is called where its row is not to be seen: the values that vary.
  title(id) {
    const row = this.rows.get(id);
    if (row === undefined) return id;
    const parts = this.axes.slice(0, -1).map(axis => `${axis.heading} ${axis.label(axis.values[row])}`);
    return parts.length > 0 ? `${id}: ${parts.join(', ')}` : id;
  }
}

// The losses of a run over its steps.
class Curve {
  constructor({run, steps, losses}) {
    this.run = run;
    this.steps = steps;
    this.losses = losses;
    this.lowest = {loss: Infinity, step: NaN};
    this.highest = {loss: -Infinity, step: NaN};
    losses.forEach((loss, i) => {
      if (loss === null) return;
      if (loss < this.lowest.loss) this.lowest = {loss, step: steps[i]};
      if (loss > this.highest.loss) this.highest = {loss, step: steps[i]};
      this.last = {loss, step: steps[i]};
    });
    this.isDrawn = this.last !== undefined;
  }

  // The index of the step that is nearest.
  near(step) {
    let [low, high] = [0, this.steps.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.steps[middle] < step) low = middle + 1;
      else high = middle;
    }
    return low > 0 && step - this.steps[low - 1] < this.steps[low] - step ? low - 1 : low;
  }

  // Exponential means, without the pull towards zero at the start (Kingma and Ba 2015, section 3).
  smooth(weight) {
    if (weight === 0) return this.losses;
    if (this.smoothing !== weight) {
      let [mean, sum] = [0, 0];
      this.smoothed = this.losses.map(loss => {
        if (loss === null) return null;
        mean = weight * mean + (1 - weight) * loss;
        sum = weight * sum + (1 - weight);
        return mean / sum;
      });
      this.smoothing = weight;
    }
    return this.smoothed;
  }
}
