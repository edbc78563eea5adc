// How things are written, and how elements are made: always as text, never as HTML.

const STATUS = {
  SCHEDULED: ['○', 'Scheduled'],
  RUNNING: ['◐', 'Running'],
  COMPLETED: ['✓', 'Completed'],
  FAILED: ['✗', 'Failed'],
  CANCELLED: ['⊘', 'Cancelled'],
  planned: ['○', 'Planned'],
  running: ['◐', 'Running'],
  sleeping: ['☾', 'Sleeping'],
  retrying: ['↻', 'Retrying'],
  completed: ['✓', 'Completed'],
  failed: ['✗', 'Failed'],
};

/** Makes an element; children are elements or texts. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else if (value === true) {
      element.setAttribute(key, '');
    } else if (value !== false && value != null) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Status as icon, word and colour. */
export function status(name) {
  const [icon, word] = STATUS[name] ?? ['?', String(name)];
  return el(
    'span',
    { class: `status ${String(name).toLowerCase()}` },
    el('span', { class: 'icon', 'aria-hidden': 'true' }, icon),
    word,
  );
}

export function clock(iso) {
  return iso ? new Date(iso).toLocaleTimeString([], { hour12: false }) : '–';
}

export function time(iso) {
  return iso ? el('time', { datetime: iso, title: iso }, clock(iso)) : el('span', {}, '–');
}

export function duration(millis) {
  if (millis == null) {
    return '–';
  }
  if (millis < 1000) {
    return `${millis} ms`;
  }
  if (millis < 60_000) {
    return `${(millis / 1000).toFixed(millis < 10_000 ? 2 : 1)} s`;
  }
  const minutes = Math.floor(millis / 60_000);
  return minutes < 60
    ? `${minutes} min ${Math.floor((millis % 60_000) / 1000)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const MAX_SHOWN = 32 * 1024;

/** JSON, indented; of long texts the beginning, and the rest on demand. */
export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? 'null';
  const pre = el('pre', { class: 'json', tabindex: '0' });
  if (text.length <= MAX_SHOWN) {
    pre.textContent = text;
    pre.shown = text;
    return pre;
  }
  pre.textContent = `${text.slice(0, MAX_SHOWN)}\n…`;
  const more = el('button', { type: 'button' }, `Show all ${text.length.toLocaleString()} characters`);
  more.addEventListener('click', () => {
    pre.textContent = text;
    more.remove();
  });
  const whole = el('div', {}, pre, more);
  whole.shown = text;
  return whole;
}

export function short(id) {
  return id ? `…${id.slice(-6)}` : '';
}
