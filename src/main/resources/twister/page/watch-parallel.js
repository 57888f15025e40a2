'use strict';
// Settings against the loss: a line for each run through an axis for each key, with brushes.
class ParallelAxes {
  static TOP = 14;
  static HEIGHT = 290;
  // Runs without a value stand below the axis.
  static GAP = 30;
  static SIDE = 64;
  static AXIS_PIXELS = 104;
  static SHADES = 12;
  static REACH_PIXELS = 12;

  constructor(place, page) {
    this.page = page;
    const make = RunsTable.element;
    this.canvas = make('canvas', {role: 'img'});
    this.over = make('canvas', {className: 'overlay'});
    this.over.setAttribute('aria-hidden', 'true');
    this.strips = make('div', {className: 'strips'});
    this.frame = make('div', {className: 'parallel'}, this.canvas, this.over, this.strips);
    this.frame.style.height = `${this.height + 40}px`;
    this.scroll = make('div', {className: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'parallel coordinates'}, this.frame);
    this.empty = make('p', {className: 'soft'});
    this.readout = make('p', {className: 'readout', role: 'status'});
    this.limits = new BrushLimits(page);
    place.append(this.empty, this.limits.said, this.scroll, this.readout, this.limits.element);
    this.frame.addEventListener('pointermove', event => this.hover(event));
    this.frame.addEventListener('pointerleave', () => this.look(null));
    this.frame.addEventListener('click', event => {
      const row = event.target === this.strips || event.target === this.over ? this.nearest(event) : null;
      if (row !== null) page.toggle(page.experiment.ids[row]);
    });
    new ResizeObserver(() => this.isEnough && this.scroll.clientWidth !== this.width && this.lay()).observe(this.scroll);
  }

  get height() {
    return ParallelAxes.TOP + ParallelAxes.HEIGHT + ParallelAxes.GAP + 8;
  }

  // The data changed.
  update() {
    const {experiment} = this.page;
    this.axes = experiment.axes.filter(axis => axis.distinct.length > 0);
    const isEnough = this.isEnough = this.axes.length > 1;
    this.empty.textContent = isEnough ? '' : experiment.ids.length === 0 ? 'There is no run yet.'
      : experiment.keyColumns.length === 0 ? 'No setting varies, so there is nothing to set against the loss.' : 'No run has a loss yet.';
    this.scroll.hidden = !isEnough;
    this.limits.show(isEnough ? this.axes : []);
    if (!isEnough) return;
    const bottom = ParallelAxes.TOP + ParallelAxes.HEIGHT;
    this.ups = this.axes.map(axis => {
      const known = new Map(axis.distinct.map(value => [value, bottom - axis.share(value) * ParallelAxes.HEIGHT]));
      return Float32Array.from(axis.values, value => value === null ? bottom + ParallelAxes.GAP : known.get(value));
    });
    this.shades = this.shadesOf(experiment);
    this.lay();
  }

  // The share of runs that are better decides how strong a line is; that has no wild values.
  shadesOf({losses}) {
    const ranked = losses.map((loss, row) => [loss, row]).filter(([loss]) => Number.isFinite(loss)).sort((a, b) => a[0] - b[0]);
    const shades = new Uint8Array(losses.length);
    ranked.forEach(([, row], i) => shades[row] = ParallelAxes.SHADES - 1 - Math.floor(i / ranked.length * ParallelAxes.SHADES));
    return shades;
  }

  // Gives canvases and axes their places.
  lay() {
    this.width = this.scroll.clientWidth;
    const wide = Math.max(this.width, this.axes.length * ParallelAxes.AXIS_PIXELS);
    this.frame.style.width = `${wide}px`;
    const space = (wide - 2 * ParallelAxes.SIDE) / (this.axes.length - 1);
    this.across = this.axes.map((_, i) => ParallelAxes.SIDE + i * space);
    for (const canvas of [this.canvas, this.over]) {
      const size = [wide * devicePixelRatio, this.height * devicePixelRatio].map(Math.round);
      if (canvas.width !== size[0] || canvas.height !== size[1]) [canvas.width, canvas.height] = size;
      canvas.style.width = `${wide}px`;
      canvas.style.height = `${this.height}px`;
    }
    this.layStrips();
    this.draw();
  }

  layStrips() {
    const names = this.axes.map(axis => axis.name).join('\n');
    if (names !== this.names) {
      this.names = names;
      this.strips.replaceChildren(...this.axes.flatMap((axis, i) => {
        const strip = RunsTable.element('div', {className: 'strip'});
        const title = RunsTable.element('span', {className: 'axis-name', title: axis.name, textContent: axis.heading});
        new AxisBrush(strip, this, i);
        return [strip, title];
      }));
    }
    [...this.strips.children].forEach((element, i) => element.style.left = `${this.across[i >> 1]}px`);
  }

  context(canvas) {
    const ctx = canvas.getContext('2d');
    ctx.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    return ctx;
  }

