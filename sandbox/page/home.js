import { blockNode } from './blocks.js';
import { el } from './dom.js';
import { emptyNode } from './empty.js';
import { entryOfState } from './entries.js';

/** A person's Home tab as the app published it. */
export function homeNodes(page) {
  const { home } = page.snapshot();
  if (!home)
    return [
      emptyNode('The app shows nothing here yet. In a channel, /ecs-rotate status tells what is known.'),
    ];
  const place = {
    names: page.names(),
    form: { enter: () => {} },
    chosen: (block, control) => entryOfState(home.values[block.block_id]?.[control.action_id]),
    press: (control, blockId, more) => page.deeds.press(home.id, control, blockId, more),
  };
  return [
    el(
      'div',
      { class: 'home', 'data-testid': 'home' },
      home.view.blocks.map((block) => blockNode(block, place)),
    ),
  ];
}
