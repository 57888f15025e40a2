'use strict';
// The losses of runs over their steps: axes and zoom by uPlot, lines by our own drawing, which is several times faster
// for a thousand runs and leaves each run its own steps.
class CurvesChart {
  // More lines than that share one colour and shine through.
  static FEW = 30;
  // Higher losses than so many times the uniform one are cut off while most runs are far below.
  static CUT = 1.5;
  static FONT = '12px system-ui, sans-serif';

  // place: the element that takes it
  // page: what is highlighted, coloured and chosen
  // options: label, height, zoomed(limits), note(); isClosed where only its own lines are highlighted
  constructor(place, page, options) {
    this.page = page;
    this.options = options;
    this.frame = RunsTable.element('div', {className: 'curves', tabIndex: 0, role: 'application', 'aria-label': options.label});
    this.readout = RunsTable.element('p', {className: 'readout', role: 'status'});
    this.said = RunsTable.element('p', {className: 'soft'});
    place.append(this.frame, this.readout, this.said);
    this.lines = [];
    this.zoom = null;
    this.over = RunsTable.element('canvas', {className: 'overlay'});
    this.over.setAttribute('aria-hidden', 'true');
    this.pointer = new CurvesPointer(this);
    new ResizeObserver(() => this.plot && this.plot.width !== this.frame.clientWidth && this.resize()).observe(this.frame);
  }

  // lines: {curve, colour, width, dash, isChosen} from the lowest layer to the topmost
  // view: logSteps, logLosses, smoothing, zoom, figure, band, uniform, lowest
  show(lines, view) {
    this.lines = lines;
    this.view = view;
    this.zoom = view.zoom;
    this.measure();
    const kind = `${view.logSteps} ${view.logLosses} ${view.figure}`;
    if (kind !== this.kind) {
      this.kind = kind;
      this.plot?.destroy();
      this.plot = this.build();
    }
    this.plot.setData([this.whole.slice(0, 2), this.whole.slice(2)]);
    this.explain();
  }

  // The limits of what is drawn.
  measure() {
    const {logSteps, logLosses, smoothing, band, uniform, lowest} = this.view;
    let [left, right, low, high, wild] = [Infinity, -Infinity, Infinity, -Infinity, 0];
    const cut = uniform !== null && !logLosses ? CurvesChart.CUT * uniform : Infinity;
    for (const {curve} of this.lines) {
      const losses = smoothing > 0 ? curve.smooth(smoothing) : null;
      const first = curve.steps.find(step => step > 0 || !logSteps) ?? Infinity;
      left = Math.min(left, first);
      right = Math.max(right, curve.steps.at(-1) ?? -Infinity);
      for (const loss of losses ?? [curve.lowest.loss, curve.highest.loss]) {
        if (loss === null || !Number.isFinite(loss) || logLosses && loss <= 0) continue;
        if (loss < low) low = loss;
        if (loss > high) high = loss;
      }
      if (curve.highest.loss > cut) wild++;
    }
    if (band) {
      for (const loss of [...band.low, ...band.high]) {
        if (loss === null || logLosses && loss <= 0) continue;
        low = Math.min(low, loss);
        high = Math.max(high, loss);
      }
      left = Math.min(left, band.steps.find(step => step > 0 || !logSteps) ?? Infinity);
      right = Math.max(right, band.steps.at(-1) ?? -Infinity);
    }
    this.cutRuns = high > cut && low < uniform ? wild : 0;
    if (this.cutRuns > 0 || band && high > cut && low < uniform) high = cut;
    if (lowest !== null && lowest < low && (!logLosses || lowest > 0)) low = lowest;
    if (!(left < right)) [left, right] = Number.isFinite(left) ? [left, left + 1] : [logSteps ? 1 : 0, 10];
    if (!(low < high)) [low, high] = Number.isFinite(low) ? [low * 0.95, low * 1.05 + 1e-9] : [1, 4];
    const air = logLosses ? (high / low) ** 0.04 : (high - low) * 0.04;
    this.whole = [left, right, logLosses ? low / air ** 2 : low - 2 * air, logLosses ? high * air : high + air];
  }

