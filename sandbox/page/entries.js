/** What a person has typed into their open modals and not yet sent, by view. */
export function createEntries() {
  const views = new Map();
  return {
    /** The entries of a view, ready to send; those of inputs that are gone are left out. */
    of(shown) {
      const known = new Set(shown.view.blocks.flatMap((block) => keysOf(block)));
      const typed = views.get(shown.id) ?? new Map();
      return Object.fromEntries([...typed].filter(([key]) => known.has(key)));
    },
    enter(viewId, key, entry) {
      if (!views.has(viewId)) views.set(viewId, new Map());
      views.get(viewId).set(key, entry);
    },
    get: (viewId, key) => views.get(viewId)?.get(key),
    /** Forgets views that are no longer open. */
    keep(viewIds) {
      for (const id of views.keys()) if (!viewIds.includes(id)) views.delete(id);
    },
  };
}

/** The name of a control's entry. */
export function entryKey(block, control) {
  return `${block.block_id}/${control.action_id}`;
}

function keysOf(block) {
  const controls = [...(block.type === 'actions' ? block.elements : []), block.element, block.accessory];
  return controls.filter((control) => control).map((control) => entryKey(block, control));
}

/** An input's state, as the stand-in knows it, as an entry. */
export function entryOfState(state) {
  if (!state) return undefined;
  if (state.selected_options) return state.selected_options.map((option) => option.value);
  return state.value ?? state.selected_option?.value ?? state.selected_user;
}
