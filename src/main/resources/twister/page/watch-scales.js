'use strict';
// Where values stand on an axis, and how they are written.
const Scales = (() => {
  // Losses of more than two decades are shown by their logarithms.
  const WIDE = 100;
  // Values of a key are from a decade on, where that spaces them more evenly: as on the charts.
  const DECADE = 10;

  function linear(min, max, most) {
    if (!(max > min)) return [min];
    const rough = (max - min) / Math.max(1, most);
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(each => each * power).find(each => each >= rough * (1 - 1e-9));
    const found = [];
    for (let i = Math.ceil(min / step - 1e-9); i * step <= max + step * 1e-9; i++) found.push(Number((i * step).toPrecision(12)));
    return found;
  }

  function logarithmic(min, max, most) {
    for (const digits of [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1]]) {
      const found = [];
      for (let power = Math.floor(Math.log10(min)); power <= Math.ceil(Math.log10(max)); power++) {
        found.push(...digits.map(digit => Number(`${digit}e${power}`)));
      }
      const inside = found.filter(each => each >= min * (1 - 1e-9) && each <= max * (1 + 1e-9));
      if (digits.length === 9 && inside.length < 3) return linear(min, max, most);
      if (inside.length <= most) return inside;
      if (digits.length === 1) return inside.filter((_, i) => i % Math.ceil(inside.length / Math.max(1, most)) === 0);
    }
    return [];
  }

  // Whether logarithms space increasing numbers of a key more evenly.
  function isEvenerByLogarithms(numbers, positive) {
    if (positive.at(-1) < DECADE * positive[0]) return false;
    return numbers.length === 2 || unevenness(positive.map(Math.log)) < unevenness(numbers);
  }

  // Mean square of how far the distances of neighbours are from their mean, in its units.
  function unevenness(numbers) {
    const mean = (numbers.at(-1) - numbers[0]) / (numbers.length - 1);
    return numbers.slice(1).reduce((sum, number, i) => sum + ((number - numbers[i]) / mean - 1) ** 2, 0) / (numbers.length - 1);
  }

  // Round numbers between two, at most so many.
  function marks(min, max, most, isLog) {
    return isLog ? logarithmic(min, max, most) : linear(min, max, most);
  }

  // A number as short as six digits allow.
  function label(number) {
    if (!Number.isFinite(number)) return String(number);
    const size = Math.abs(number);
    if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
      return number.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e');
    }
    return String(Number(number.toPrecision(6)));
  }

  const loss = number => Number.isFinite(number)
    ? Math.abs(number) < 1e6 ? number.toFixed(4) : number.toExponential(3)
    : 'no finite loss';
  const signed = number => (number < 0 ? '−' : number > 0 ? '+' : '') + loss(Math.abs(number));
  const count = (number, one, many = one + 's') => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

  // A span of time in the unit that suits it.
  function duration(seconds) {
    if (seconds < 90) return count(Math.max(1, Math.round(seconds)), 'second');
    if (seconds < 5400) return count(Math.round(seconds / 60), 'minute');
    return `${(seconds / 3600).toFixed(1)} hours`;
  }

  return {WIDE, isEvenerByLogarithms, marks, label, loss, signed, count, duration};
})();

// A column as an axis: numbers, their logarithms, or words in their order.
class ColumnAxis {
  // Zero has no logarithm: it stands below the others.
  static ZERO = 0.1;

