// Changes a part of the page into what it should be and leaves alone what is so already: focus, selection, scroll
// positions and opened details survive.

const key = (node) => node.dataset?.key;

const alike = (old, next) => old.nodeType === next.nodeType && old.nodeName === next.nodeName && key(old) === key(next);

/** Makes the children of an element like the given nodes; elements with data-key are found again wherever they are. */
export function patch(parent, nodes) {
  const keyed = new Map([...parent.children].filter(key).map((child) => [key(child), child]));
  let at = parent.firstChild;
  for (const next of nodes) {
    const known = keyed.get(key(next));
    const old = known && alike(known, next) ? known : at && !key(at) && alike(at, next) ? at : null;
    if (old === null) {
      parent.insertBefore(next, at);
      continue;
    }
    if (old === at) {
      at = at.nextSibling;
    } else {
      parent.insertBefore(old, at);
    }
    patchNode(old, next);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

function patchNode(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) {
      old.data = next.data;
    }
    return;
  }
  // What shows a text in its own way, in parts or with a button, is one piece.
  if (old.shown !== next.shown) {
    old.replaceWith(next);
    return;
  }
  if (old.shown !== undefined) {
    return;
  }
  patchAttributes(old, next);
  patch(old, [...next.childNodes]);
}

function patchAttributes(old, next) {
  // What the reader opened stays open; what became worth reading opens by itself.
  const opens = next.hasAttribute('open') && old.dataset.status !== next.dataset.status;
  for (const { name, value } of [...next.attributes]) {
    if (name !== 'open' && old.getAttribute(name) !== value) {
      old.setAttribute(name, value);
    }
  }
  for (const { name } of [...old.attributes]) {
    if (name !== 'open' && !next.hasAttribute(name)) {
      old.removeAttribute(name);
    }
  }
  if (opens) {
    old.setAttribute('open', '');
  }
}
