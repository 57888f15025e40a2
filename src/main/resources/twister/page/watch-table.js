'use strict';
// The table of the live page: rows are chosen, highlighted and pinned, its data change in place.
class LiveTable extends RunsTable {
  static ALWAYS = ['rank', 'status', 'run'];

  // page: what is chosen, brushed and highlighted
  constructor(section, place, state, changed, page) {
    super({...section, page}, place, {view: 'runs', differing: true, ...state}, changed);
  }

  get page() {
    return this.section.page;
  }

  build() {
    super.build();
    const make = RunsTable.element;
    this.differing = make('input', {
      type: 'checkbox', checked: this.state.differing, onchange: () => this.change({differing: this.differing.checked}),
    });
    this.tools.insertBefore(make('label', {}, this.differing, ' only columns that differ'), this.tools.querySelector('details'));
    this.scroll.setAttribute('aria-label', 'table of the runs');
    this.body.addEventListener('pointerover', event => this.look(event));
    this.body.addEventListener('focusin', event => this.look(event));
    this.body.addEventListener('pointerleave', () => this.page.highlight([]));
    this.body.addEventListener('focusout', () => this.page.highlight([]));
  }

  look(event) {
    const run = event.target.closest('tr')?.dataset.run;
    this.page.highlight(run ? [run] : []);
  }

  // New data; where the reader is in the table stays.
  update(section) {
    this.section = {...section, page: this.page};
    this.differs = {};
    this.again();
  }

  // What is shown changed; where the reader is stays.
  again() {
    this.arrange();
    this.draw();
  }

  accepts(row) {
    return this.state.view === 'runs' ? this.page.isBrushed(row) : this.page.isSettingBrushed(row);
  }

  // Columns of one value tell nothing apart.
  shows(column) {
    if (!super.shows(column)) return false;
    if (!this.state.differing || LiveTable.ALWAYS.includes(column.name) || column.name === this.page.experiment.figure) return true;
    this.differs ??= {};
    const [first] = column.cells;
    return this.differs[`${this.state.view} ${column.name}`] ??= column.cells.length < 2 || column.cells.some(cell => cell !== first);
  }

  get baselineRow() {
    return this.state.view === 'runs' ? this.page.experiment.rows.get(this.page.state.baseline) : undefined;
  }

  get span() {
    return this.shown.length + (this.state.view === 'runs' ? 1 : 0);
  }

  drawHead() {
    super.drawHead();
    if (this.state.view === 'runs') {
      this.head.firstChild.prepend(RunsTable.element('th', {scope: 'col'}, RunsTable.element('span', {className: 'unseen', textContent: 'compare'})));
    }
    // The pinned baseline stays below the head, whatever is filtered, sorted and scrolled.
    if (this.baselineRow !== undefined) {
      const row = this.row(this.baselineRow);
      row.classList.add('pinned');
      row.querySelector('input').dataset.key = 'pinned';
      const unpin = RunsTable.element('button', {type: 'button', title: 'baseline: unpin it', textContent: '×', onclick: () => this.page.pin('')});
      unpin.setAttribute('aria-label', 'unpin the baseline');
      row.firstChild.append(unpin);
      this.head.append(row);
    }
  }

  row(row, index) {
    const element = super.row(row, index);
    if (this.state.view !== 'runs') return element;
    const {page} = this;
    const id = page.experiment.ids[row];
    const isChosen = page.state.selected.includes(id);
    const box = RunsTable.element('input', {type: 'checkbox', checked: isChosen, onchange: () => page.toggle(id)});
    box.setAttribute('aria-label', `compare run ${id}`);
    box.dataset.key = id;
    const cell = RunsTable.element('td', {className: 'choice'}, box);
    if (isChosen || page.isColoured) {
      const swatch = RunsTable.element('span', {className: 'swatch'});
      swatch.style.background = page.colour(id);
      cell.append(swatch);
    }
    element.prepend(cell);
    element.dataset.run = id;
    element.className = [isChosen && 'chosen-run', page.highlighted.includes(id) && 'highlighted',
      row === this.baselineRow && 'baseline', id === page.followed && 'followed']
      .filter(name => name).join(' ');
    return element;
  }

  // Scrolls to a run.
  reveal(id) {
    const place = this.state.view === 'runs' ? this.rows.indexOf(this.page.experiment.rows.get(id)) : -1;
    if (place < 0) return;
    const [top, pixels] = [place * RunsTable.ROW_PIXELS, RunsTable.ROW_PIXELS];
    const {scrollTop, clientHeight} = this.scroll;
    if (top < scrollTop || top > scrollTop + clientHeight - 3 * pixels) this.scroll.scrollTop = Math.max(0, top - clientHeight / 2);
  }

  // What is highlighted, without drawing rows again.
  mark() {
    const {highlighted} = this.page;
    for (const row of [...this.head.children, ...this.body.children]) row.classList.toggle('highlighted', highlighted.includes(row.dataset.run));
  }

  cell(column, row) {
    const cell = super.cell(column, row);
    if (column.name === 'status') cell.classList.add(`status-${column.cells[row]}`);
    return cell;
  }
}
