import type { RotationView } from '../../rotation/ports.ts';
import type { Texts } from '../../text/catalogue.ts';
import type { PeopleConfig } from '../settings.ts';
import { renderCannotStart, renderChecking, renderWaiting } from './asking.ts';
import { renderClosed } from './closed.ts';
import type { Message, Scene } from './frame.ts';
import { renderFleet, renderGoingBack, renderPaused, renderRolling, renderStarting } from './running.ts';

/** The one message of a rotation, in whichever state it is. Pure: the same view gives the same message. */
export function renderRotation(view: RotationView, texts: Texts, people: PeopleConfig): Message {
  const scene: Scene = { view, texts, people };
  const { state } = view.rotation;
  switch (state.phase) {
    case 'staging':
    case 'checking':
      return renderChecking(scene);
    case 'cannot-start':
      return renderCannotStart(scene);
    case 'waiting':
      return renderWaiting(scene, state);
    case 'approved':
    case 'changing':
      return renderStarting(scene);
    case 'fleet':
      return renderFleet(scene, state);
    case 'rolling':
      return renderRolling(scene, state);
    case 'paused':
      return renderPaused(scene, state);
    case 'going-back':
      return renderGoingBack(scene, state);
    case 'closed':
      return renderClosed(scene, state);
    default:
      return unknownPhase(state);
  }
}

function unknownPhase(state: never): never {
  throw new TypeError(`unknown phase ${JSON.stringify(state)}`);
}
