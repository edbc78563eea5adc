// The views. Each is a function from data to elements; nothing here asks the server.
import { clock, duration, el, json, short, status, time } from './format.js';

const row = (run) =>
  el(
    'tr',
    { 'data-key': run.id, class: 'link' },
    el('td', {}, status(run.status)),
    el('td', { class: 'name' }, el('a', { href: `/dashboard/runs/${run.id}` }, run.functionId)),
    el('td', { class: 'name' }, run.eventName),
    el('td', { class: 'number' }, run.waitingFor ? waiting(run) : String(run.stepCount)),
    el('td', {}, time(run.queuedAt)),
    el('td', { class: 'number' }, run.endedAt ? duration(run.durationMs) : '…'),
    el('td', { class: 'id', title: run.id }, short(run.id)),
  );

const waiting = (run) => `${run.waitingFor} until ${clock(run.waitingUntil)}`;

export function runs(list, total, filter, onMore) {
  const filters = ['', 'SCHEDULED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'].map((name) =>
    el(
      'a',
      { href: `/dashboard/runs${name ? `?status=${name}` : ''}`, 'aria-current': filter === name ? 'page' : null },
      name ? name[0] + name.slice(1).toLowerCase() : 'All',
    ),
  );
  const table = el(
    'table',
    {},
    el('caption', { class: 'hidden' }, 'Runs, the newest first'),
    el(
      'thead',
      {},
      el('tr', {}, ...['Status', 'Function', 'Event', 'Steps', 'Queued', 'Took', 'Run'].map((name) => el('th', { scope: 'col' }, name))),
    ),
    el('tbody', { id: 'runs' }, ...list.map(row)),
  );
  return [
    el('div', { class: 'title' }, el('h1', {}, 'Runs'), el('span', { class: 'count', id: 'count' }, `${total} in all`), el('nav', { class: 'filters', 'aria-label': 'Status' }, ...filters)),
    list.length > 0 ? scrolling(table) : filter ? el('p', { class: 'empty' }, 'No run has this status.') : empty(),
    list.length < total
      ? el('p', { class: 'more' }, el('button', { type: 'button', on: { click: onMore } }, 'Load more'), el('span', { class: 'muted' }, `${list.length} of ${total} shown`))
      : null,
  ];
}

const scrolling = (table) => el('div', { class: 'scroll' }, table);

const empty = () =>
  el(
    'div',
    { class: 'empty' },
    el('p', {}, 'No runs yet. Send an event and they appear here by themselves.'),
    el('pre', {}, `curl -d '{"name":"demo/hello.world","data":{"name":"Guru","language":"en"}}' ${location.origin}/e/test`),
    el('p', {}, el('a', { href: '/dashboard/send' }, 'Or send one from here.')),
  );

const since = (iso) => Math.max(0, Date.now() - Date.parse(iso));

/** What is being called just now; an ended run has nothing, whatever an old message says. */
const underWay = (run) => (run.endedAt ? [] : (run.current ?? []));

/** Start and end of everything that is drawn, in milliseconds. */
function span(run) {
  const from = Date.parse(run.queuedAt);
  const ends = run.steps.flatMap((step) => [step.endedAt, step.startedAt, ...step.attempts.map((a) => a.endedAt)]);
  ends.push(run.endedAt, run.startedAt, ...underWay(run).map((call) => call.startedAt));
  const to = Math.max(...ends.filter(Boolean).map((iso) => Date.parse(iso)), run.endedAt ? 0 : Date.now(), from + 1);
  return { from, length: Math.max(1, to - from) };
}

function bar(scale, startedAt, endedAt, kind) {
  const start = Date.parse(startedAt);
  const end = endedAt ? Date.parse(endedAt) : Date.now();
  const left = Math.min(99.4, ((start - scale.from) / scale.length) * 100);
  const width = Math.max(0.6, ((end - start) / scale.length) * 100);
  const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  rect.setAttribute('x', `${left}%`);
  rect.setAttribute('width', `${Math.min(width, 100 - left)}%`);
  rect.setAttribute('y', '25%');
  rect.setAttribute('height', '50%');
  rect.setAttribute('rx', '3');
  rect.setAttribute('class', `bar ${kind}`);
  return rect;
}

