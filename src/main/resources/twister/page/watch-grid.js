'use strict';
// A table of coloured cells: walked through by the arrow keys, changed in place.
class ColourGrid {
  // Narrower cells hold no text.
  static TEXT_PIXELS = 46;
  static LABEL_PIXELS = 17;

  // place: the element that takes it
  // options: label of the table; entered(row, column) where a cell is looked at, left() and chosen(row, column)
  constructor(place, options) {
    this.options = options;
    const make = RunsTable.element;
    this.table = make('table', {className: 'grid', role: 'grid', 'aria-label': options.label});
    this.scroll = make('div', {className: 'scroll'}, this.table);
    this.readout = make('p', {className: 'readout', role: 'status'});
    place.append(this.scroll, this.readout);
    this.at = [0, 0];
    this.table.addEventListener('pointerover', event => this.enter(event));
    this.table.addEventListener('focusin', event => this.enter(event));
    this.table.addEventListener('pointerleave', () => this.leave());
    this.table.addEventListener('focusout', () => this.leave());
    this.table.addEventListener('keydown', event => this.press(event));
    this.table.addEventListener('click', event => {
      const place = this.placeOf(event.target);
      if (place) options.chosen?.(...place);
    });
  }

  placeOf(target) {
    const cell = target.closest('td[data-row]');
    return cell && [Number(cell.dataset.row), Number(cell.dataset.column)];
  }

  enter(event) {
    const place = this.placeOf(event.target);
    if (!place) return this.leave();
    if (event.type === 'focusin') this.focusable(...place);
    this.readout.textContent = this.cells[place[0]][place[1]].label;
    this.options.entered?.(...place);
  }

  leave() {
    this.readout.textContent = '';
    this.options.left?.();
  }

  press(event) {
    const [row, column] = this.at;
    const [last, end] = [this.cells.length - 1, this.cells[0].length - 1];
    const moves = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      Home: [row, 0], End: [row, end], PageUp: [0, column], PageDown: [last, column],
    };
    if (event.key === 'Enter' || event.key === ' ') this.options.chosen?.(row, column);
    else if (!moves[event.key]) return;
    else {
      const [r, c] = moves[event.key];
      this.focusable(Math.min(last, Math.max(0, r)), Math.min(end, Math.max(0, c))).focus();
    }
    event.preventDefault();
  }

  focusable(row, column) {
    this.elements[this.at[0]]?.[this.at[1]]?.setAttribute('tabindex', -1);
    this.at = [row, column];
    const cell = this.elements[row][column];
    cell.tabIndex = 0;
    return cell;
  }

  // rows, columns: labels; cells: rows of {colour or null, text, label}
  show({rows, columns, cells}) {
    const shape = JSON.stringify([rows, columns]);
    this.cells = cells;
    if (shape !== this.shape || this.width !== this.scroll.clientWidth) {
      this.shape = shape;
      this.width = this.scroll.clientWidth;
      this.build(rows, columns);
    }
    cells.forEach((line, row) => line.forEach((cell, column) => this.paint(this.elements[row][column], cell)));
  }

  build(rows, columns) {
    const make = RunsTable.element;
    const room = (this.width - 80) / Math.max(1, columns.length);
    const hasText = room >= ColourGrid.TEXT_PIXELS;
    const each = Math.max(1, Math.ceil(ColourGrid.LABEL_PIXELS / room));
    const isShort = hasText || columns.every(text => text.length < 3);
    this.hasText = hasText;
    this.table.classList.toggle('small', !hasText);
    const head = make('tr', {}, make('td', {className: 'corner'}), ...columns.map((label, i) => make('th', {scope: 'col'},
      make('span', {className: i % each > 0 ? 'unseen' : isShort ? '' : 'turned', textContent: label}))));
    this.elements = this.cells.map((line, row) => line.map((_, column) => {
      const cell = make('td', {role: 'gridcell', tabIndex: -1});
      cell.dataset.row = row;
      cell.dataset.column = column;
      return cell;
    }));
    this.table.replaceChildren(make('thead', {}, head), make('tbody', {}, ...this.elements.map((line, row) =>
      make('tr', {}, make('th', {scope: 'row', textContent: rows[row]}), ...line))));
    this.at = [Math.min(this.at[0], rows.length - 1), Math.min(this.at[1], columns.length - 1)];
    if (this.elements[this.at[0]]?.[this.at[1]]) this.elements[this.at[0]][this.at[1]].tabIndex = 0;
  }

  paint(element, {colour, text, label, isMarked, lacks}) {
    const key = `${colour} ${text} ${label} ${isMarked} ${lacks}`;
    if (element.painted === key) return;
    element.painted = key;
    element.style.background = colour ?? '';
    element.style.color = colour ? Colours.ink(colour) : '';
    element.className = [isMarked && 'marked', lacks && 'lacking'].filter(name => name).join(' ');
    element.textContent = this.hasText ? text : '';
    element.setAttribute('aria-label', label);
  }
}
