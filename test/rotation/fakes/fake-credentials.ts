import { RotateError } from '../../../src/errors.ts';
import type { Credentials, Login } from '../../../src/rotation/ports.ts';
import type {
  CredentialCondition,
  CredentialRef,
  MoveResult,
  RotatedCredential,
} from '../../../src/rotation/rules/credential.ts';
import { SecretValue } from '../../../src/secret-value.ts';

export interface FakeSecret {
  readonly versions: Map<string, Login | 'no-login'>;
  /** Version id by label. */
  readonly labels: Map<string, string>;
  condition: Partial<CredentialCondition>;
}

/** Secrets as versions and labels; AWSCURRENT moves by compare-and-swap only. */
export class FakeCredentials implements Credentials {
  readonly secrets = new Map<string, FakeSecret>();
  readonly calls: string[] = [];
  /** Happens once, right after the next move that was made. */
  afterMove: (() => void) | undefined;
  readonly #failing: { method: string; error: Error; id?: string }[] = [];

  add(id: string, login: Login | 'no-login'): FakeSecret {
    const secret: FakeSecret = {
      versions: new Map([['v1', login]]),
      labels: new Map([['AWSCURRENT', 'v1']]),
      condition: {},
    };
    this.secrets.set(id, secret);
    return secret;
  }

  /** The next such call fails, on this secret where one is given. */
  failOnce(method: 'condition' | 'stage' | 'move' | 'removeLabels' | 'readLogin', id?: string): void {
    const error = new RotateError('aws-denied', { action: method, name: id ?? 'the secret', resource: '*' });
    this.#failing.push({ method, error, ...(id ? { id } : {}) });
  }

  /** As a person with the console would: puts a value of their own in use. */
  changeByHand(id: string, version: string, login: Login): void {
    this.#secret(id).versions.set(version, login);
    this.#secret(id).labels.set('AWSCURRENT', version);
  }

  labelOf(id: string, label: string): string | undefined {
    return this.#secret(id).labels.get(label);
  }

  /** The login in force, as the agent of a host would read it. */
  inUse(id: string): Login | undefined {
    const login = this.#secret(id).versions.get(this.labelOf(id, 'AWSCURRENT') ?? '');
    return login === 'no-login' ? undefined : login;
  }

  async condition({ id }: CredentialRef): Promise<CredentialCondition> {
    this.#mayFail('condition', id);
    const { labels, condition } = this.#secret(id);
    const current = labels.get('AWSCURRENT');
    const pending = labels.get('ecs-rotate-pending');
    return {
      ...(current ? { currentVersionId: current } : {}),
      ...(pending ? { pendingVersionId: pending } : {}),
      rotationEnabled: false,
      isReplica: false,
      pendingDeletion: false,
      ...condition,
    };
  }

  async stage({ id }: CredentialRef, login: Login, token: string): ReturnType<Credentials['stage']> {
    this.calls.push(`stage ${id}`);
    this.#mayFail('stage', id);
    const { versions, labels } = this.#secret(id);
    if (token.length < 32 || token.length > 64) throw new Error('a token has 32 to 64 characters');
    versions.set(token, login);
    labels.set('ecs-rotate-pending', token);
    return { baseVersionId: labels.get('AWSCURRENT') ?? '', stagedVersionId: token };
  }

  async readLogin({ id }: CredentialRef, versionId: string): Promise<Login> {
    this.#mayFail('readLogin', id);
    const login = this.#secret(id).versions.get(versionId);
    if (!login) throw new RotateError('secret-version-missing', { name: id, version: versionId });
    if (login === 'no-login') throw new RotateError('secret-malformed', { name: id });
    return login;
  }

  async move({ id }: CredentialRef, from: string, to: string): Promise<MoveResult> {
    this.calls.push(`move ${id} ${from.slice(0, 6)} ${to.slice(0, 6)}`);
    this.#mayFail('move', id);
    const { labels } = this.#secret(id);
    const currentVersionId = labels.get('AWSCURRENT') ?? '';
    if (currentVersionId === to) return { result: 'already-there' };
    if (currentVersionId !== from) return { result: 'changed-by-someone', currentVersionId };
    if (labels.get('ecs-rotate-base') !== to) labels.set('ecs-rotate-base', from);
    labels.set('AWSCURRENT', to);
    this.afterMove?.();
    this.afterMove = undefined;
    return { result: 'moved' };
  }

  async removeLabels(credential: RotatedCredential, options: { keepPending: boolean }): Promise<void> {
    this.#mayFail('removeLabels', credential.id);
    const { labels } = this.#secret(credential.id);
    if (labels.get('ecs-rotate-base') === credential.baseVersionId) labels.delete('ecs-rotate-base');
    const isOurs = labels.get('ecs-rotate-pending') === credential.stagedVersionId;
    if (isOurs && !options.keepPending) labels.delete('ecs-rotate-pending');
  }

  #secret(id: string): FakeSecret {
    const secret = this.secrets.get(id);
    if (!secret) throw new RotateError('secret-missing', { name: id });
    return secret;
  }

  #mayFail(method: string, id: string): void {
    const at = this.#failing.findIndex((f) => f.method === method && (f.id ?? id) === id);
    const [failure] = at < 0 ? [] : this.#failing.splice(at, 1);
    if (failure) throw failure.error;
  }
}

export function login(password: string, userName = 'acme-pull'): Login {
  return { userName, password: SecretValue.of(password) };
}