function bars(scale, step, call) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'bars');
  svg.setAttribute('aria-hidden', 'true');
  if (step.until) {
    svg.append(bar(scale, step.startedAt, step.endedAt, 'sleep'));
  }
  for (const attempt of step.attempts) {
    svg.append(bar(scale, attempt.startedAt, attempt.endedAt, attempt.error ? 'bad' : 'good'));
  }
  if (call) {
    svg.append(bar(scale, call.startedAt, null, 'running'));
  }
  return svg;
}

function attemptView(attempt) {
  const facts = [`Attempt ${attempt.number}`, clock(attempt.startedAt), duration(attempt.durationMs)];
  if (attempt.retryAt) {
    facts.push(`tried again at ${clock(attempt.retryAt)}`);
  }
  return el(
    'section',
    { class: 'attempt' },
    el('h4', {}, facts.join(' · ')),
    attempt.error ? errorView(attempt.error) : labelled('Output', json(attempt.output ?? null)),
  );
}

function errorView(error) {
  const parts = [el('p', { class: 'message' }, `${error.name ?? 'Error'}: ${error.message ?? ''}`)];
  if (error.stack) {
    parts.push(el('details', {}, el('summary', {}, 'Stack trace'), el('pre', { tabindex: '0' }, error.stack)));
  }
  if (error.cause) {
    parts.push(el('details', {}, el('summary', {}, 'Cause'), json(error.cause)));
  }
  return el('div', { class: 'error' }, ...parts);
}

const labelled = (label, content) => el('div', { class: 'labelled' }, el('h5', {}, label), content);

function took(step, call) {
  if (step.startedAt && !step.endedAt) {
    return duration(since(step.startedAt));
  }
  return step.startedAt ? duration(step.durationMs) : call ? duration(since(call.startedAt)) : '–';
}

function stepView(scale, step, call) {
  const attempts = step.attempts.length + (call ? 1 : 0);
  const now = call ? 'running' : step.status;
  const facts = [took(step, call)];
  if (attempts > 1) {
    facts.push(`${attempts} attempts`);
  }
  if (step.until && !step.endedAt) {
    facts.push(`until ${clock(step.until)}`);
  }
  const known = [step.op, step.until ? `sleeps until ${step.until}` : null, step.id ? `id ${step.id}` : null].filter(Boolean);
  return el(
    'details',
    { class: 'step', 'data-key': step.id ?? 'next', 'data-status': now, open: step.status === 'failed' },
    el(
      'summary',
      {},
      el('span', { class: 'name' }, step.name),
      status(now),
      bars(scale, step, call),
      el('span', { class: 'facts' }, facts.join(' · ')),
    ),
    el(
      'div',
      { class: 'detail' },
      known.length > 0 ? el('p', { class: 'id' }, known.join(' · ')) : null,
      ...step.attempts.map(attemptView),
      call ? el('h4', {}, `Attempt ${call.attempt} · ${clock(call.startedAt)} · under way`) : null,
      attempts > 0 || step.until ? null : el('p', {}, 'Not called yet'),
    ),
  );
}

/** The steps that are known, each with the call that is under way for it, and what is called without being known yet. */
function stepViews(run) {
  const scale = span(run);
  const calls = underWay(run);
  const known = new Set(run.steps.map((step) => step.id));
  return [
    ...run.steps.map((step) => stepView(scale, step, calls.find((call) => call.stepId === step.id))),
    ...calls
      .filter((call) => !known.has(call.stepId))
      .map((call) => stepView(scale, { id: call.stepId, name: call.name ?? 'Next step', attempts: [] }, call)),
  ];
}

const NO_STEPS = {
  COMPLETED: 'The run completed without a step.',
  FAILED: 'The run failed before a step was reached.',
  CANCELLED: 'The run was cancelled before a step was reached.',
};

