import type {
  AskRegistry,
  RegistryAnswer,
  RegistryQuestion,
} from '../../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import engineErrors from '../../../../vectors/engine-errors.json' with { type: 'json' };
import pullReasons from '../../../../vectors/pull-reasons.json' with { type: 'json' };

/** Answers by what is asked: `api` is `/v2/`; what is left out answers 200 with nothing. */
export interface Canned {
  readonly api?: RegistryAnswer;
  readonly token?: RegistryAnswer;
  readonly head?: RegistryAnswer;
  readonly manifest?: RegistryAnswer;
  readonly blob?: RegistryAnswer;
}

export const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A registry that answers from a table. HEAD answers as `manifest` does where nothing else is said. */
export function canned(answers: Canned): AskRegistry {
  return (question) => Promise.resolve(choose(answers, question));
}

export const answer = (
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
): RegistryAnswer => ({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

export const error = (status: number, code: string, message: string, detail?: unknown): RegistryAnswer =>
  answer(status, { errors: [{ code, message, detail }] });

export const unreachable = (tail: string): RegistryAnswer => ({ unreachable: tail });

/** A Bearer challenge; `scopeError` is what the second refusal names. */
export const bearer = (realm: string, service: string, scopeError?: string): RegistryAnswer =>
  answer(
    401,
    { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail: [] }] },
    {
      'www-authenticate': `Bearer realm="${realm}",service="${service}"${scopeError ? `,error="${scopeError}"` : ''}`,
    },
  );

export const basicChallenge = answer(
  401,
  { errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail: null }] },
  { 'www-authenticate': 'Basic realm="basic-realm"' },
);

/** As docker-registry refuses a manifest under Basic: with a detail. */
export const basicRefusal = answer(
  401,
  {
    errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail: [{ Type: 'repository' }] }],
  },
  { 'www-authenticate': 'Basic realm="basic-realm"' },
);

export const manifest = answer(
  200,
  { schemaVersion: 2, config: { digest: DIGEST }, layers: [] },
  { 'docker-content-digest': DIGEST },
);

export const tokenGranted = answer(200, { token: 'granted' });

/** dockerd's recorded text for an image and user, the nth where there are several. */
export function recordedByDockerd(image: string, user: string | null, nth = 0): string {
  const found = engineErrors.filter(
    (one) => one.engine.startsWith('dockerd') && one.image === image && one.user === user,
  )[nth];
  return (JSON.parse(found?.body ?? '{}') as { message: string }).message;
}

/** containerd's recorded text behind `failed to resolve reference "…": `, the nth for these arguments. */
export function recordedByContainerd(args: string, nth = 0): string {
  const found = engineErrors.filter((one) => one.engine.startsWith('containerd') && one.args === args)[nth];
  return (found?.body ?? '').replace(/^ctr: (failed to resolve reference "[^"]+": )?/, '');
}

/** The sample reason that contains every one of `parts`. */
export function sampleReason(...parts: string[]): string {
  const found = pullReasons.filter(
    ({ text, where }) => where !== 'service-event' && parts.every((part) => text.includes(part)),
  );
  if (found.length !== 1) throw new Error(`${found.length} samples with ${parts.join(' and ')}`);
  return found[0]?.text ?? '';
}

function choose(answers: Canned, { method, path }: RegistryQuestion): RegistryAnswer {
  const empty = answer(200);
  if (path === '/v2/') return answers.api ?? empty;
  if (path.includes('/blobs/')) return answers.blob ?? empty;
  if (path.includes('/manifests/')) {
    return (method === 'HEAD' ? (answers.head ?? answers.manifest) : answers.manifest) ?? manifest;
  }
  return answers.token ?? tokenGranted;
}
