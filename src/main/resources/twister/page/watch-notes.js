'use strict';
// Tags and the note of a run, to read or to change.
class RunNotes {
  static read(details) {
    const make = RunsTable.element;
    const parts = [];
    if (details.tags.length > 0) parts.push(make('dt', {textContent: 'tags'}), make('dd', {textContent: details.tags.join(', ')}));
    if (details.note) parts.push(make('dt', {textContent: 'note'}), make('dd', {className: 'note', textContent: details.note}));
    return make('dl', {hidden: parts.length === 0}, ...parts);
  }

  // Whether the table of an experiment says the same of a run.
  static areThoseOf(experiment, id, details) {
    const row = experiment.rows.get(id);
    const cell = name => String(experiment.column(name)?.cells[row] ?? '');
    return details.tags?.join(' ') === cell('tag') && details.note === cell('note');
  }

  // A form for the notes of a run, which keeps what is typed and else follows what others say.
  constructor(page, id) {
    const make = RunsTable.element;
    this.address = Feed.address(page.experiment.name, 'run', id, 'notes');
    this.tags = make('input', {type: 'text', id: `tags-${id}`, autocomplete: 'off'});
    this.note = make('input', {type: 'text', id: `note-${id}`, autocomplete: 'off'});
    this.said = make('span', {className: 'soft', role: 'status'});
    // What was read last, as it stands in the boxes.
    this.known = {tags: '', note: ''};
    this.form = make('form', {className: 'notes', onsubmit: event => this.save(event)},
      make('label', {htmlFor: this.tags.id, textContent: 'tags'}), this.tags,
      make('label', {htmlFor: this.note.id, textContent: 'note'}), this.note,
      make('span', {}, make('button', {type: 'submit', textContent: 'save', 'aria-label': `save tags and note of ${id}`}), ' ', this.said));
  }

  static list(text) {
    return text.split(/[\s,]+/).filter(tag => tag !== '');
  }

  follow({tags, note}) {
    for (const [name, text] of [['tags', tags.join(' ')], ['note', note]]) {
      if (this[name].value !== this.known[name] && this[name].value !== text) continue;
      if (this[name].value !== text) this[name].value = text;
      this.known[name] = text;
    }
  }

  // Sends what was typed, and what stood there before, which may be something else meanwhile.
  async save(event) {
    event.preventDefault();
    const [body, read] = [{}, {}];
    for (const name of ['tags', 'note']) {
      const value = text => name === 'tags' ? RunNotes.list(text) : text.trim();
      if (this[name].value === this.known[name]) continue;
      body[name] = value(this[name].value);
      read[name] = value(this.known[name]);
    }
    try {
      await Feed.ask(this.address, {
        method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({...body, read}),
      });
      for (const name of Object.keys(body)) this.known[name] = this[name].value;
      this.said.textContent = 'saved';
    } catch (e) {
      this.said.textContent = e.status === 409 ? this.conflict(e) : `Not saved: ${e.message}.`;
    }
  }

  // What was typed stays; who saves again puts it in the place of what is there now.
  conflict({message, answer}) {
    this.known = {tags: answer.tags.join(' '), note: answer.note};
    const now = [answer.tags.length > 0 ? `tags ${answer.tags.join(', ')}` : 'no tags', answer.note ? `the note “${answer.note}”` : 'no note'];
    return `Not saved: ${message}. There are ${now.join(' and ')} now; save again to put yours in their place.`;
  }
}
