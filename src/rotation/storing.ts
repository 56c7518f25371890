import { createHash } from 'node:crypto';
import { isRotateError } from '../errors.ts';
import { SecretValue } from '../secret-value.ts';
import { intendedVersions, placeAll } from './placing.ts';
import type { Clock, Credentials, Ledger, Login, Registry } from './ports.ts';
import type { StoreAnswer, StoreRequest } from './requests.ts';
import type { RotatedCredential } from './rules/credential.ts';
import type { Rotation, RotationKey } from './rules/rotation.ts';
import { close, holdsLock, mayBeReplaced, replace } from './rules/transitions.ts';

/** What the storing function may use: it alone puts values, always under our own label. */
export interface StoringDeps {
  readonly credentials: Credentials;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
}

/** How long a record may stand in `staging`: what is stored by then, is. */
const leaseMs = 60_000;

/**
 * Stores a new login as a pending version and begins a rotation. A login that the registry definitely refuses, or that
 * is in use already, stores nothing. The rotation's id is made from the submission, so a repeat is the same rotation.
 */
export async function store(deps: StoringDeps, request: StoreRequest): Promise<StoreAnswer> {
  try {
    return await tryToStore(deps, request);
  } catch (error) {
    if (!isRotateError(error)) throw error;
    return { result: 'failed', code: error.code, says: error.says, next: error.next };
  }
}

async function tryToStore(deps: StoringDeps, request: StoreRequest): Promise<StoreAnswer> {
  const key = { registry: request.registry, id: idOf(request) };
  if (isOver(await deps.ledger.read(key))) return { result: 'repeated', key };
  const typed = request.ask.entry === 'here' ? loginOf(request) : undefined;
  const refused = typed ? await whyNotStored(deps, request, typed) : undefined;
  if (refused) return refused;
  const held = await deps.ledger.open(request.registry);
  const inTheWay = held && holdsLock(held, deps.clock.now()) && held.id !== key.id ? held : undefined;
  if (inTheWay && request.replaces !== inTheWay.id) return heldBy(inTheWay);
  const begun = await begin(deps, key, request, inTheWay);
  if (begun !== 'begun') return begun;
  return await finish(deps, key, request, typed, inTheWay);
}

/** Its submission is done with. One that was never stored may be sent again. */
function isOver(known: Rotation | undefined): boolean {
  return known?.state.phase === 'closed' && known.state.because !== 'never-stored';
}

