// Tables that are sorted, filtered and scrolled; of long ones only the rows to be seen are elements.
class RunsTable {
  static ROW_PIXELS = 28;
  static MARGIN = 12;
  static PRINTED = 100;

  // section: its id, its tables `settings` and `runs` by columns, and where the files of runs are
  // place: the element that takes it
  // state: what the address says of it
  constructor(section, place, state, changed) {
    this.section = section;
    this.place = place;
    this.changed = changed;
    this.state = {view: 'settings', where: '', sort: '', digits: false, hidden: [], ...state};
    if (!section[this.state.view]) this.state.view = 'settings';
    this.build();
    this.show();
  }

  get columns() {
    return this.section[this.state.view];
  }

  static element(name, properties = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  }

  // Changes the children of an element; the one with the focus keeps it, by its data-key.
  static redrawn(element, ...children) {
    const key = element.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    element.replaceChildren(...children);
    if (key !== undefined) element.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({preventScroll: true});
  }

  static size(columns) {
    return columns.length === 0 ? 0 : columns[0].cells.length;
  }

  build() {
    const make = RunsTable.element;
    const id = this.section.id;
    this.views = ['settings', 'runs'].map(view => make('button', {
      type: 'button', onclick: () => this.change({view, sort: '', hidden: []}),
    }));
    this.views.forEach((button, i) => button.dataset.view = ['settings', 'runs'][i]);
    this.where = make('input', {
      type: 'search', id: `${id}-where`, value: this.state.where, placeholder: 'such as: l2 < 0.1 and rank <= 20',
      oninput: () => this.change({where: this.where.value}), spellcheck: false, autocomplete: 'off',
    });
    this.problem = make('p', {className: 'problem', role: 'status', id: `${id}-problem`});
    this.where.setAttribute('aria-describedby', this.problem.id);
    this.digits = make('input', {
      type: 'checkbox', checked: this.state.digits, onchange: () => this.change({digits: this.digits.checked}),
    });
    this.chosen = make('div', {className: 'chosen'});
    const save = make('button', {type: 'button', textContent: 'save as CSV', onclick: () => this.save()});
    this.head = make('thead');
    this.body = make('tbody');
    this.table = make('table', {}, this.head, this.body);
    this.scroll = make('div', {
      className: 'scroll window', tabIndex: 0, role: 'region', 'aria-label': 'leaderboard',
      onscroll: () => this.draw(),
    }, this.table);
    this.tools = make('div', {className: 'tools'},
      make('span', {className: 'views', role: 'group', 'aria-label': 'rows'}, ...this.views),
      make('label', {htmlFor: this.where.id, textContent: 'where'}), this.where,
      make('label', {}, this.digits, ' all digits'),
      make('details', {className: 'columns'}, make('summary', {textContent: 'columns'}), this.chosen),
      save);
    this.place.append(this.tools, this.problem, this.scroll);
    this.place.hidden = false;
  }

  change(state) {
    Object.assign(this.state, state);
    this.show();
    this.changed(this.section.id, this.state);
  }

  // Whether a row is shown, by other means than the condition.
  accepts(row) {
    return true;
  }

  // Whether a column is shown.
  shows(column) {
    return !this.state.hidden.includes(column.name);
  }

  // Filters, sorts and draws from the top.
  show() {
    this.arrange();
    this.scroll.scrollTop = 0;
    this.draw();
  }

  // Filters and sorts.
  arrange() {
    const columns = this.columns;
    const all = Array.from({length: RunsTable.size(columns)}, (_, row) => row);
    this.views.forEach(button => {
      const {view} = button.dataset;
      const size = RunsTable.size(this.section[view]);
      button.textContent = `${size.toLocaleString('en')} ${size === 1 ? view.slice(0, -1) : view}`;
      button.setAttribute('aria-pressed', view === this.state.view);
    });
    let said = '';
    let wrong = false;
    try {
      const holds = this.state.where.trim() === '' ? () => true : Filter.read(this.state.where, columns);
      this.rows = all.filter(row => this.accepts(row) && holds(row));
      if (this.rows.length < all.length) said = `${this.rows.length.toLocaleString('en')} of ${all.length.toLocaleString('en')}`;
    } catch (e) {
      said = e.message;
      wrong = true;
      this.rows = (this.rows || all).filter(row => row < all.length);
    }
    if (this.problem.textContent !== said) this.problem.textContent = said;
    if (wrong) this.where.setAttribute('aria-invalid', 'true');
    else this.where.removeAttribute('aria-invalid');
    this.sort();
    this.shown = columns.filter(column => this.shows(column));
    this.drawChoice();
    this.drawHead();
  }

  sort() {
    const descends = this.state.sort.startsWith('-');
    const name = descends ? this.state.sort.slice(1) : this.state.sort;
    const column = this.columns.find(each => each.name === name);
    if (!column) return;
    const isNumeric = column.kind !== 'word';
    const sign = descends ? -1 : 1;
    const keys = column.cells.map(cell => isNumeric ? Filter.number(cell) : cell);
    const isEmpty = row => column.cells[row] === '' || column.cells[row] === 'NaN';
    this.rows = [...this.rows].sort((a, b) => {
      if (isEmpty(a) || isEmpty(b)) return isEmpty(a) - isEmpty(b) || a - b;
      let order = 0;
      if (isNaN(keys[a]) || isNaN(keys[b])) order = column.cells[a] < column.cells[b] ? -1 : column.cells[a] > column.cells[b] ? 1 : 0;
      else order = keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : 0;
      return sign * order || a - b;
    });
  }