  build() {
    const {view, view: {logSteps, logLosses}} = this;
    const axis = (isLog, space, label) => ({
      stroke: () => Colours.page('soft'), font: CurvesChart.FONT, labelFont: CurvesChart.FONT, label, labelSize: 18, labelGap: 0, gap: 6,
      grid: {stroke: () => Colours.page('faint'), width: 1}, ticks: {show: false},
      filter: (_, splits) => splits,
      splits: ({bbox}, _, min, max) => {
        const room = (space === 'x' ? bbox.width / 70 : bbox.height / 36) / devicePixelRatio;
        return Scales.marks(min, max, Math.max(2, room), isLog);
      },
      values: (_, splits) => splits.map(Scales.label),
    });
    // Mouse and buttons choose the limits; without a choice they are the data's.
    const scale = (isLog, from) => ({
      time: false, distr: isLog ? 3 : 1, auto: true, range: () => {
        const limits = (this.zoom ?? this.whole).slice(from, from + 2);
        return isLog ? limits.map(limit => limit > 0 ? limit : this.whole[from]) : limits;
      },
    });
    const plot = new uPlot({
      width: this.frame.clientWidth || 600, height: this.options.height,
      legend: {show: false}, padding: [8, 16, 0, 0],
      cursor: {
        drag: {x: true, y: true, uni: 12, setScale: false}, points: {show: false}, x: true, y: false, focus: {prox: -1},
        bind: {dblclick: () => () => this.zoomTo(null)},
      },
      scales: {x: scale(logSteps, 0), y: scale(logLosses, 2)},
      axes: [{...axis(logSteps, 'x', 'step'), size: 30}, {...axis(logLosses, 'y', view.figure.replaceAll('_', ' ')), size: 54}],
      series: [{}, {show: true, paths: () => null, points: {show: false}}],
      hooks: {draw: [() => this.draw()], setSelect: [() => this.zoomSelected()]},
    }, [[0, 1], [0, 1]], this.frame);
    plot.root.setAttribute('aria-hidden', 'true');
    plot.over.append(this.over);
    this.pointer.listen(plot.over);
    return plot;
  }

  resize() {
    this.plot.setSize({width: this.frame.clientWidth, height: this.options.height});
  }

  // Draws again, where only colours changed.
  redraw() {
    this.plot?.redraw(false, true);
  }

  // A function from values to pixels of a canvas, faster than uPlot's for each point.
  static pixels(scale, isLog, from, length, isUp) {
    const turned = isLog ? Math.log : Number;
    const [min, max] = [turned(scale.min), turned(scale.max)];
    const factor = (isUp ? -length : length) / (max - min);
    const start = (isUp ? from + length : from) - min * factor;
    return isLog ? value => value > 0 ? start + Math.log(value) * factor : NaN : value => start + value * factor;
  }

  draw() {
    const {ctx, bbox, scales} = this.plot;
    const {logSteps, logLosses, smoothing} = this.view;
    this.x = CurvesChart.pixels(scales.x, logSteps, bbox.left, bbox.width, false);
    this.y = CurvesChart.pixels(scales.y, logLosses, bbox.top, bbox.height, true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - 4, bbox.top, bbox.width + 8, bbox.height);
    ctx.clip();
    ctx.lineJoin = 'round';
    this.drawBand(ctx);
    if (smoothing > 0) this.lines.forEach(line => this.stroke(ctx, line, line.curve.losses, 0.25));
    this.lines.forEach(line => this.stroke(ctx, line, line.curve.smooth(smoothing), 1));
    this.drawMark(ctx, 'uniform', this.view.uniform);
    this.drawMark(ctx, 'lowest possible', this.view.lowest);
    ctx.restore();
    this.drawOver();
  }

  stroke(ctx, line, losses, strength, x = this.x, y = this.y) {
    const {steps} = line.curve;
    ctx.strokeStyle = line.colour;
    ctx.lineWidth = line.width * devicePixelRatio;
    ctx.globalAlpha = line.alpha * strength;
    ctx.setLineDash((line.dash ?? []).map(each => each * devicePixelRatio));
    ctx.beginPath();
    let isDown = false;
    for (let i = 0; i < steps.length; i++) {
      const [across, up] = [x(steps[i]), losses[i] === null ? NaN : y(losses[i])];
      if (isNaN(across) || isNaN(up)) isDown = false;
      else if (isDown) ctx.lineTo(across, up);
      else {
        ctx.moveTo(across, up);
        // A run of one loss is a dot.
        if (losses[i + 1] === undefined || losses[i + 1] === null) ctx.arc(across, up, 2 * devicePixelRatio, 0, 7);
        isDown = true;
      }
    }
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  drawBand(ctx) {
    const band = this.view.band;
    if (!band) return;
    const points = band.steps.map((_, i) => i).filter(i => band.low[i] !== null && band.high[i] !== null && !isNaN(this.x(band.steps[i])));
    ctx.beginPath();
    points.forEach(i => ctx.lineTo(this.x(band.steps[i]), this.y(band.high[i])));
    points.reverse().forEach(i => ctx.lineTo(this.x(band.steps[i]), this.y(band.low[i])));
    ctx.fillStyle = Colours.page('band');
    ctx.fill();
    this.stroke(ctx, {curve: band, colour: Colours.page('soft'), width: 1.5, alpha: 1, dash: [2, 3]}, band.median, 1);
  }

  drawMark(ctx, name, loss) {
    const {bbox} = this.plot;
    if (loss === null || this.view.logLosses && loss <= 0) return;
    const up = this.y(loss);
    if (up < bbox.top || up > bbox.top + bbox.height) return;
    ctx.strokeStyle = ctx.fillStyle = Colours.page('soft');
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, up);
    ctx.lineTo(bbox.left + bbox.width, up);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = 'right';
    const isBelow = up - bbox.top < 20 * devicePixelRatio || name !== 'uniform' && bbox.top + bbox.height - up > 18 * devicePixelRatio;
    ctx.textBaseline = isBelow ? 'top' : 'bottom';
    const text = `${name} ${Scales.loss(loss)}`;
    const right = bbox.left + bbox.width - 4 * devicePixelRatio;
    ctx.lineWidth = 4 * devicePixelRatio;
    ctx.strokeStyle = Colours.page('ground');
    ctx.strokeText(text, right, up + (isBelow ? 3 : -3) * devicePixelRatio);
    ctx.fillText(text, right, up + (isBelow ? 3 : -3) * devicePixelRatio);
  }

