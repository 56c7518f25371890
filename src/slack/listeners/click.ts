import type { RotationKey } from '../../rotation/rules/rotation.ts';
import { act, type Deed } from '../act.ts';
import { type ButtonValue, parseButtonValue } from '../button-value.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { actorOf, type ButtonArgs } from './incoming.ts';
import { answerPrivately, tellUnexpected } from './private-answer.ts';

/** A listener for a button that does one deed. Only a refusal is answered: the message tells the rest. */
export function onDeed(deps: SlackDependencies, deedOf: (value: ButtonValue) => Deed) {
  return onButton(deps, async (args, key, value) => {
    const acted = await act(deps, actorOf(args.body), key, deedOf(value));
    return 'refused' in acted ? acted.refused : undefined;
  });
}

/**
 * A listener for a button of a rotation: acknowledges, reads the value, does the work, answers privately what the work
 * answers. Errors are told with a reference.
 */
export function onButton(
  deps: SlackDependencies,
  work: (args: ButtonArgs, key: RotationKey, value: ButtonValue) => Promise<string | undefined>,
) {
  return async (args: ButtonArgs): Promise<void> => {
    await args.ack();
    try {
      const value = parseButtonValue(args.action.value);
      const key = value && { registry: value.registry, id: value.id };
      const answer = key ? await work(args, key, value) : deps.texts.refusals.unknownRotation;
      if (answer) await answerPrivately(deps, args, answer);
    } catch (error) {
      await answerPrivately(deps, args, tellUnexpected(deps, error, args.action.action_id));
    }
  };
}
