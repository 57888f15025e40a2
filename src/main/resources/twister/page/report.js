// A report: its tables, whose state is in the address.
(() => {
  let state = {};
  try {
    state = JSON.parse(decodeURIComponent(location.hash.slice(1)));
  } catch {
    // An address without a state, or with the name of a section.
  }
  const changed = (id, now) => {
    state[id] = now;
    history.replaceState(null, '', '#' + encodeURIComponent(JSON.stringify(state)));
  };
  const tables = [];
  for (const section of JSON.parse(document.getElementById('data').textContent)) {
    const place = document.querySelector(`[data-table="${section.id}"]`);
    tables.push(new RunsTable(section, place, state[section.id], changed));
    place.parentElement.querySelector('.plain').classList.add('replaced');
  }
  addEventListener('beforeprint', () => tables.forEach(table => {
    table.place.parentElement.querySelectorAll('.printed').forEach(old => old.remove());
    table.place.after(table.printed());
  }));
})();
