'use strict';
// Tags and the note of a run, to read or to change.
const RunNotes = (() => {
  function read(details) {
    const make = RunsTable.element;
    const parts = [];
    if (details.tags.length > 0) parts.push(make('dt', {textContent: 'tags'}), make('dd', {textContent: details.tags.join(', ')}));
    if (details.note) parts.push(make('dt', {textContent: 'note'}), make('dd', {className: 'note', textContent: details.note}));
    return make('dl', {hidden: parts.length === 0}, ...parts);
  }

  function element(page, id, details) {
    if (!page.experiment.notes) return read(details);
    const make = RunsTable.element;
    const tags = make('input', {type: 'text', id: `tags-${id}`, value: details.tags.join(' '), autocomplete: 'off'});
    const note = make('textarea', {id: `note-${id}`, value: details.note, rows: 3});
    const said = make('span', {className: 'soft', role: 'status'});
    const save = async event => {
      event.preventDefault();
      const body = {tags: tags.value.split(/[\s,]+/).filter(tag => tag !== ''), note: note.value};
      try {
        await Feed.ask(Feed.address(page.experiment.name, 'run', id, 'notes'), {
          method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
        });
        Object.assign(details, body);
        said.textContent = 'saved';
      } catch (e) {
        said.textContent = `Not saved: ${e.message}.`;
      }
    };
    return make('form', {className: 'notes', onsubmit: save},
      make('label', {htmlFor: tags.id, textContent: 'tags'}), tags,
      make('label', {htmlFor: note.id, textContent: 'note'}), note,
      make('span', {}, make('button', {type: 'submit', textContent: 'save', 'aria-label': `save tags and note of ${id}`}), ' ', said));
  }

  return {element};
})();