/** Five letters and digits without look-alikes, from the view that was submitted. */
function idOf(request: StoreRequest): string {
  const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const hash = createHash('sha256').update(`${request.registry} ${request.submission}`).digest();
  return [...hash.subarray(0, 5)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

function loginOf(request: StoreRequest): Login {
  return { userName: request.ask.userName, password: SecretValue.of(request.password ?? '') };
}

async function whyNotStored(
  deps: StoringDeps,
  request: StoreRequest,
  login: Login,
): Promise<StoreAnswer | undefined> {
  if (await isInUseEverywhere(deps, request, login)) return { result: 'already-in-use' };
  const answer = await deps.registry.tryLogin(request.registry, login, { until: request.tryUntil });
  return answer === 'refused' ? { result: 'login-refused', registry: request.registry } : undefined;
}

async function isInUseEverywhere(deps: StoringDeps, request: StoreRequest, login: Login): Promise<boolean> {
  for (const credential of request.credentials) {
    const { currentVersionId } = await deps.credentials.condition(credential);
    const current = currentVersionId
      ? await deps.credentials.readLogin(credential, currentVersionId).catch(() => undefined)
      : undefined;
    if (current?.userName !== login.userName || !current.password.equals(login.password)) return false;
  }
  return true;
}

function heldBy(held: Rotation): StoreAnswer {
  const { id, ask, state } = held;
  return mayBeReplaced(held)
    ? { result: 'may-replace', id, by: ask.by }
    : { result: 'held', id, by: ask.by, phase: state.phase };
}

async function begin(
  deps: StoringDeps,
  key: RotationKey,
  request: StoreRequest,
  inTheWay: Rotation | undefined,
): Promise<'begun' | StoreAnswer> {
  const ended = inTheWay ? replace(inTheWay, { by: request.ask.by, at: deps.clock.now() }) : undefined;
  if (ended && 'refused' in ended) return inTheWay ? heldBy(inTheWay) : { result: 'repeated' };
  const replaces = ended && inTheWay ? { ended: ended.rotation, rev: inTheWay.rev } : undefined;
  const answer = await deps.ledger.begin(newRotation(deps, key, request, inTheWay), replaces);
  if (answer.begun) return 'begun';
  const { heldBy: other } = answer;
  if (!other) return { result: 'repeated' };
  if (other.id !== key.id) return heldBy(other);
  // The same submission again: go on where it was cut off, or say where it went.
  return other.state.phase === 'staging' ? 'begun' : { result: 'repeated', key };
}

function newRotation(
  deps: StoringDeps,
  key: RotationKey,
  request: StoreRequest,
  inTheWay: Rotation | undefined,
): Rotation {
  return {
    ...key,
    schema: 1,
    rev: 1,
    ask: request.ask,
    credentials: request.credentials.map((credential) => ({
      ...credential,
      ...intendedVersions(key, request, credential.id),
    })),
    state: { phase: 'staging', leaseUntil: deps.clock.now() + leaseMs },
    approvals: [],
    generation: 1,
    ...(inTheWay ? { follows: inTheWay.id } : {}),
  };
}

async function finish(
  deps: StoringDeps,
  key: RotationKey,
  request: StoreRequest,
  typed: Login | undefined,
  replaced: Rotation | undefined,
): Promise<StoreAnswer> {
  try {
    const credentials = await placeAll(deps, key, request, typed);
    if ('missing' in credentials) {
      await endUnstored(deps, key);
      return { result: 'nothing-stored', name: credentials.missing };
    }
    const refused = await beginChecks(deps, key, credentials);
    if (refused) return refused;
  } catch (error) {
    if (isRotateError(error)) await giveUp(deps, key);
    throw error;
  }
  const ring = replaced && 'callbackId' in replaced.state ? replaced.state.callbackId : undefined;
  return { result: 'stored', key, ...(ring ? { ring } : {}) };
}

/** The value is stored. While it was, the same submission may have come through, or another may have taken over. */
async function beginChecks(
  deps: StoringDeps,
  key: RotationKey,
  credentials: readonly RotatedCredential[],
): Promise<StoreAnswer | undefined> {
  const since = deps.clock.now();
  const answer = await deps.ledger.change(key, (rotation) =>
    rotation.state.phase === 'staging'
      ? { rotation: { ...rotation, credentials, state: { phase: 'checking', since, round: 1 } } }
      : { refused: 'not-staging' },
  );
  if (!('refused' in answer)) return undefined;
  const other = answer.refused === 'not-open' ? await deps.ledger.open(key.registry) : undefined;
  return other ? heldBy(other) : { result: 'repeated', key };
}

async function endUnstored(deps: StoringDeps, key: RotationKey): Promise<void> {
  const at = deps.clock.now();
  await deps.ledger.change(key, (rotation) =>
    rotation.state.phase === 'staging'
      ? { rotation: close(rotation, { outcome: 'cancelled', because: 'never-stored', at }) }
      : { refused: 'not-staging' },
  );
}

/** Blocks nobody from now on. Some secrets may hold the value already: the keeper takes our label off and ends it. */
async function giveUp(deps: StoringDeps, key: RotationKey): Promise<void> {
  const leaseUntil = deps.clock.now();
  await deps.ledger.change(key, (rotation) =>
    rotation.state.phase === 'staging'
      ? { rotation: { ...rotation, state: { ...rotation.state, leaseUntil } } }
      : { refused: 'not-staging' },
  );
}
