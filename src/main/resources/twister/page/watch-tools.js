'use strict';
// What may be changed on the chart of the curves.
class CurveTools {
  constructor(place, page) {
    this.page = page;
    const make = RunsTable.element;
    const box = (key, label) => {
      const input = make('input', {type: 'checkbox', onchange: () => page.change({[key]: input.checked, ...key === 'follow' ? {} : {zoom: null}})});
      return {key, input, element: make('label', {}, input, ` ${label}`)};
    };
    this.boxes = [box('logSteps', 'steps logarithmic'), box('logLosses', 'losses logarithmic'), box('follow', 'follow the latest run')];
    this.smoothing = make('input', {
      type: 'range', id: 'smoothing', min: 0, max: 0.98, step: 0.02, oninput: () => page.change({smoothing: Number(this.smoothing.value)}),
    });
    this.weight = make('output', {'aria-live': 'off'});
    const button = (label, onclick, name = label) => {
      const made = make('button', {type: 'button', textContent: label, onclick});
      made.setAttribute('aria-label', name);
      return made;
    };
    this.whole = button('whole', () => page.curves.zoomTo(null), 'show the whole curves');
    this.empty = make('p', {className: 'soft', role: 'status'});
    const label = make('label', {htmlFor: 'smoothing', textContent: 'smoothing '});
    const zooms = [button('+', () => page.curves.zoomBy(0.5), 'zoom in'), ' ', button('−', () => page.curves.zoomBy(2), 'zoom out')];
    place.append(...this.boxes.map(each => each.element),
      make('span', {className: 'slider'}, label, this.smoothing, ' ', this.weight),
      make('span', {role: 'group', 'aria-label': 'zoom'}, ...zooms, ' ', this.whole));
    place.after(this.empty);
  }

  draw() {
    const {state} = this.page;
    for (const {key, input} of this.boxes) input.checked = state[key];
    this.smoothing.value = state.smoothing;
    this.weight.textContent = state.smoothing === 0 ? 'off' : state.smoothing.toFixed(2);
    this.whole.disabled = state.zoom === null;
  }

  said(sentence) {
    if (this.empty.textContent !== sentence) this.empty.textContent = sentence;
    this.empty.hidden = sentence === '';
  }
}
