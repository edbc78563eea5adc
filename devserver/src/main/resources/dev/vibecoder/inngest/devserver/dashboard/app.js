// Finds the view for the URL, loads its data, and keeps it fresh over one event stream.
import { el } from './format.js';
import { patch } from './patch.js';
import * as views from './views.js';

const main = document.getElementById('main');
const live = document.getElementById('live');
const notice = document.getElementById('notice');
const PAGE = 100;
const MOST = 500;
let current = { refresh() {}, changed() {} };

function say(text) {
  notice.textContent = text;
  notice.hidden = text === '';
}

async function ask(path, options) {
  const response = await fetch(path, { headers: { accept: 'application/json' }, ...options });
  const text = await response.text();
  let body = {};
  try {
    body = JSON.parse(text || '{}');
  } catch {
    // Told below by its status.
  }
  if (!response.ok) {
    throw Object.assign(new Error(body.error ?? `The server answered ${response.status}`), { status: response.status });
  }
  return body;
}

/**
 * A view over data of the server. It is asked again when something changed while it was being asked, and what comes
 * after the reader has gone on is dropped.
 */
function view(load, draw, concerns, apply = () => false) {
  let asking = false;
  let again = false;
  let data = null;
  const self = {
    async refresh() {
      if (asking) {
        again = true;
        return;
      }
      asking = true;
      try {
        do {
          again = false;
          const loaded = await load();
          if (current !== self) {
            return;
          }
          data = loaded;
          self.draw();
        } while (again);
      } catch (error) {
        // A server that is away is told by the indicator; what is known stays readable.
        if (current === self && (data === null || error.status)) {
          patch(main, views.problem(error.message));
        }
      } finally {
        asking = false;
      }
    },
    draw() {
      if (data !== null && current === self) {
        patch(main, draw(data).filter(Boolean));
      }
    },
    tick() {
      if (data?.endedAt === null) {
        self.draw();
      }
    },
    changed(message) {
      if (!concerns(message)) {
        return;
      }
      if (!asking && data !== null && apply(data, message)) {
        self.draw();
      } else {
        self.refresh();
      }
    },
  };
  return self;
}

function runsView(query) {
  const filter = query.get('status') ?? '';
  let wanted = PAGE;
  const load = async () => {
    const found = new Map();
    let page;
    do {
      const limit = Math.min(MOST, wanted - found.size);
      page = await ask(`/dashboard/api/runs?limit=${limit}&offset=${found.size}${filter ? `&status=${encodeURIComponent(filter)}` : ''}`);
      page.runs.forEach((run) => found.set(run.id, run));
    } while (page.runs.length > 0 && found.size < Math.min(wanted, page.total));
    return { total: page.total, runs: [...found.values()] };
  };
  const more = () => {
    wanted += PAGE;
    self.refresh();
  };
  const apply = (data, message) => {
    const places = new Map(data.runs.map((run, place) => [run.id, place]));
    if (filter || message.runs.some((run) => !places.has(run.id))) {
      return false;
    }
    message.runs.forEach((run) => (data.runs[places.get(run.id)] = run));
    return true;
  };
  const self = view(load, (data) => views.runs(data.runs, data.total, filter, more), (message) => message.runs.length > 0, apply);
  return self;
}

function runView(id) {
  return view(
    () => ask(`/dashboard/api/runs/${encodeURIComponent(id)}`),
    views.run,
    (message) => message.runs.some((run) => run.id === id),
  );
}

const appsView = () =>
  view(() => ask('/dashboard/api/apps'), (data) => views.functions(data.apps), (message) => message.apps ?? message.others);

const eventsView = () =>
  view(() => ask('/dashboard/api/events?limit=100'), (data) => views.events(data.events), (message) => message.events ?? message.others);

function sendView() {
  const draft = JSON.parse(
    sessionStorage.getItem('draft') ?? '{"name":"demo/hello.world","data":"{\\n  \\"name\\": \\"Guru\\",\\n  \\"language\\": \\"en\\"\\n}"}',
  );
  const onSend = async (name, data, outcome) => {
    sessionStorage.setItem('draft', JSON.stringify({ name, data }));
    outcome.replaceChildren();
    try {
      const event = { name, data: JSON.parse(data || '{}') };
      await ask('/e/dashboard', { method: 'POST', body: JSON.stringify(event) });
      outcome.append('Sent. ', el('a', { href: '/dashboard/runs' }, 'See the runs.'));
    } catch (error) {
      outcome.append(`Not sent: ${error.message}`);
    }
  };
  let drawn = false;
  return {
    // What is being written is not to be touched.
    refresh() {
      if (!drawn) {
        drawn = true;
        main.replaceChildren(...views.send(draft, onSend));
      }
    },
    changed() {},
  };
}

function route(url) {
  const parts = url.pathname.split('/').filter(Boolean).slice(1);
  if (parts[0] === 'runs' && parts[1]) {
    return runView(decodeURIComponent(parts[1]));
  }
  const known = { functions: appsView, events: eventsView, send: sendView };
  return Object.hasOwn(known, parts[0] ?? '') ? known[parts[0]]() : runsView(url.searchParams);
}

function navigate() {
  const url = new URL(location.href);
  say('');
  main.replaceChildren();
  current = route(url);
  for (const link of document.querySelectorAll('header nav a')) {
    const here = url.pathname.startsWith(link.pathname) || (url.pathname === '/dashboard' && link.pathname === '/dashboard/runs');
    if (here) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  current.refresh();
}

async function cancel(id) {
  if (!confirm('Cancel this run? Steps that are done stay done.')) {
    return;
  }
  try {
    await ask(`/v1/runs/${encodeURIComponent(id)}`, { method: 'DELETE' });
    say('');
  } catch (error) {
    say(`Not cancelled: ${error.message}`);
  }
}

document.addEventListener('click', (click) => {
  const button = click.target.closest('[data-cancel]');
  if (button) {
    cancel(button.dataset.cancel);
    return;
  }
  const link = click.target.closest('a') ?? (String(getSelection()) ? null : click.target.closest('tr.link')?.querySelector('a'));
  const plain = click.button === 0 && !click.metaKey && !click.ctrlKey && !click.shiftKey && !click.altKey;
  if (!link || !plain || click.defaultPrevented || link.origin !== location.origin || link.hash) {
    return;
  }
  click.preventDefault();
  history.pushState(null, '', link.href);
  navigate();
  scrollTo(0, 0);
});
addEventListener('popstate', navigate);
setInterval(() => current.tick?.(), 1000);

const RECONNECT_MILLIS = 1000;

function tell(text, kind) {
  live.textContent = text;
  live.className = `live ${kind}`;
}

function watch() {
  const stream = new EventSource('/dashboard/api/stream');
  // What changed before the stream was open, or while it was interrupted, was told to nobody.
  stream.addEventListener('open', () => {
    tell('live', 'on');
    current.refresh();
  });
  stream.addEventListener('error', () => {
    tell('reconnecting', 'off');
    // A browser gives up for good when it gets an error as answer, as from a server that is just stopping.
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(watch, RECONNECT_MILLIS);
    }
  });
  stream.addEventListener('reload', () => current.refresh());
  stream.addEventListener('changed', (message) => current.changed(JSON.parse(message.data)));
}

navigate();
watch();
