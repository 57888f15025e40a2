'use strict';
// The mean loss against two keys, which fills up while runs finish.
class LossHeatmap {
  // More values than that are gathered into ranges.
  static MOST = 40;
  static RANGES = 24;

  constructor(place, page) {
    this.page = page;
    const make = RunsTable.element;
    this.choices = ['y', 'x'].map((axis, i) => make('select', {
      id: `heat-${axis}`, onchange: () => page.change({heat: this.choices.map(each => each.value)}),
    }));
    this.tools = make('div', {className: 'tools'},
      make('label', {htmlFor: 'heat-y', textContent: 'rows'}), this.choices[0],
      make('label', {htmlFor: 'heat-x', textContent: 'columns'}), this.choices[1]);
    this.empty = make('p', {className: 'soft'});
    this.body = make('div');
    this.legend = make('p', {className: 'legend ramp'});
    place.append(this.tools, this.empty, this.body, this.legend);
    this.grid = new ColourGrid(this.body, {
      label: 'mean loss',
      entered: (row, column) => page.highlight(this.cells[row][column].runs),
      left: () => page.highlight([]),
      chosen: (row, column) => this.choose(row, column),
    });
    new ResizeObserver(() => this.axes && this.grid.scroll.clientWidth !== this.grid.width && this.draw()).observe(this.body);
  }

  update() {
    this.experiment = this.page.experiment;
    const axes = this.experiment.axes.slice(0, -1).filter(axis => axis.distinct.length > 1);
    const isEnough = axes.length > 1;
    document.querySelector('.panels').classList.toggle('alone', !isEnough);
    this.tools.hidden = this.body.hidden = this.legend.hidden = !isEnough;
    this.empty.textContent = isEnough ? '' : axes.length === 1
      ? `Only ${axes[0].heading} varies; a heatmap needs two settings.`
      : 'No setting varies; a heatmap needs two.';
    this.axes = null;
    if (!isEnough) return;
    const names = axes.map(axis => axis.name);
    const [y, x] = this.page.state.heat;
    const chosen = names.includes(y) && names.includes(x) && x !== y ? [y, x] : [names[1], names[0]];
    this.choices.forEach((choice, i) => {
      if (choice.options.length !== axes.length || [...choice.options].some((option, at) => option.value !== names[at])) {
        choice.replaceChildren(...axes.map(axis => RunsTable.element('option', {value: axis.name, textContent: axis.heading})));
      }
      choice.value = chosen[i];
    });
    this.axes = chosen.map(name => axes.find(axis => axis.name === name));
    this.draw();
  }

  // The places of an axis: its values, or ranges of them.
  static places(axis) {
    if (axis.isOfWords || axis.distinct.length <= LossHeatmap.MOST) {
      const labels = axis.labels(axis.distinct);
      const places = axis.distinct.map((value, i) => ({label: labels[i], from: value, to: value}));
      const at = new Map(axis.distinct.map((value, i) => [value, i]));
      return {places, find: value => at.get(value)};
    }
    const count = LossHeatmap.RANGES;
    const edges = Array.from({length: count + 1}, (_, i) => i === count ? axis.max : axis.at(i / count));
    const labels = axis.labels(edges);
    const places = edges.slice(1).map((to, i) => ({label: labels[i], end: labels[i + 1], from: edges[i], to}));
    return {places, find: value => Math.min(count - 1, Math.floor(axis.share(value) * count))};
  }

