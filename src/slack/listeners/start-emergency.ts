import { can } from '../../rotation/rules/policy.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { sayPersonRefusal, sayTransitionRefusal } from '../refusal-texts.ts';
import { emergencyForm } from '../views/reason-form.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';

/** Start Without Approval: asks why; sending that form starts. */
export const onStartEmergency = (deps: SlackDependencies) =>
  onButton(deps, async ({ body }, key) => {
    const { people, texts, settings, ledger, client } = deps;
    const { userId, teamId } = actorOf(body);
    const person = await people.person(userId, teamId);
    if (!person) return texts.refusals.peopleUnknown;
    const refusal = can.startInEmergency(person);
    if (refusal) return sayPersonRefusal(texts, refusal, settings);
    const rotation = await ledger.read(key);
    if (!rotation) return texts.refusals.unknownRotation;
    if (rotation.state.phase !== 'waiting') return sayTransitionRefusal(texts, 'not-waiting', rotation);
    const failing = (await ledger.consumers(key)).filter(
      ({ consumer }) => consumer.kind === 'service' && consumer.failingNow,
    );
    const view = emergencyForm(texts, key, failing.length);
    await client.views.open({ trigger_id: body.trigger_id, view });
    return undefined;
  });
