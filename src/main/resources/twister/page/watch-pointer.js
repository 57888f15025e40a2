'use strict';
// Which run and step of a chart of curves is looked at, by the pointer or the arrow keys.
class CurvesPointer {
  static REACH_PIXELS = 30;

  constructor(chart) {
    this.chart = chart;
    const {frame} = chart;
    frame.addEventListener('keydown', event => this.press(event));
    frame.addEventListener('blur', () => this.look(null));
    frame.addEventListener('pointerdown', () => this.isDragging = true);
    addEventListener('pointerup', () => this.isDragging = false);
  }

  listen(over) {
    over.addEventListener('pointermove', event => {
      if (!this.isDragging) this.look(this.nearest(event.offsetX, event.offsetY));
    });
    over.addEventListener('pointerleave', () => this.look(null));
    over.addEventListener('click', event => {
      const found = this.nearest(event.offsetX, event.offsetY);
      if (found && !this.wasZoomed()) this.chart.page.toggle(found.curve.run);
    });
  }

  // A click that ends a drag is none.
  wasZoomed() {
    const zoom = this.chart.zoom;
    const was = zoom !== this.zoomBefore;
    this.zoomBefore = zoom;
    return was;
  }

  // The point that is nearest to a place, in pixels of the style sheet.
  nearest(left, top) {
    const {chart} = this;
    const {plot, view, lines} = chart;
    if (!plot || !chart.x) return null;
    const step = plot.posToVal(left, 'x');
    const [dx, dy] = [plot.bbox.left, plot.bbox.top];
    let best = null;
    let least = CurvesPointer.REACH_PIXELS * devicePixelRatio;
    for (const {curve} of lines) {
      const index = curve.near(step);
      const loss = curve.smooth(view.smoothing)[index];
      if (loss === null || loss === undefined) continue;
      const away = Math.hypot(chart.y(loss) - dy - top * devicePixelRatio, (chart.x(curve.steps[index]) - dx - left * devicePixelRatio) / 2);
      if (away < least) [best, least] = [{curve, index}, away];
    }
    return best;
  }

  look(point) {
    this.zoomBefore = this.chart.zoom;
    if (point === null && this.point === null) return;
    this.point = point;
    this.chart.readout.textContent = point ? this.text(point) : '';
    this.chart.page.highlight(point ? [point.curve.run] : []);
  }

  text({curve, index}) {
    const {view, page} = this.chart;
    const loss = curve.losses[index];
    const parts = [`step ${Scales.label(curve.steps[index])}: ${Scales.loss(loss ?? NaN)}`];
    if (view.smoothing > 0 && loss !== null) parts[0] += ` (smoothed ${Scales.loss(curve.smooth(view.smoothing)[index])})`;
    const base = page.experiment.curves.get(page.state.baseline);
    if (base && base !== curve && loss !== null) {
      const other = base.losses[base.near(curve.steps[index])];
      if (other !== null && other !== undefined) parts.push(`${Scales.signed(loss - other)} to the baseline`);
    }
    parts.push(`lowest ${Scales.loss(curve.lowest.loss)} at ${Scales.label(curve.lowest.step)}`, `last ${Scales.loss(curve.last.loss)}`);
    return `${page.experiment.title(curve.run)} · ${parts.join(', ')}`;
  }

  drawPoint(ctx, x, y) {
    if (!this.point || !this.chart.page.highlighted.includes(this.point.curve.run)) return;
    const {curve, index} = this.point;
    const loss = curve.smooth(this.chart.view.smoothing)[index];
    if (loss === null || loss === undefined) return;
    ctx.fillStyle = this.chart.page.colour(curve.run);
    ctx.beginPath();
    ctx.arc(x(curve.steps[index]), y(loss), 4.5 * devicePixelRatio, 0, 7);
    ctx.fill();
  }

  // Left and right go along a run, up and down to its neighbours at the step.
  press(event) {
    const {chart} = this;
    const zooms = {'+': () => chart.zoomBy(0.5), '-': () => chart.zoomBy(2), 0: () => chart.zoomTo(null)};
    if (event.ctrlKey || event.metaKey || event.altKey || !chart.plot) return;
    if (zooms[event.key]) zooms[event.key]();
    else if (event.key === 'Enter' || event.key === ' ') this.point && chart.page.toggle(this.point.curve.run);
    else if (event.key === 'Escape') this.look(null);
    else if (/^Arrow(Left|Right|Up|Down)$/.test(event.key)) this.look(this.moved(event.key));
    else return;
    event.preventDefault();
  }

  moved(key) {
    const lines = this.chart.lines.filter(line => line.curve.isDrawn);
    if (lines.length === 0) return null;
    const now = this.point && lines.some(line => line.curve.run === this.point.curve.run) ? this.point : null;
    if (!now) {
      const best = lines.reduce((a, b) => b.curve.last.loss < a.curve.last.loss ? b : a).curve;
      return {curve: best, index: best.steps.length - 1};
    }
    if (key === 'ArrowLeft') return {curve: now.curve, index: Math.max(0, now.index - 1)};
    if (key === 'ArrowRight') return {curve: now.curve, index: Math.min(now.curve.steps.length - 1, now.index + 1)};
    const step = now.curve.steps[now.index];
    const at = lines.map(({curve}) => ({curve, index: curve.near(step)}))
      .filter(({curve, index}) => curve.losses[index] !== null)
      .sort((a, b) => a.curve.losses[a.index] - b.curve.losses[b.index]);
    const place = at.findIndex(({curve}) => curve.run === now.curve.run);
    if (place < 0) return at[0] ?? now;
    return at[Math.min(at.length - 1, Math.max(0, place + (key === 'ArrowUp' ? 1 : -1)))];
  }
}
