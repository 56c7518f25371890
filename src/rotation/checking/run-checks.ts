import { type CheckReport, type Finding, isStopped } from '../rules/checks.ts';
import type { Consumer } from '../rules/consumer.ts';
import { isAgent } from '../rules/fleet.ts';
import { isMore, makePlan, type PlanTerms } from '../rules/plan.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import { findInCredentials } from './credential-findings.ts';
import type { CheckingDeps } from './deps.ts';
import { findInFleet } from './fleet-findings.ts';
import { findInImages } from './image-findings.ts';
import { readLogins } from './logins.ts';
import { findInRoles } from './role-findings.ts';
import { findInServices } from './service-findings.ts';

/**
 * One round of checks from a live scan: credentials, images with both logins, roles, services. Saves plan and report; of
 * an approved rotation no plan that holds more, so that a repeat of a step that was cut off finds it again.
 * @throws RotateError where AWS cannot be asked; a registry that cannot be asked is a finding.
 */
export async function runChecks(
  deps: CheckingDeps,
  key: RotationKey,
): Promise<{ stopped: boolean; more: boolean; oldLoginWorks?: boolean }> {
  const rotation = await mustRead(deps, key);
  const consumers = await scanConsumers(deps, rotation);
  const logins = await readLogins(deps, rotation);
  const images = await findInImages(deps, rotation, consumers, logins);
  const fleet = await findInFleet(deps, rotation, consumers);
  const terms: PlanTerms = {
    redeploy: rotation.ask.redeploy,
    movedTags: images.movedTags,
    unreadable: images.unreadable,
    groupPercent: deps.groupPercent,
  };
  const services = await findInServices(deps, makePlan(consumers, terms), rotation.ask.halve === true);
  const report: CheckReport = {
    at: deps.clock.now(),
    findings: [
      ...(await findInCredentials(deps, rotation)),
      ...images.findings,
      ...fleet.findings,
      ...(await findInRoles(deps, rotation, consumers)),
      ...services,
    ],
    images: images.count,
    ...worksOf(images.oldLoginWorks),
  };
  const plan = makePlan(consumers, { ...terms, halved: halvedBy(services) });
  const isApproved = rotation.state.phase === 'approved';
  const more = isApproved && isMore(await deps.ledger.consumers(key), plan);
  if (!more) await deps.ledger.saveConsumers(key, plan);
  if (rotation.credentials.some(isAgent)) await deps.ledger.saveInstances(key, fleet.instances);
  await deps.ledger.saveReport(key, report);
  return { stopped: isStopped(report), more, ...worksOf(images.oldLoginWorks) };
}

/** The consumers of the rotation's credentials, each with only the images that use one of them. */
export async function scanConsumers(deps: CheckingDeps, rotation: Rotation): Promise<Consumer[]> {
  const ids = rotation.credentials.map(({ id }) => id);
  const consumers = await deps.estate.scan(ids);
  return consumers
    .map((consumer) => ({
      ...consumer,
      images: consumer.images.filter(({ credentialId }) => ids.includes(credentialId)),
    }))
    .filter(({ images }) => images.length > 0);
}

/** @throws Error where there is no such rotation: a step was called for nothing. */
export async function mustRead(deps: Pick<CheckingDeps, 'ledger'>, key: RotationKey): Promise<Rotation> {
  const rotation = await deps.ledger.read(key);
  if (!rotation) throw new Error(`no rotation ${key.id} of ${key.registry}`);
  return rotation;
}

function halvedBy(findings: readonly Finding[]): Set<string> {
  const found = findings.filter(({ check }) => check === 'runs-at-half');
  return new Set(found.map(({ facts }) => String(facts.id)));
}

function worksOf(oldLoginWorks: boolean | undefined): { oldLoginWorks?: boolean } {
  return oldLoginWorks === undefined ? {} : { oldLoginWorks };
}
