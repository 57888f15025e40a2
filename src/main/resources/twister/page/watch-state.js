'use strict';
// What the address says of the page: everything a person chose, so that a link shows the same.
class AddressState {
  static EMPTY = {
    experiment: '', table: {}, brush: {}, selected: [], baseline: '', follow: false, logSteps: false, logLosses: false,
    smoothing: 0, zoom: null, heat: [], settings: 'differing',
  };

  // changed: called when somebody opens another address or goes back
  constructor(changed) {
    this.read();
    addEventListener('popstate', () => {
      this.read();
      changed();
    });
  }

  read() {
    let said = {};
    try {
      said = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    } catch {
      // An address without a state.
    }
    const fresh = structuredClone(AddressState.EMPTY);
    for (const [key, value] of Object.entries(fresh)) {
      this[key] = AddressState.isAlike(said?.[key], value) ? said[key] : value;
    }
    const usual = {where: '', sort: '', digits: true, differing: true, hidden: []};
    for (const [key, value] of Object.entries(this.table)) {
      const fits = key === 'view' ? ['settings', 'runs'].includes(value) : key in usual && AddressState.isAlike(value, usual[key]);
      if (!fits) delete this.table[key];
    }
  }

  // An address is typed by people and by other versions; what has another type is left out.
  static isAlike(said, usual) {
    if (said === undefined || said === null) return false;
    if (usual === null) return Array.isArray(said) && said.every(Number.isFinite) && said.length === 4;
    if (Array.isArray(usual)) return Array.isArray(said) && said.every(each => typeof each === 'string');
    return typeof said === typeof usual && !Array.isArray(said);
  }

  get text() {
    const said = {};
    for (const [key, usual] of Object.entries(AddressState.EMPTY)) {
      if (JSON.stringify(this[key]) !== JSON.stringify(usual)) said[key] = this[key];
    }
    return '#' + encodeURIComponent(JSON.stringify(said));
  }

  // Writes the address; scripts may do so only so often, so a moment later.
  write() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => history.replaceState(null, '', this.text), 150);
  }

  // Another experiment: nothing chosen for the last one holds, and the way back leads to it.
  choose(experiment) {
    clearTimeout(this.timer);
    history.replaceState(null, '', this.text);
    Object.assign(this, structuredClone(AddressState.EMPTY), {experiment, follow: this.follow});
    history.pushState(null, '', this.text);
  }
}
