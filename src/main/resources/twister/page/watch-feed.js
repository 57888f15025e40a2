'use strict';
// What the server refuses, or that it does not answer.
class FeedProblem extends Error {
  // answer: what the server says besides
  constructor(sentence, status, answer = {}) {
    super(sentence);
    this.status = status;
    this.answer = answer;
  }
}

// The server's answers and its events.
class Feed {
  // At most four updates a second.
  static PAUSE_MS = 250;
  static LONGEST_MS = 30000;

  // changed: takes the names of the experiments that changed, null for "anything"
  // told: takes a sentence about the connection, empty where all is well, and whether the server has ended
  constructor(changed, told) {
    this.changed = changed;
    this.told = told;
    this.waiting = new Set();
    this.failures = 0;
    document.addEventListener('visibilitychange', () => document.hidden ? this.close() : this.open());
    addEventListener('pagehide', () => this.close());
    addEventListener('pageshow', event => event.persisted && this.open());
  }

  // What an address answers; a FeedProblem where it cannot.
  static async ask(address, options = {}) {
    let answer;
    try {
      answer = await fetch(address, {cache: 'no-store', ...options});
    } catch {
      throw new FeedProblem('the server does not answer');
    }
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    let said = {};
    try {
      said = await answer.json();
    } catch {
      // No sentence from the server.
    }
    throw new FeedProblem(said.problem ?? `the server answers with status ${answer.status}`, answer.status, said);
  }

  static address(experiment, ...parts) {
    return ['/api/experiment', ...[experiment, ...parts].map(encodeURIComponent)].join('/');
  }

  // Listens; what was missed while nobody listened is asked for once it answers.
  open() {
    if (document.hidden) this.missed = true;
    if (this.source || this.hasEnded || document.hidden) return;
    clearTimeout(this.retry);
    const source = this.source = new EventSource('/events');
    source.onopen = () => {
      this.failures = 0;
      this.told('', false);
      if (this.missed) this.note(null);
      this.missed = false;
    };
    source.addEventListener('changed', event => this.note(JSON.parse(event.data).experiments));
    source.addEventListener('end', () => {
      this.close();
      this.hasEnded = true;
      this.told('The server has ended; start twister watch again.', true);
    });
    source.onerror = () => this.again();
  }

  close() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
    this.missed = true;
  }

  // After the end, where a person asks for it.
  reopen() {
    this.hasEnded = false;
    this.open();
  }

  // Tries again later, and later each time.
  again() {
    this.close();
    const pause = Math.min(Feed.LONGEST_MS, 1000 * 2 ** this.failures++);
    this.told(`The connection to the server is lost; the page tries again in ${Scales.duration(pause / 1000)}.`, false);
    this.retry = setTimeout(() => this.open(), pause * (0.8 + 0.4 * Math.random()));
  }

  // Gathers what changed; one update at a time, a pause between two.
  note(experiments) {
    (experiments ?? ['']).forEach(name => this.waiting.add(name));
    if (this.isBusy || this.timer) return;
    this.timer = setTimeout(() => this.update(), Math.max(0, (this.last ?? 0) + Feed.PAUSE_MS - performance.now()));
  }

  async update() {
    this.timer = null;
    this.last = performance.now();
    const names = this.waiting;
    this.waiting = new Set();
    this.isBusy = true;
    try {
      await this.changed(names.has('') ? null : names);
    } finally {
      this.isBusy = false;
      if (this.waiting.size > 0) this.note([]);
    }
  }
}