  // isKey says whether it is a key, not a loss.
  constructor(column, isKey) {
    this.name = column.name;
    this.heading = column.heading || column.name;
    const numbers = column.cells.map(cell => cell === '' ? NaN : Filter.number(cell));
    this.isOfWords = column.kind === 'word' || column.cells.some((cell, i) => cell !== '' && cell !== 'NaN' && isNaN(numbers[i]));
    this.values = this.isOfWords ? column.cells.map(cell => cell === '' ? null : String(cell)) : numbers.map(n => Number.isFinite(n) ? n : null);
    this.distinct = [...new Set(this.values)].filter(value => value !== null);
    this.distinct.sort(this.isOfWords ? undefined : (a, b) => a - b);
    this.lacks = this.values.includes(null);
    this.order = new Map(this.distinct.map((value, i) => [value, i]));
    [this.min, this.max] = [this.distinct[0], this.distinct.at(-1)];
    const positive = this.isOfWords ? [] : this.distinct.filter(value => value > 0);
    this.isLog = positive.length > 1 && this.min >= 0
      && (isKey ? Scales.isEvenerByLogarithms(this.distinct, positive) : this.max / positive[0] > Scales.WIDE);
    this.hasZero = this.isLog && this.min === 0;
    this.low = this.isLog ? Math.log(positive[0]) : this.min;
    this.high = this.isLog ? Math.log(this.max) : this.max;
  }

  // Where a value stands, from 0, the bottom, to 1.
  share(value) {
    if (value === null) return NaN;
    if (this.isOfWords) return this.distinct.length > 1 ? this.order.get(value) / (this.distinct.length - 1) : 0.5;
    if (this.high === this.low) return 0.5;
    if (!this.isLog) return (value - this.low) / (this.high - this.low);
    if (value <= 0) return 0;
    const share = (Math.log(value) - this.low) / (this.high - this.low);
    return this.hasZero ? ColumnAxis.ZERO + (1 - ColumnAxis.ZERO) * share : share;
  }

  // The value of a place; one that occurs is taken where it is near, so that the ends of a brush hold it.
  at(share, near = 0) {
    const inside = Math.min(1, Math.max(0, share));
    let best = this.min;
    if (this.isOfWords || near > 0) {
      for (const value of this.distinct) {
        if (Math.abs(this.share(value) - inside) < Math.abs(this.share(best) - inside)) best = value;
      }
      if (this.isOfWords || Math.abs(this.share(best) - inside) <= near) return best;
    }
    if (!this.isLog) return this.low + inside * (this.high - this.low);
    if (!this.hasZero) return Math.exp(this.low + inside * (this.high - this.low));
    if (inside < ColumnAxis.ZERO / 2) return 0;
    return Math.exp(this.low + Math.max(0, (inside - ColumnAxis.ZERO) / (1 - ColumnAxis.ZERO)) * (this.high - this.low));
  }

  // What is written along the axis: the values where they are few and apart, else round numbers.
  marks(most, apart) {
    if (this.isOfWords) return this.distinct.filter((_, i) => i % Math.ceil(this.distinct.length / most) === 0);
    const shares = this.distinct.map(value => this.share(value));
    if (this.distinct.length <= most && shares.every((share, i) => i === 0 || share - shares[i - 1] >= apart)) return this.distinct;
    const marks = Scales.marks(this.isLog ? Math.exp(this.low) : this.low, this.max, most, this.isLog);
    return this.hasZero ? [0, ...marks] : marks;
  }

  label(value) {
    return value === null ? 'no value' : this.isOfWords ? value : Scales.label(value);
  }

  // Labels with as few digits as tell the values apart.
  labels(values) {
    if (this.isOfWords) return values;
    for (let digits = 3; digits < 7; digits++) {
      const labels = values.map(value => this.label(Number(value.toPrecision(digits))));
      if (new Set(labels).size === values.length) return labels;
    }
    return values.map(String);
  }

  // Whether a brush holds a row, its ends included.
  holds(brush, row) {
    const value = this.values[row];
    if (value === null) return brush.none === true;
    if (brush.from === null || brush.to === null) return false;
    if (this.isOfWords) return value >= brush.from && value <= brush.to;
    return value >= brush.from && value <= brush.to;
  }

  // A brush in words.
  describe(brush) {
    const parts = [];
    if (brush.from !== null) {
      parts.push(brush.from === brush.to ? this.label(brush.from) : `${this.label(brush.from)} to ${this.label(brush.to)}`);
    }
    if (brush.none) parts.push('no value');
    return parts.join(' or ');
  }
}
