/** Makes an element. Properties beginning with `on` are listeners, the others attributes; children are text or nodes. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(
    ...children.flat(3).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return node;
}

/** The element with this id. */
export function byId(id) {
  return document.getElementById(id);
}

/**
 * Keeps a container's children in step with a list, making anew only what changed, so that what a person has
 * open or in focus stays. `keyOf` names an item, `lookOf` gives what its node is made from.
 */
export function keyedList(container, { keyOf, lookOf, render }) {
  let shown = new Map();
  return (items) => {
    const next = new Map();
    for (const item of items) {
      const [key, look] = [keyOf(item), JSON.stringify(lookOf(item))];
      const old = shown.get(key);
      next.set(key, old?.look === look ? old : { look, node: replaceNode(old?.node, render(item)) });
    }
    for (const [key, { node }] of shown) if (!next.has(key)) node.remove();
    let place = container.firstChild;
    for (const { node } of next.values()) {
      if (node === place) place = place.nextSibling;
      else container.insertBefore(node, place);
    }
    shown = next;
  };
}

/** Puts a new node in an old one's place; the focus goes to the control of the same name, if it is still there. */
function replaceNode(old, made) {
  if (!old?.isConnected) return made;
  const focus = old.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  old.replaceWith(made);
  if (focus) made.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus();
  return made;
}