  // What is highlighted lies above the lines, so that nothing else has to be drawn again.
  drawOver() {
    if (!this.plot) return;
    const {bbox} = this.plot;
    [this.over.width, this.over.height] = [bbox.width, bbox.height];
    const ctx = this.over.getContext('2d');
    const [x, y] = [value => this.x(value) - bbox.left, value => this.y(value) - bbox.top];
    const shown = this.options.isClosed
      ? this.page.highlighted.filter(id => this.lines.some(line => line.curve.run === id)) : this.page.highlighted;
    if (shown.length === 0) return;
    ctx.fillStyle = Colours.page('ground');
    ctx.globalAlpha = 0.6;
    ctx.fillRect(0, 0, bbox.width, bbox.height);
    ctx.globalAlpha = 1;
    for (const id of shown) {
      const curve = this.page.experiment.curves.get(id);
      if (curve) {
        const line = {curve, colour: this.page.colour(id), width: 2.5, alpha: 1};
        this.stroke(ctx, line, curve.smooth(this.view.smoothing), 1, x, y);
      }
    }
    this.pointer.drawPoint(ctx, x, y);
  }

  zoomSelected() {
    const {left, top, width, height} = this.plot.select;
    if (width < 4 && height < 4) return;
    const [minX, maxX, minY, maxY] = this.limits();
    const [w, h] = [this.plot.over.clientWidth, this.plot.over.clientHeight];
    const isWhole = [width < 4 || width >= w - 1, height < 4 || height >= h - 1];
    const x = [left, left + width].map(pixel => this.plot.posToVal(pixel, 'x'));
    const y = [top + height, top].map(pixel => this.plot.posToVal(pixel, 'y'));
    this.plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
    this.zoomTo([...isWhole[0] ? [minX, maxX] : x, ...isWhole[1] ? [minY, maxY] : y]);
  }

  limits() {
    const {x, y} = this.plot.scales;
    return [x.min, x.max, y.min, y.max];
  }

  // Towards the middle, or away from it.
  zoomBy(factor) {
    const by = (min, max, isLog) => {
      const [a, b] = isLog ? [Math.log(min), Math.log(max)] : [min, max];
      const half = (b - a) / 2 * factor;
      const ends = [(a + b) / 2 - half, (a + b) / 2 + half];
      return isLog ? ends.map(Math.exp) : ends;
    };
    const [left, right, low, high] = this.limits();
    const wanted = [...by(left, right, this.view.logSteps), ...by(low, high, this.view.logLosses)];
    const inside = wanted.map((limit, i) => i % 2 === 0 ? Math.max(limit, this.whole[i]) : Math.min(limit, this.whole[i]));
    this.zoomTo(inside.every((limit, i) => limit === this.whole[i]) ? null : inside);
  }

  zoomTo(limits) {
    this.zoom = limits;
    this.plot.setData(this.plot.data);
    this.options.zoomed?.(limits);
  }

  explain() {
    const parts = [this.options.note?.() ?? ''];
    if (this.cutRuns > 0 && !this.zoom) {
      const above = Scales.label(Number((CurvesChart.CUT * this.view.uniform).toPrecision(2)));
      parts.push(`Losses above ${above} are cut off (${Scales.count(this.cutRuns, 'run')}); a logarithmic axis shows them.`);
    }
    if (this.view.logSteps) parts.push('Step 0 has no place on a logarithmic axis.');
    this.said.textContent = parts.filter(part => part !== '').join(' ');
  }
}
