import type { SlackDependencies } from '../dependencies.ts';
import { servicesView } from '../views/services-view.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';

/** Show Services: every service in order, and what is left out and why. */
export const onShowServices = (deps: SlackDependencies) =>
  onButton(deps, async ({ body }, key) => {
    const { userId, teamId } = actorOf(body);
    const person = await deps.people.person(userId, teamId);
    if (!person) return deps.texts.refusals.peopleUnknown;
    if (person.isOutsider) return deps.texts.refusals.person('outsider', { approvers: '' });
    const view = servicesView(deps.texts, await deps.ledger.consumers(key));
    await deps.client.views.open({ trigger_id: body.trigger_id, view });
    return undefined;
  });
