// Finds the view for the URL, loads its data, and keeps it fresh over one event stream.
import { el } from './format.js';
import * as views from './views.js';

const main = document.getElementById('main');
const live = document.getElementById('live');
const PAGE = 100;
let current = { refresh() {}, changed() {} };

async function get(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.error ?? `The server answered ${response.status}`);
  }
  return body;
}

function show(elements) {
  main.replaceChildren(...elements);
}

function runsView(query) {
  const filter = query.get('status') ?? '';
  const load = async () => {
    const page = await get(`/dashboard/api/runs?limit=${PAGE}${filter ? `&status=${filter}` : ''}`);
    show(views.runs(page.runs, page.total, filter));
  };
  return {
    refresh: load,
    changed(message) {
      const body = document.getElementById('runs');
      if (!body || filter || message.runs.some((run) => !body.querySelector(`[data-run="${CSS.escape(run.id)}"]`))) {
        return load();
      }
      for (const run of message.runs) {
        body.querySelector(`[data-run="${CSS.escape(run.id)}"]`)?.replaceWith(views.runRow(run));
      }
    },
  };
}

function runView(id) {
  const load = async () => {
    const open = new Set([...document.querySelectorAll('details.step[open]')].map((step) => step.dataset.step));
    show(views.run(await get(`/dashboard/api/runs/${encodeURIComponent(id)}`), open));
  };
  return { refresh: load, changed: (message) => (message.runs.some((run) => run.id === id) ? load() : null) };
}

function listView(path, render) {
  const load = async () => show(render(await get(path)));
  return { refresh: load, changed: (message) => (message.others ? load() : null) };
}

function sendView() {
  const draft = JSON.parse(
    sessionStorage.getItem('draft') ?? '{"name":"demo/hello.world","data":"{\\n  \\"name\\": \\"Guru\\",\\n  \\"language\\": \\"en\\"\\n}"}',
  );
  const onSend = async (name, data, outcome) => {
    sessionStorage.setItem('draft', JSON.stringify({ name, data }));
    outcome.replaceChildren();
    try {
      const event = { name, data: JSON.parse(data || '{}') };
      const response = await fetch('/e/dashboard', { method: 'POST', body: JSON.stringify(event) });
      const reply = await response.json();
      if (reply.error) {
        throw new Error(reply.error);
      }
      outcome.append('Sent. ', el('a', { href: '/dashboard/runs' }, 'See the runs.'));
    } catch (error) {
      outcome.append(`Not sent: ${error.message}`);
    }
  };
  return { refresh: async () => show(views.send(draft, onSend)), changed() {} };
}

function route(url) {
  const parts = url.pathname.split('/').filter(Boolean).slice(1);
  if (parts[0] === 'runs' && parts[1]) {
    return runView(parts[1]);
  }
  if (parts[0] === 'functions') {
    return listView('/dashboard/api/apps', (data) => views.functions(data.apps));
  }
  if (parts[0] === 'events') {
    return listView('/dashboard/api/events?limit=100', (data) => views.events(data.events));
  }
  return parts[0] === 'send' ? sendView() : runsView(url.searchParams);
}

async function refresh(act = () => current.refresh()) {
  try {
    await act();
  } catch (error) {
    show(views.problem(error.message));
  }
}

async function navigate() {
  const url = new URL(location.href);
  current = route(url);
  for (const link of document.querySelectorAll('header nav a')) {
    const here = url.pathname.startsWith(link.pathname) || (url.pathname === '/dashboard' && link.pathname === '/dashboard/runs');
    link.toggleAttribute('aria-current', here);
  }
  await refresh();
}

document.addEventListener('click', async (click) => {
  const cancel = click.target.closest('[data-cancel]');
  if (cancel && confirm('Cancel this run? Steps that are done stay done.')) {
    await fetch(`/v1/runs/${cancel.dataset.cancel}`, { method: 'DELETE' });
    return;
  }
  const target = click.target.closest('a') ?? click.target.closest('tr.link')?.querySelector('a');
  if (!target || target.origin !== location.origin || click.metaKey || click.ctrlKey || target.hash) {
    return;
  }
  click.preventDefault();
  history.pushState(null, '', target.href);
  navigate();
});
window.addEventListener('popstate', navigate);

const stream = new EventSource('/dashboard/api/stream');
const say = (text, kind) => {
  live.textContent = text;
  live.className = `live ${kind}`;
};
stream.addEventListener('open', () => say('live', 'on'));
stream.addEventListener('error', () => say('reconnecting', 'off'));
stream.addEventListener('reload', () => refresh());
stream.addEventListener('changed', (message) => refresh(() => current.changed(JSON.parse(message.data))));

navigate();