  draw() {
    const {experiment, axes: [y, x]} = this;
    const [rows, columns] = [LossHeatmap.places(y), LossHeatmap.places(x)];
    this.places = [rows.places.toReversed(), columns.places];
    const cells = rows.places.map(() => columns.places.map(() => ({runs: [], sum: 0, count: 0})));
    experiment.ids.forEach((id, row) => {
      const [at, across] = [rows.find(y.values[row]), columns.find(x.values[row])];
      if (at === undefined || across === undefined || y.values[row] === null || x.values[row] === null) return;
      const cell = cells[at][across];
      cell.runs.push(id);
      if (Number.isFinite(experiment.losses[row])) {
        cell.sum += experiment.losses[row];
        cell.count++;
      }
    });
    this.cells = cells.toReversed();
    const means = cells.flat().filter(cell => cell.count > 0).map(cell => cell.sum / cell.count).sort((a, b) => a - b);
    this.low = means[0];
    this.high = LossHeatmap.cap(means, experiment.uniform);
    this.grid.show({
      rows: this.places[0].map(place => place.label), columns: columns.places.map(place => place.label),
      cells: this.cells.map((line, row) => line.map((cell, column) => this.shown(cell, this.places[0][row], columns.places[column]))),
    });
    this.explain(means);
  }

  // What is far above the loss of a uniform model gets the colour of that, so that the others differ.
  static cap(means, uniform) {
    const high = means.at(-1);
    return uniform !== null && uniform > means[0] && high > 1.05 * uniform ? uniform : high;
  }

  shown(cell, row, column) {
    const [y, x] = this.axes;
    const range = (axis, place) => `${axis.heading} ${place.end === undefined ? place.label : `${place.label} to ${place.end}`}`;
    const where = `${range(y, row)}, ${range(x, column)}`;
    const isMarked = this.isBrushed(y, row) && this.isBrushed(x, column) && (this.page.state.brush[y.name] || this.page.state.brush[x.name]);
    if (cell.runs.length === 0) return {colour: null, text: '', label: `${where}: no run`, isMarked};
    if (cell.count === 0) {
      return {colour: null, text: '–', label: `${where}: ${Scales.count(cell.runs.length, 'run')} without a loss`, isMarked, lacks: true};
    }
    const mean = cell.sum / cell.count;
    // The root tells apart what is near the best, however bad the worst is.
    const share = this.high > this.low ? 1 - Math.sqrt((Math.min(mean, this.high) - this.low) / (this.high - this.low)) : 1;
    const of = cell.count === cell.runs.length ? Scales.count(cell.count, 'run') : `${cell.count} of ${Scales.count(cell.runs.length, 'run')}`;
    const text = mean < 1000 ? mean.toFixed(3) : mean.toExponential(1);
    return {colour: Colours.sequential(share), text, label: `${where}: ${Scales.loss(mean)}, ${of}`, isMarked};
  }

  isBrushed(axis, place) {
    const brush = this.page.state.brush[axis.name];
    return !brush || brush.from !== null && place.from >= brush.from && place.to <= brush.to;
  }

  explain(means) {
    const {low, high, experiment: {lossColumn}} = this;
    if (means.length === 0) {
      this.legend.textContent = 'No run has a loss yet.';
      return;
    }
    const bar = RunsTable.element('span', {className: 'bar'});
    bar.setAttribute('aria-hidden', 'true');
    this.legend.replaceChildren(`mean ${lossColumn.heading || lossColumn.name}: ${Scales.loss(high)}${high < means.at(-1) ? ' or more' : ''} `, bar,
      ` ${Scales.loss(low)}, lower is better; shades are finer near the best. Choose a cell to brush it.`
      + (this.places.some(places => places[0].end !== undefined) ? ' Values are gathered into ranges, which begin at their labels.' : ''));
  }

  // Brushes the values of a cell, or takes that back.
  choose(row, column) {
    const brush = {...this.page.state.brush};
    const places = [this.places[0][row], this.places[1][column]];
    const isSame = this.axes.every((axis, i) => brush[axis.name]?.from === places[i].from && brush[axis.name]?.to === places[i].to);
    this.axes.forEach((axis, i) => {
      if (isSame) delete brush[axis.name];
      else brush[axis.name] = {from: places[i].from, to: places[i].to, none: false};
    });
    this.page.change({brush});
  }
}
