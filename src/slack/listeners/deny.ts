import { can } from '../../rotation/rules/policy.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { sayPersonRefusal, sayTransitionRefusal } from '../refusal-texts.ts';
import { denyForm } from '../views/reason-form.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';

/** Deny: asks for a word to the one who asked; sending that form denies. */
export const onDeny = (deps: SlackDependencies) =>
  onButton(deps, async ({ body }, key) => {
    const { people, texts, settings, ledger, client } = deps;
    const { userId, teamId } = actorOf(body);
    const person = await people.person(userId, teamId);
    if (!person) return texts.refusals.peopleUnknown;
    const refusal = can.deny(person);
    if (refusal) return sayPersonRefusal(texts, refusal, settings);
    const rotation = await ledger.read(key);
    if (!rotation) return texts.refusals.unknownRotation;
    if (rotation.state.phase !== 'waiting') return sayTransitionRefusal(texts, 'not-waiting', rotation);
    await client.views.open({ trigger_id: body.trigger_id, view: denyForm(texts, key) });
    return undefined;
  });