export function run(data) {
  const facts = [
    ['Function', data.functionId],
    ['App', data.appName],
    ['Event', data.eventName],
    ['Queued', clock(data.queuedAt)],
    ['Took', data.endedAt ? duration(data.durationMs) : `${duration(since(data.queuedAt))}, under way`],
    ['Attempts a step', String(data.maxAttempts)],
  ];
  const failed = data.status === 'FAILED';
  const steps = stepViews(data);
  return [
    el(
      'div',
      { class: 'title' },
      el('a', { class: 'back', href: '/dashboard/runs' }, '← Runs'),
      el('h1', {}, data.functionName),
      status(data.status),
      el('code', { class: 'id' }, data.id),
      data.endedAt ? null : el('button', { type: 'button', class: 'danger', 'data-cancel': data.id }, 'Cancel run'),
    ),
    el('dl', { class: 'facts' }, ...facts.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value)))),
    el('h2', {}, 'Steps'),
    steps.length > 0
      ? el('div', { class: 'steps', 'data-key': 'steps' }, ...steps)
      : el('p', { class: 'empty' }, NO_STEPS[data.status] ?? 'No step was reached yet.'),
    data.attempts.length > 0 ? el('h2', { 'data-key': 'outside' }, 'Failed attempts outside steps') : null,
    ...data.attempts.map(attemptView),
    el(
      'div',
      { class: 'columns', 'data-key': 'columns' },
      el('section', {}, el('h2', {}, 'Input'), el('p', { class: 'muted' }, 'The event that started the run.'), json(data.event)),
      el(
        'section',
        {},
        el('h2', {}, failed ? 'Error' : 'Output'),
        data.output === undefined
          ? el('p', { class: 'empty' }, data.endedAt ? 'None.' : 'Not yet.')
          : failed && (data.output?.message || data.output?.error?.message)
            ? errorView(data.output.message ? data.output : data.output.error)
            : json(data.output),
      ),
    ),
  ];
}

export function functions(apps) {
  if (apps.length === 0) {
    return [
      el('h1', {}, 'Functions'),
      el('div', { class: 'empty' }, el('p', {}, 'No app is synced yet. Start one against this server:'), el('pre', {}, `INNGEST_DEV=${location.origin}`)),
    ];
  }
  return [
    el('h1', {}, 'Functions'),
    ...apps.map((app) =>
      el(
        'section',
        { class: 'app', 'data-key': app.id },
        el('h2', {}, app.name, ' ', el('code', { class: 'id' }, app.url)),
        el('p', { class: 'muted' }, [app.sdk, app.framework, app.version, `synced ${clock(app.syncedAt)}`].filter(Boolean).join(' · ')),
        scrolling(el(
          'table',
          {},
          el('thead', {}, el('tr', {}, ...['Function', 'Name', 'Started by', 'Retries'].map((name) => el('th', { scope: 'col' }, name)))),
          el(
            'tbody',
            {},
            ...app.functions.map((fn) =>
              el(
                'tr',
                {},
                el('td', {}, fn.id),
                el('td', {}, fn.name),
                el('td', {}, fn.triggers.map((t) => (t.expression ? `${t.event} if ${t.expression}` : t.event)).join(', ')),
                el('td', { class: 'number' }, String(fn.retries)),
              ),
            ),
          ),
        )),
      ),
    ),
  ];
}

export function events(list) {
  return [
    el('h1', {}, 'Events'),
    list.length === 0
      ? el('p', { class: 'empty' }, 'No event was received yet.')
      : el(
          'div',
          { class: 'steps' },
          ...list.map((event) =>
            el(
              'details',
              { class: 'step', 'data-key': event.internal_id },
              el('summary', {}, el('span', { class: 'name' }, event.name), time(event.received_at), el('span', { class: 'facts id' }, short(event.internal_id))),
              el('div', { class: 'detail' }, json({ id: event.id, name: event.name, ts: event.ts, data: event.data, user: event.user, v: event.v })),
            ),
          ),
        ),
  ];
}

export function send(draft, onSend) {
  const name = el('input', { id: 'event-name', name: 'name', required: true, value: draft.name, spellcheck: 'false', autocomplete: 'off' });
  const data = el('textarea', { id: 'event-data', name: 'data', rows: '12', spellcheck: 'false' });
  data.value = draft.data;
  const outcome = el('p', { role: 'status', class: 'outcome' });
  const form = el(
    'form',
    {
      class: 'send',
      on: {
        submit: (submit) => {
          submit.preventDefault();
          onSend(name.value.trim(), data.value, outcome);
        },
        keydown: (key) => {
          if (key.key === 'Enter' && (key.ctrlKey || key.metaKey)) {
            form.requestSubmit();
          }
        },
      },
    },
    el('label', { for: 'event-name' }, 'Name'),
    name,
    el('label', { for: 'event-data' }, 'Data (a JSON object)'),
    data,
    el('div', { class: 'buttons' }, el('button', { type: 'submit', class: 'primary' }, 'Send'), el('span', { class: 'muted' }, 'Ctrl + Enter')),
    outcome,
  );
  return [el('h1', {}, 'Send event'), form];
}

export function problem(text) {
  return [el('h1', {}, 'Something is wrong'), el('p', { class: 'empty' }, text)];
}
