import { currentLabel, moveLabel } from './labels.ts';
import { addVersion } from './put.ts';
import type { ReadKnobs } from './read.ts';
import { refusals } from './refusals.ts';
import type { Secret, SecretReplica } from './secret.ts';
import type { SecretStore } from './store.ts';

export interface SecretToCreate {
  readonly name: string;
  /** Usually a JSON object with `username` and `password`. */
  readonly value: string;
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The six characters AWS appends in the ARN; random where none are given. */
  readonly suffix?: string;
}

/** One version as a test looks at it. */
export interface VersionView {
  readonly id: string;
  readonly labels: readonly string[];
  /** For assertions only. */
  readonly value: string | undefined;
}

/** What someone with the console open does, for seeds, knobs and assertions. Secrets go by name or ARN. */
export interface SecretsByHand {
  create(secret: SecretToCreate): { arn: string; versionId: string };
  /** In the order they were made. */
  versionsOf(secretId: string): VersionView[];
  /** A colleague edits the secret: the new value is in force at once, or only has the label. Returns the version's id. */
  putByHand(secretId: string, value: string, label?: string): string;
  moveCurrentByHand(secretId: string, versionId: string): void;
  markForDeletion(secretId: string): void;
  restore(secretId: string): void;
  setOwningService(secretId: string, service: string | undefined): void;
  setRotationEnabled(secretId: string, on: boolean): void;
  setReplicas(secretId: string, replicas: readonly SecretReplica[]): void;
  /** Another region than the stand-in's makes the secret a replica, which refuses writes. */
  setPrimaryRegion(secretId: string, region: string | undefined): void;
  setResourcePolicy(secretId: string, policy: string | undefined): void;
  /** How long reads by AWSCURRENT lag behind a move of it. */
  setReadLag(ms: number): void;
  /** Forces pages of at most `most` entries. */
  setMaxPage(most: number): void;
  /** The ARN a name or ARN stands for; undefined where there is no such secret. */
  arnOf(secretId: string): string | undefined;
  /** Names, in the order they were made. */
  names(): string[];
}

/** Goes past the checks of the API on purpose: it can bring about what the API would refuse. */
export function createByHand(store: SecretStore, knobs: ReadKnobs): SecretsByHand {
  const set = <K extends Settable>(secretId: string, member: K, value: Secret[K]) => {
    store.find(secretId)[member] = value;
  };
  return {
    create: (toCreate) => create(store, toCreate),
    versionsOf: (secretId) =>
      [...store.find(secretId).versions.values()].map(({ id, labels, content }) => ({
        id,
        labels: [...labels],
        value: content.text,
      })),
    putByHand: (secretId, value, label) =>
      addVersion(store, store.find(secretId), {
        content: { text: value },
        labels: label ? [label] : undefined,
      }).id,
    moveCurrentByHand: (secretId, versionId) => moveCurrent(store, store.find(secretId), versionId),
    markForDeletion: (secretId) => set(secretId, 'deletesAt', store.clock.now() + recoveryMs),
    restore: (secretId) => set(secretId, 'deletesAt', undefined),
    setOwningService: (secretId, service) => set(secretId, 'owningService', service),
    setRotationEnabled: (secretId, on) => set(secretId, 'rotationEnabled', on),
    setReplicas(secretId, replicas) {
      set(secretId, 'replicas', replicas);
      set(secretId, 'primaryRegion', store.region);
    },
    setPrimaryRegion: (secretId, region) => set(secretId, 'primaryRegion', region),
    setResourcePolicy: (secretId, policy) => set(secretId, 'resourcePolicy', policy),
    setReadLag(ms) {
      knobs.lagMs = ms;
    },
    setMaxPage(most) {
      knobs.maxPage = most;
    },
    arnOf: (secretId) => store.lookUp(secretId)?.arn,
    names: () => store.all().map(({ name }) => name),
  };
}

type Settable =
  | 'deletesAt'
  | 'owningService'
  | 'rotationEnabled'
  | 'replicas'
  | 'primaryRegion'
  | 'resourcePolicy';

const recoveryMs = 30 * 24 * 60 * 60 * 1000;

function create(store: SecretStore, toCreate: SecretToCreate): { arn: string; versionId: string } {
  if (store.byName(toCreate.name)) throw refusals.exists(toCreate.name);
  const secret = store.add(toCreate.name, toCreate.suffix);
  if (toCreate.description !== undefined) secret.description = toCreate.description;
  if (toCreate.kmsKeyId !== undefined) secret.kmsKeyId = toCreate.kmsKeyId;
  for (const [key, value] of Object.entries(toCreate.tags ?? {})) secret.tags.set(key, value);
  const version = addVersion(store, secret, { content: { text: toCreate.value } });
  return { arn: secret.arn, versionId: version.id };
}

function moveCurrent(store: SecretStore, secret: Secret, versionId: string): void {
  const version = secret.versions.get(versionId);
  if (!version) throw refusals.noSuchVersion(versionId);
  moveLabel(secret, currentLabel, version, store.clock.now());
}