  drawChoice() {
    RunsTable.redrawn(this.chosen, ...this.columns.map(column => {
      const box = RunsTable.element('input', {
        type: 'checkbox', checked: !this.state.hidden.includes(column.name),
        onchange: () => this.change({
          hidden: box.checked ? this.state.hidden.filter(name => name !== column.name) : [...this.state.hidden, column.name],
        }),
      });
      box.dataset.key = column.name;
      return RunsTable.element('label', {}, box, ' ' + (column.heading || column.name));
    }));
  }

  drawHead() {
    const row = RunsTable.element('tr');
    for (const column of this.shown) {
      const sorts = this.state.sort.replace(/^-/, '') === column.name;
      const descends = this.state.sort.startsWith('-');
      const button = RunsTable.element('button', {
        type: 'button', title: column.name, textContent: column.heading || column.name,
        onclick: () => this.change({sort: sorts && !descends ? '-' + column.name : sorts ? '' : column.name}),
      });
      button.dataset.key = column.name;
      const cell = RunsTable.element('th', {scope: 'col', className: column.kind === 'word' ? '' : 'number'}, button);
      if (sorts) cell.setAttribute('aria-sort', descends ? 'descending' : 'ascending');
      row.append(cell);
    }
    RunsTable.redrawn(this.head, row);
    this.table.setAttribute('aria-rowcount', this.rows.length + 1);
  }

  // Cells of a row.
  get span() {
    return this.shown.length;
  }

  // Draws the rows that can be seen.
  draw() {
    const pixels = RunsTable.ROW_PIXELS;
    const first = Math.max(0, Math.floor(this.scroll.scrollTop / pixels) - RunsTable.MARGIN);
    const count = Math.ceil((this.scroll.clientHeight || 600) / pixels) + 2 * RunsTable.MARGIN;
    const last = Math.min(this.rows.length, first + count);
    const space = rows => {
      const cell = RunsTable.element('td', {colSpan: this.span});
      cell.style.height = `${rows * pixels}px`;
      const row = RunsTable.element('tr', {className: 'space'}, cell);
      row.setAttribute('aria-hidden', 'true');
      return row;
    };
    const rows = this.rows.slice(first, last).map((row, i) => this.row(row, first + i + 2));
    if (first > 0) rows.unshift(space(first));
    if (last < this.rows.length) rows.push(space(this.rows.length - last));
    RunsTable.redrawn(this.body, ...rows);
  }

  row(row, index) {
    const element = RunsTable.element('tr', {}, ...this.shown.map(column => this.cell(column, row)));
    if (index) element.setAttribute('aria-rowindex', index);
    return element;
  }

  cell(column, row) {
    const text = this.text(column, row);
    const cell = RunsTable.element('td', {className: column.kind === 'word' ? '' : 'number'});
    if (column.name === 'run' && text !== '' && this.section.files !== null) {
      cell.append(RunsTable.element('a', {href: `${this.section.files}${encodeURIComponent(text)}/`, textContent: text}));
    } else {
      cell.textContent = text;
    }
    return cell;
  }

  // A cell as a reader sees it.
  text(column, row) {
    const cell = column.cells[row];
    if (column.kind === 'mark') return cell === true ? '=' : '';
    if (this.state.digits || cell === '') return String(cell);
    if (column.shown) return column.shown[row];
    if (column.kind !== 'figure' && column.kind !== 'spread' || typeof cell !== 'number') return String(cell);
    const least = 10 * 10 ** -column.decimals;
    if (column.kind === 'spread' && cell !== 0 && cell < least) return RunsTable.power(cell, 1);
    const isWhole = column.decimals === 0 && Number.isSafeInteger(cell);
    return isWhole || Math.abs(cell) < 1e6 ? cell.toFixed(column.decimals) : RunsTable.power(cell, 5);
  }

  // Two digits of the exponent at least, as in Twister's tables.
  static power(number, digits) {
    return number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
  }

  save() {
    const quoted = cell => /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    const lines = [this.shown.map(column => column.name)];
    for (const row of this.rows) lines.push(this.shown.map(column => String(column.cells[row])));
    const text = lines.map(line => line.map(quoted).join(',') + '\n').join('');
    const address = URL.createObjectURL(new Blob([text], {type: 'text/csv'}));
    RunsTable.element('a', {href: address, download: `${this.state.view}.csv`}).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  // Before printing: the first rows as they are sorted and filtered.
  printed() {
    return RunsTable.element('table', {className: 'printed'}, this.head.cloneNode(true),
      RunsTable.element('tbody', {}, ...this.rows.slice(0, RunsTable.PRINTED).map(row => this.row(row))));
  }
}
