'use strict';
// The colours of runs, which follow from their ids, and those of the page.
const Colours = (() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const NEAR = 35;
  let cache = {};

  // A colour of the page's style sheet.
  function page(name) {
    return cache[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  }

  // The hue of an id in degrees (FNV-1a by Fowler, Noll and Vo).
  function hue(id) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
    return (hash >>> 0) % 360;
  }

  const distance = (a, b) => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

  // Hues of runs that are looked at together: each its own, unless one before it is too near.
  function apart(ids) {
    const hues = new Map();
    const room = Math.min(NEAR, 360 / Math.max(1, ids.length) * 0.7);
    for (const id of ids) {
      const own = hue(id);
      const free = Array.from({length: 36}, (_, i) => (own + i * 130) % 360)
        .find(each => [...hues.values()].every(other => distance(each, other) >= room));
      hues.set(id, free ?? own);
    }
    return hues;
  }

  const ofHue = degrees => dark.matches ? `oklch(0.78 0.14 ${degrees})` : `oklch(0.52 0.17 ${degrees})`;
  const rgb = text => [1, 3, 5].map(at => parseInt(text.length === 4 ? text[(at + 1) / 2].repeat(2) : text.slice(at, at + 2), 16));

  // Between two colours of six digits.
  function between(from, to, share) {
    const [a, b] = [rgb(from), rgb(to)];
    return `rgb(${a.map((channel, i) => Math.round(channel + (b[i] - channel) * share)).join(',')})`;
  }

  // Black or white, whichever reads better on a colour (W3C, WCAG 2.2, "relative luminance").
  function ink(colour) {
    const [red, green, blue] = colour.match(/\d+/g).map(channel => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
  }

  // From hardly more than the page's ground at 0 to the strongest at 1.
  const sequential = share => between(page('pale'), page('strong'), Math.min(1, Math.max(0, share)));
  // Neutral at 0, one colour at -1, another at 1.
  const diverging = share => between(page('neutral'), page(share < 0 ? 'less' : 'more'), Math.min(1, Math.abs(share)));

  // Calls when the page turns dark or light.
  function whenTurned(action) {
    dark.addEventListener('change', () => {
      cache = {};
      action();
    });
  }

  return {page, hue, apart, ofHue, ink, sequential, diverging, whenTurned};
})();
