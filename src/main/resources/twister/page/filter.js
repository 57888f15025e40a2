'use strict';
// Conditions on rows, in the language of `twister runs --where`:
//
//   condition  = all {"or" all}
//   all        = one {"and" one}
//   one        = "not" one | "(" condition ")" | column relation value
//   relation   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"
const Filter = (() => {
  const RELATIONS = ['=', '!=', '<', '<=', '>', '>=', '~'];
  const STATUSES = ['running', 'finished', 'diverged', 'failed', 'interrupted'];
  const DEEPEST = 200;

  // The pieces of a text, the end as the last.
  function tokens(text) {
    const found = [];
    const pattern = /\s*(?:([()])|'((?:[^']|'')*)'|"((?:[^"]|"")*)"|([=!<>&|~]+)|([^\s()'"=!<>&|~]+))/y;
    let at = 0;
    while (text.slice(at).trim() !== '') {
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) {
        throw new Error(`a quote is never closed: ${text.slice(at).trim()}`);
      }
      const [, bracket, single, double, sign, word] = match;
      if (bracket) found.push({kind: bracket, text: bracket});
      else if (single !== undefined) found.push({kind: 'quoted', text: single.replaceAll("''", "'")});
      else if (double !== undefined) found.push({kind: 'quoted', text: double.replaceAll('""', '"')});
      else if (sign) found.push({kind: 'sign', text: sign});
      else found.push({kind: 'word', text: word});
      at = pattern.lastIndex;
    }
    found.push({kind: 'end', text: ''});
    return found;
  }

  // A cell as a number, as Twister writes them; NaN where it is none.
  function number(cell) {
    if (typeof cell === 'number') return cell;
    if (/^-?Infinity$/.test(cell)) return cell[0] === '-' ? -Infinity : Infinity;
    return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(cell) ? Number(cell) : NaN;
  }

  // The column of a name, or of the end of one; seed is that of the initial weights.
  function column(columns, typed) {
    const same = columns.find(c => c.name === typed);
    const seed = typed === 'seed' && columns.find(c => c.name === 'model.init.seed');
    const ends = columns.filter(c => c.name.endsWith('.' + typed));
    if (same || seed) return same || seed;
    if (ends.length === 1) return ends[0];
    throw new Error(ends.length > 1
      ? `'${typed}' may be ${ends.map(c => c.name).join(' or ')}`
      : `there is no column '${typed}' (columns: ${columns.map(c => c.name).join(', ')})`);
  }

  function accepts(relation, order) {
    switch (relation) {
      case '=': return order === 0;
      case '!=': return order !== 0;
      case '<': return order < 0;
      case '<=': return order <= 0;
      case '>': return order > 0;
      default: return order >= 0;
    }
  }

  const order = (a, b) => a < b ? -1 : a > b ? 1 : 0;
  const isWhole = text => /^-?\d{1,39}$/.test(text);
  const contains = (text, word) => text.toLowerCase().includes(word.toLowerCase());

  // Whether a cell relates so to a value.
  function holds(cell, relation, value, column) {
    const text = String(cell);
    if (column.name === 'tag') {
      const tags = text === '' ? [] : text.split(' ');
      if (relation === '!=') return !tags.includes(value.text);
      return tags.some(tag => relation === '~' ? contains(tag, value.text) : accepts(relation, order(tag, value.text)));
    }
    if (text === '' || text === 'NaN') return relation === '!=';
    if (relation === '~') return contains(text, value.text);
    if (column.kind === 'word') return accepts(relation, order(text, value.text));
    const found = number(cell);
    if (!isNaN(found) && !isNaN(value.number)) {
      return accepts(relation, isWhole(text) && isWhole(value.text)
        ? order(BigInt(text), BigInt(value.text))
        : order(found, value.number));
    }
    const areWords = isNaN(found) && isNaN(value.number);
    if (relation === '=' || relation === '!=') return accepts(relation, text === value.text ? 0 : 1);
    return areWords && accepts(relation, order(text, value.text));
  }

  // Reads a condition.
  //
  // columns: objects with name, kind and cells
  // returns a function of the number of a row; throws an Error that says what is wrong
  function read(text, columns) {
    const pieces = tokens(text);
    let at = 0;
    let depth = 0;
    const isWord = word => pieces[at].kind === 'word' && pieces[at].text.toLowerCase() === word;
    const named = piece => piece.kind === 'end' ? 'the end' : `'${piece.text}'`;

    function several(word, next, join) {
      const all = [next()];
      while (isWord(word)) {
        at++;
        all.push(next());
      }
      return row => join(all, row);
    }
    const any = () => several('or', all, (list, row) => list.some(each => each(row)));
    const all = () => several('and', one, (list, row) => list.every(each => each(row)));

    function one() {
      if (!isWord('not') && pieces[at].kind !== '(') return comparison();
      if (++depth > DEEPEST) throw new Error(`more than ${DEEPEST} conditions lie in each other`);
      let inner;
      if (pieces[at++].kind === '(') {
        inner = any();
        if (pieces[at].kind !== ')') throw new Error(`expected 'and', 'or' or ')', found ${named(pieces[at])}`);
        at++;
      } else {
        const other = one();
        inner = row => !other(row);
      }
      depth--;
      return inner;
    }

    function comparison() {
      const name = pieces[at];
      if (name.kind !== 'word' && name.kind !== 'quoted') throw new Error(`expected a column, found ${named(name)}`);
      const meant = column(columns, name.text);
      const relation = pieces[++at];
      if (relation.kind !== 'sign' || !RELATIONS.includes(relation.text)) {
        throw new Error(`expected one of ${RELATIONS.join(' ')}, found ${named(relation)}`);
      }
      const value = pieces[++at];
      if (value.kind !== 'word' && value.kind !== 'quoted') throw new Error(`expected a number or a word, found ${named(value)}`);
      at++;
      return compare(meant, relation.text, value);
    }

    function compare(meant, relation, piece) {
      if (piece.text === 'NaN') throw new Error('NaN is not equal to anything; ask for the status instead');
      const cells = meant.cells.filter(cell => cell !== '' && cell !== 'NaN');
      const isNumeric = meant.kind !== 'word' && cells.length > 0 && cells.every(cell => !isNaN(number(cell)));
      if (relation === '~' && isNumeric) throw new Error(`${meant.name} holds numbers, and ~ looks into text`);
      const isText = meant.kind === 'word' || piece.kind === 'quoted' && !isNumeric;
      const value = {text: piece.text, number: isText ? NaN : number(piece.text)};
      if (isNumeric && isNaN(value.number)) throw new Error(`${meant.name} holds numbers, found '${piece.text}'`);
      if (meant.name === 'status' && relation !== '~' && !STATUSES.includes(piece.text)) {
        throw new Error(`there is no status '${piece.text}' (statuses: ${STATUSES.join(', ')})`);
      }
      return row => holds(meant.cells[row], relation, value, meant);
    }

    const condition = any();
    if (pieces[at].kind !== 'end') throw new Error(`expected 'and', 'or' or the end, found ${named(pieces[at])}`);
    return condition;
  }

  return {read, number};
})();
