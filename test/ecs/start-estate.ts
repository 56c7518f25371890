import { createEcs } from '../../sandbox/aws/ecs/ecs.ts';
import type { AskRegistry } from '../../sandbox/aws/ecs/pull/ask-registry.ts';
import { digestOf } from '../../sandbox/aws/ecs/pull/manifest.ts';
import { createIam } from '../../sandbox/aws/iam/iam.ts';
import type { WireObject } from '../../sandbox/aws/operation.ts';
import { createSecrets } from '../../sandbox/aws/secrets/secrets.ts';
import { startAwsServer } from '../../sandbox/aws/server.ts';
import { createAws } from '../../src/aws.ts';
import { createEstate } from '../../src/ecs/estate.ts';
import { diagnosePullFailure } from '../../src/ecs/pull-failure.ts';
import type { Consumer, ServiceConsumer } from '../../src/rotation/rules/consumer.ts';
import { createVirtualTime } from '../sandbox/aws/ecs/virtual-time.ts';

export const account = '111122223333';
export const region = 'eu-west-1';
export const role = `arn:aws:iam::${account}:role/pull`;
const value = (password: string) => JSON.stringify({ username: 'good', password });

/** ECS, Secrets Manager and IAM of one account, with our estate on the real SDK's clients. */
export async function startEstate() {
  const time = createVirtualTime(() => false);
  const secrets = createSecrets({ clock: time, account, region });
  const arns = {
    hub: secrets.create({ name: 'prod/hub', value: value('right') }).arn,
    ghcr: secrets.create({ name: 'prod/ghcr', value: value('right') }).arn,
  };
  const iam = createIam({ secretArn: secrets.arnOf });
  const registry = { accepted: 'right' };
  const ecs = createEcs({
    clock: time,
    secrets: secrets.reader,
    registry: () => undefined,
    account,
    region,
    random: () => 0,
    ask: (question) => answer(registry.accepted, question),
  });
  const services = [ecs.service, secrets.service, iam.service];
  const server = await startAwsServer({ clock: time, services, warn: () => {} });
  const slept: number[] = [];
  // The product's own clock: what it would wait is noted and not waited for.
  const clock = {
    now: time.now,
    after: time.after,
    sleep: async (ms: number) => void slept.push(ms),
  };
  const aws = createAws({
    targets: [{ id: 'prod', region, account, stage: 'production' }],
    endpoint: server.url,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'of-no-use' },
  });
  const estate = createEstate({ aws, clock, diagnose: diagnosePullFailure });
  const call = async (operation: string, input: WireObject) => ecs.service.operations[operation]?.(input);
  const under = {
    time,
    secrets,
    iam,
    ecs,
    server,
    aws,
    estate,
    arns,
    registry,
    slept,
    call,
    /** How often an operation was asked for since the last `forget`. */
    count: (operation: string) => server.calls.filter((one) => one.operation === operation).length,
    forget: () => void server.calls.splice(0),
    async close() {
      ecs.close();
      await server.close();
    },
  };
  return under;
}

export type EstateUnderTest = Awaited<ReturnType<typeof startEstate>>;

export interface NewService {
  readonly name: string;
  readonly cluster?: string;
  /** `credentialsParameter` by image, an empty one for a public image. */
  readonly containers?: Readonly<Record<string, string>>;
  readonly definition?: WireObject;
  readonly service?: WireObject;
}

export const image = (name: string) => `registry.example.com/team/${name}:1`;

/** A service of the same name as its family; on Fargate, two tasks, one private container unless told otherwise. */
export async function addService({ call, arns }: EstateUnderTest, options: NewService): Promise<void> {
  const { name, cluster = 'main', containers = { [image(name)]: arns.hub } } = options;
  await call('CreateCluster', { clusterName: cluster });
  await addFamily({ call }, name, containers, options.definition);
  await call('CreateService', {
    cluster,
    serviceName: name,
    taskDefinition: name,
    desiredCount: 2,
    launchType: 'FARGATE',
    ...options.service,
  });
}

export async function addFamily(
  { call }: Pick<EstateUnderTest, 'call'>,
  family: string,
  containers: Readonly<Record<string, string>>,
  definition: WireObject = {},
): Promise<void> {
  await call('RegisterTaskDefinition', {
    family,
    executionRoleArn: role,
    containerDefinitions: Object.entries(containers).map(([name, parameter], index) => ({
      name: index === 0 ? 'app' : `side-${index}`,
      image: name,
      memory: 256,
      ...(parameter && { repositoryCredentials: { credentialsParameter: parameter } }),
    })),
    ...definition,
  });
}

/** Until the service's only deployment is complete. */
export function untilSteady({ time, ecs }: EstateUnderTest, name: string): Promise<void> {
  return time.until(() => {
    const [primary, ...others] = ecs.services().find((one) => one.name === name)?.deployments ?? [];
    return others.length === 0 && primary?.rolloutState === 'COMPLETED';
  });
}

/** The service as a scan for `hub`'s login finds it. */
export async function scanned(under: EstateUnderTest, name: string): Promise<ServiceConsumer> {
  const found = (await under.estate.scan([under.arns.hub])).find((one) => one.name === name);
  if (found?.kind !== 'service') throw new Error(`No service ${name} in the scan`);
  return found;
}

export const named = (consumers: readonly Consumer[], name: string) =>
  consumers.find((consumer) => consumer.name === name);

const manifest = (path: string) =>
  JSON.stringify({ schemaVersion: 2, config: { digest: digestOf(path) }, layers: [] });

/** A registry of private images, each of another digest, with one accepted password. */
const answer = async (accepted: string, question: Parameters<AskRegistry>[0]) => {
  const login = `Basic ${Buffer.from(`good:${accepted}`).toString('base64')}`;
  const { path, headers = {} } = question;
  const challenge = { 'www-authenticate': 'Basic realm="test"' };
  const refusal = '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required","detail":null}]}';
  if (headers.authorization !== login) return { status: 401, headers: challenge, body: refusal };
  if (path === '/v2/') return { status: 200, headers: {}, body: '{}' };
  const body = path.includes('/manifests/') ? manifest(path.replace(/\/manifests\/.*/, '')) : '';
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  return {
    status: 200,
    headers: { 'content-type': type, 'docker-content-digest': digestOf(body) },
    body,
  };
};

/** The digest of `image(name)` in the registry above. */
export const digestIn = (name: string) => digestOf(manifest(`/v2/team/${name}`));