  // Draws lines, axes and brushes.
  draw() {
    const {experiment, visible} = this.page;
    const ctx = this.context(this.canvas);
    const groups = Array.from({length: ParallelAxes.SHADES + 1}, () => []);
    for (let row = 0; row < experiment.ids.length; row++) groups[visible[row] ? this.shades[row] + 1 : 0].push(row);
    groups.forEach((rows, shade) => {
      ctx.strokeStyle = shade === 0 ? Colours.page('faint') : Colours.sequential(0.25 + 0.75 * (shade - 1) / (ParallelAxes.SHADES - 1));
      ctx.lineWidth = 1;
      this.segments(ctx, rows);
    });
    for (const id of this.page.marked) this.line(ctx, experiment.rows.get(id), this.page.colour(id), 2);
    this.axes.forEach((axis, i) => this.drawAxis(ctx, axis, this.across[i]));
    const through = this.axes.map(axis => axis.heading).join(', ');
    this.canvas.setAttribute('aria-label', `${Scales.count(experiment.ids.length, 'run')} as lines through the axes ${through}; `
      + `${this.page.visibleCount} of them are shown. The limits below choose runs.`);
    this.drawOver();
  }

  // Lines of a colour; a piece between two axes that many runs share is drawn once.
  segments(ctx, rows) {
    ctx.beginPath();
    for (let i = 1; i < this.axes.length; i++) {
      const [left, right] = [this.ups[i - 1], this.ups[i]];
      const drawn = new Set();
      for (const row of rows) {
        const key = Math.round(left[row] * 2) * 4096 + Math.round(right[row] * 2);
        if (drawn.has(key)) continue;
        drawn.add(key);
        ctx.moveTo(this.across[i - 1], left[row]);
        ctx.lineTo(this.across[i], right[row]);
      }
    }
    ctx.stroke();
  }

  line(ctx, row, colour, width) {
    if (row === undefined) return;
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.lineJoin = 'round';
    ctx.beginPath();
    this.across.forEach((x, i) => ctx.lineTo(x, this.ups[i][row]));
    ctx.stroke();
  }

  drawAxis(ctx, axis, x) {
    const [top, bottom] = [ParallelAxes.TOP, ParallelAxes.TOP + ParallelAxes.HEIGHT];
    ctx.strokeStyle = Colours.page('soft');
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
    const brush = this.page.state.brush[axis.name];
    if (brush) this.drawBrush(ctx, axis, brush, x);
    const text = (label, y) => {
      ctx.lineWidth = 3;
      ctx.strokeStyle = Colours.page('ground');
      ctx.fillStyle = Colours.page('ink');
      ctx.font = '12px system-ui, sans-serif';
      ctx.textBaseline = 'middle';
      const short = label.length > 13 ? `${label.slice(0, 12)}…` : label;
      const isLast = x === this.across.at(-1);
      ctx.textAlign = isLast ? 'left' : 'right';
      ctx.strokeText(short, x + (isLast ? 6 : -6), y);
      ctx.fillText(short, x + (isLast ? 6 : -6), y);
    };
    const marks = axis.marks(12, 14 / ParallelAxes.HEIGHT);
    const labels = axis.labels(marks);
    marks.forEach((value, i) => text(labels[i], bottom - axis.share(value) * ParallelAxes.HEIGHT));
    if (axis.lacks) text('no value', bottom + ParallelAxes.GAP);
  }

  drawBrush(ctx, axis, brush, x) {
    const bottom = ParallelAxes.TOP + ParallelAxes.HEIGHT;
    ctx.fillStyle = Colours.page('accent');
    const box = (from, to) => {
      ctx.globalAlpha = 0.3;
      ctx.fillRect(x - 7, to - 3, 14, from - to + 6);
      ctx.globalAlpha = 1;
      ctx.strokeStyle = Colours.page('accent');
      ctx.strokeRect(x - 7, to - 3, 14, from - to + 6);
    };
    const up = value => bottom - Math.min(1, Math.max(0, axis.share(value))) * ParallelAxes.HEIGHT;
    if (brush.from !== null && !axis.isOfWords) box(up(brush.from), up(brush.to));
    else if (brush.from !== null) {
      const held = axis.distinct.filter(value => value >= brush.from && value <= brush.to);
      if (held.length > 0) box(up(held[0]), up(held.at(-1)));
    }
    if (brush.none) box(bottom + ParallelAxes.GAP, bottom + ParallelAxes.GAP);
  }

  drawOver() {
    if (!this.isEnough) return;
    const ctx = this.context(this.over);
    for (const id of this.page.highlighted) this.line(ctx, this.page.experiment.rows.get(id), this.page.colour(id), 3);
  }

  hover(event) {
    if (event.buttons === 0) this.look(event.target.className === 'strip' ? null : this.nearest(event));
  }

  // The visible run whose line is nearest to the pointer.
  nearest(event) {
    const box = this.frame.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const right = this.across.findIndex(each => each >= x);
    if (right < 1) return null;
    const share = (x - this.across[right - 1]) / (this.across[right] - this.across[right - 1]);
    let [best, least] = [null, ParallelAxes.REACH_PIXELS];
    for (let row = 0; row < this.page.experiment.ids.length; row++) {
      if (!this.page.visible[row]) continue;
      const away = Math.abs(this.ups[right - 1][row] * (1 - share) + this.ups[right][row] * share - y);
      if (away < least) [best, least] = [row, away];
    }
    return best;
  }

  look(row) {
    if (row === (this.row ?? null)) return;
    this.row = row;
    const {experiment} = this.page;
    this.readout.textContent = row === null ? '' : `${experiment.title(experiment.ids[row])} · ${Scales.loss(experiment.losses[row])}`;
    this.page.highlight(row === null ? [] : [experiment.ids[row]]);
  }
}
