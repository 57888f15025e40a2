'use strict';
// A brush on an axis of the parallel coordinates, drawn by the pointer.
class AxisBrush {
  static NEAR_PIXELS = 3;

  constructor(strip, chart, index) {
    Object.assign(this, {strip, chart, index});
    strip.addEventListener('pointerdown', event => this.begin(event));
    strip.addEventListener('pointermove', event => this.start !== undefined && this.drag(event));
    strip.addEventListener('pointerup', event => this.end(event));
    strip.addEventListener('pointercancel', () => this.start = undefined);
  }

  up(event) {
    return event.clientY - this.strip.getBoundingClientRect().top;
  }

  begin(event) {
    if (event.button !== 0) return;
    this.strip.setPointerCapture(event.pointerId);
    this.start = this.up(event);
    event.preventDefault();
  }

  drag(event) {
    const [top, bottom] = [Math.min(this.start, this.up(event)), Math.max(this.start, this.up(event))];
    if (bottom - top >= AxisBrush.NEAR_PIXELS) this.set(this.read(top, bottom));
  }

  // Without a drag: the brush goes, or the place of runs without a value is taken.
  end(event) {
    const up = this.up(event);
    if (this.start !== undefined && Math.abs(up - this.start) < AxisBrush.NEAR_PIXELS) {
      const axis = this.chart.axes[this.index];
      const isNone = axis.lacks && up > ParallelAxes.TOP + ParallelAxes.HEIGHT + ParallelAxes.GAP / 2;
      this.set(isNone ? {from: null, to: null, none: true} : null);
    }
    this.start = undefined;
  }

  read(top, bottom) {
    const axis = this.chart.axes[this.index];
    const end = ParallelAxes.TOP + ParallelAxes.HEIGHT;
    const share = pixel => (end - pixel) / ParallelAxes.HEIGHT;
    const none = axis.lacks && bottom > end + ParallelAxes.GAP / 2;
    if (top > end + ParallelAxes.GAP / 2) return {from: null, to: null, none};
    const near = AxisBrush.NEAR_PIXELS / ParallelAxes.HEIGHT;
    return {from: axis.at(share(bottom), near), to: axis.at(share(top), near), none};
  }

  set(brush) {
    const {page, axes} = this.chart;
    const all = {...page.state.brush};
    if (brush === null) delete all[axes[this.index].name];
    else all[axes[this.index].name] = brush;
    page.change({brush: all});
  }
}

// The brushes in words and as numbers to type.
class BrushLimits {
  constructor(page) {
    this.page = page;
    const make = RunsTable.element;
    this.said = make('div', {className: 'brushed', role: 'status'});
    this.body = make('div', {className: 'limits'});
    this.problem = make('p', {className: 'problem', role: 'status'});
    this.element = make('details', {}, make('summary', {textContent: 'limits as numbers'}), this.body, this.problem);
  }

  show(axes) {
    this.axes = axes;
    this.element.hidden = axes.length === 0;
    const shape = axes.map(axis => `${axis.name} ${axis.isOfWords} ${axis.lacks} ${axis.isOfWords ? axis.distinct.join('\n') : ''}`).join('\n');
    if (shape !== this.shape) {
      this.shape = shape;
      this.fields = axes.map((axis, i) => this.field(axis, i));
      this.body.replaceChildren(...this.fields.map(field => field.element));
    }
    this.draw();
  }

  field(axis, i) {
    const make = RunsTable.element;
    const end = (name, word) => {
      const properties = {id: `limit-${i}-${name}`, onchange: () => this.read(i)};
      const input = axis.isOfWords
        ? make('select', properties, ...['', ...axis.distinct].map(value => make('option', {value, textContent: value || word})))
        : make('input', {...properties, type: 'text', inputMode: 'decimal', autocomplete: 'off', size: 9});
      return [make('label', {htmlFor: input.id, textContent: name}), input];
    };
    const [from, to] = [end('from', 'first'), end('to', 'last')];
    const none = make('input', {type: 'checkbox', onchange: () => this.read(i)});
    const element = make('fieldset', {}, make('legend', {textContent: axis.heading}), ...from, ...to,
      ...axis.lacks ? [make('label', {}, none, ' no value')] : []);
    return {element, from: from[1], to: to[1], none};
  }

  // What was typed becomes the brush.
  read(i) {
    const axis = this.axes[i];
    const {from, to, none} = this.fields[i];
    const brush = {...this.page.state.brush};
    const limit = (input, end) => {
      const text = input.value.trim();
      return text === '' ? end : axis.isOfWords ? text : Filter.number(text);
    };
    const [low, high] = [limit(from, axis.min), limit(to, axis.max)];
    const wrong = [[from, low], [to, high]].find(([, value]) => typeof value === 'number' && isNaN(value));
    for (const input of [from, to]) input.removeAttribute('aria-invalid');
    this.problem.textContent = wrong ? `${axis.heading}: '${wrong[0].value}' is no number.` : '';
    wrong?.[0].setAttribute('aria-invalid', 'true');
    if (wrong) return;
    const isFree = from.value.trim() === '' && to.value.trim() === '';
    if (isFree && !none.checked) delete brush[axis.name];
    else brush[axis.name] = isFree ? {from: null, to: null, none: true} : {from: low, to: high, none: none.checked};
    this.page.change({brush});
  }

  // The brushes as they are now.
  draw() {
    const make = RunsTable.element;
    const {state: {brush}, experiment, visibleCount} = this.page;
    this.axes.forEach((axis, i) => {
      const {from, to, none} = this.fields[i];
      const now = brush[axis.name];
      for (const [input, value] of [[from, now?.from], [to, now?.to]]) {
        const text = value === undefined || value === null ? '' : String(value);
        if (document.activeElement !== input) input.value = text;
      }
      none.checked = now?.none === true;
    });
    const brushed = this.axes.filter(axis => brush[axis.name]);
    if (brushed.length === 0) {
      this.said.replaceChildren(this.axes.length > 0 ? 'Draw along an axis to choose runs; table and curves follow.' : '');
      return;
    }
    RunsTable.redrawn(this.said, `${visibleCount.toLocaleString('en')} of ${Scales.count(experiment.ids.length, 'run')}: `, ...brushed.map(axis => {
      const button = make('button', {
        type: 'button', className: 'chip', textContent: `${axis.heading} ${axis.describe(brush[axis.name])} ×`, onclick: () => {
          const {[axis.name]: gone, ...rest} = this.page.state.brush;
          this.page.change({brush: rest});
        },
      });
      button.setAttribute('aria-label', `take back the brush ${axis.heading} ${axis.describe(brush[axis.name])}`);
      button.dataset.key = axis.name;
      return button;
    }));
  }
}
