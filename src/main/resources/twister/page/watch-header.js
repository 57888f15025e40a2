'use strict';
// The top of the page: which experiment, its question, states, time left and answer.
class PageHeader {
  constructor(page) {
    this.page = page;
    this.at = id => document.getElementById(id);
    addEventListener('click', event => event.target.closest('#choice') || this.at('choice').removeAttribute('open'));
    addEventListener('keydown', event => {
      const choice = this.at('choice');
      if (event.key === 'Escape' && choice.open) {
        choice.open = false;
        choice.firstElementChild.focus();
      }
    });
  }

  static states(states) {
    return Object.entries(states).filter(([, number]) => number > 0).map(([state, number]) => `${number.toLocaleString('en')} ${state}`).join(', ');
  }

  // The experiments to choose from.
  choices(experiments) {
    const make = RunsTable.element;
    const {state} = this.page;
    this.at('choice').hidden = experiments.length === 0;
    const others = experiments.filter(each => each.training && each.name !== state.experiment).length;
    this.at('choice').firstElementChild.textContent = Scales.count(experiments.length, 'experiment')
      + (others > 0 ? `, ${others.toLocaleString('en')} more in training` : '');
    RunsTable.redrawn(this.at('experiments'), ...experiments.map(each => {
      const said = Object.assign(Object.create(AddressState.prototype), structuredClone(AddressState.EMPTY), {experiment: each.name});
      const link = make('a', {href: said.text, onclick: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.at('choice').open = false;
        this.page.choose(each.name);
      }}, make('strong', {textContent: each.name}), make('span', {textContent: each.problem ?? (PageHeader.states(each.states) || 'no runs yet')}),
      make('span', {textContent: (each.best ?? null) === null ? '' : `best ${each.figure.replaceAll('_', ' ')} ${Scales.loss(each.best)}`}));
      if (each.name === state.experiment) link.setAttribute('aria-current', 'page');
      link.dataset.key = each.name;
      return make('li', {className: each.training ? 'training' : ''}, link);
    }));
  }

  // The experiment that is shown.
  show(experiment) {
    const make = RunsTable.element;
    document.title = `${experiment.name} – twister watch`;
    this.at('name').textContent = experiment.name;
    this.at('question').textContent = experiment.question;
    this.at('states').replaceChildren(...Object.entries(experiment.states).filter(([, number]) => number > 0)
      .map(([state, number]) => make('li', {className: `status-${state}`, textContent: `${number.toLocaleString('en')} ${state}`})));
    this.at('left').textContent = experiment.left === null ? '' : `About ${Scales.duration(experiment.left)} left.`;
    const stopped = text => /[.!?]$/.test(text) ? text : `${text}.`;
    const answer = this.at('answer');
    // The name of a column stays as it is.
    const begun = text => /^\w*[_.-]/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
    const remarks = [...experiment.remarks, ...experiment.missing === null ? [] : [experiment.missing]].map(stopped).map(begun);
    const sentences = [...experiment.answer.map(text => ['', text]),
      ...remarks.filter(text => !experiment.answer.includes(text)).map(text => ['remark', text])];
    answer.hidden = sentences.length === 0;
    answer.replaceChildren(...sentences.map(([className, textContent]) => make('p', {className, textContent})));
  }

  // There is no experiment to show.
  clear() {
    this.at('answer').hidden = true;
    ['states', 'question', 'left'].forEach(id => this.at(id).replaceChildren());
  }

  connection(sentence, hasEnded, again) {
    const place = this.at('connection');
    place.replaceChildren(sentence);
    place.className = sentence === '' ? '' : 'remark';
    if (hasEnded) place.append(' ', RunsTable.element('button', {type: 'button', textContent: 'connect again', onclick: again}));
  }

  problem(sentence) {
    const place = this.at('problem');
    if (place.textContent !== sentence) place.textContent = sentence;
    place.className = sentence === '' ? '' : 'remark';
  }

  loading(sentence) {
    this.at('loading').textContent = sentence;
    this.at('loading').hidden = sentence === '';
  }
}

// The chosen runs, at the bottom of the window wherever the reader is.
class ChoiceBar {
  static MOST = 8;

  constructor(page) {
    this.page = page;
    this.place = document.getElementById('choices');
  }

  draw() {
    const make = RunsTable.element;
    const {page, page: {chosen}} = this;
    this.place.hidden = chosen.length === 0;
    document.body.classList.toggle('has-choices', chosen.length > 0);
    const button = (key, textContent, onclick) => {
      const made = make('button', {type: 'button', textContent, onclick});
      made.dataset.key = key;
      return made;
    };
    RunsTable.redrawn(this.place, ...chosen.slice(0, ChoiceBar.MOST).map(id => {
      const swatch = make('span', {className: 'swatch'});
      swatch.style.background = page.colour(id);
      const chip = make('button', {
        type: 'button', className: 'chip', title: page.experiment.title(id), onclick: () => page.toggle(id),
      }, swatch, `${id} ×`);
      chip.setAttribute('aria-label', `leave out ${id}`);
      chip.dataset.key = `chip ${id}`;
      chip.onpointerenter = chip.onfocus = () => page.highlight([id]);
      chip.onpointerleave = chip.onblur = () => page.highlight([]);
      return chip;
    }), chosen.length > ChoiceBar.MOST ? `and ${chosen.length - ChoiceBar.MOST} more` : '',
    chosen.length === 1 && page.state.baseline !== chosen[0] ? button('pin', 'pin as baseline', () => page.pin(chosen[0])) : '',
    button('compare', chosen.length > 1 ? `compare ${chosen.length} runs` : 'look at the run', () => {
      document.getElementById('comparison-name').focus({preventScroll: true});
      document.getElementById('comparison-section').scrollIntoView();
    }), button('none', 'choose none', () => page.change({selected: []})));
  }
}
