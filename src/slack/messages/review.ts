import type { KnownBlock } from '@slack/types';
import { actions, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { rotationButton, type Scene } from './frame.ts';
import { mention } from './mention.ts';

/** Says that it was started without approval, and by whom; with a button until an approver has reviewed it. */
export function reviewBlocks(scene: Scene): (KnownBlock | undefined)[] {
  const { rotation } = scene.view;
  const start = rotation.approvals.find(({ emergency }) => emergency !== undefined);
  if (!start) return [];
  const { states, approval } = scene.texts;
  const by = states.unapproved(mention(start.by), quote(start.emergency ?? '', 500));
  if (!rotation.unreviewed) return [section(by)];
  return [
    section(`${by}\n${states.mustReview}`),
    actions([rotationButton(scene, 'review', approval.buttons.review)]),
  ];
}
