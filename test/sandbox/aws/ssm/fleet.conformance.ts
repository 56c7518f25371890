import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListCommandInvocationsCommand, SendCommandCommand, SSMClient } from '@aws-sdk/client-ssm';
import { createSecrets } from '../../../../sandbox/aws/secrets/secrets.ts';
import { type AwsServer, startAwsServer } from '../../../../sandbox/aws/server.ts';
import { isolationTrouble } from '../../../../sandbox/aws/ssm/host/bubblewrap.ts';
import { createSsm, type Ssm } from '../../../../sandbox/aws/ssm/ssm.ts';
import { wallClock } from '../../../../src/clock.ts';
import { instanceDocument } from '../../../../src/credentials/agent/instance/document.ts';
import { readInstanceScript } from '../../../../src/credentials/agent/instance/script.ts';

/** Run Command, the production document and the production script together, on a small fleet of both families. */
const ids = ['i-a', 'i-b', 'i-c', 'i-d', 'i-e', 'i-f'];
const document = instanceDocument(readInstanceScript());
const logins = new Map<string, readonly string[]>();
let root: string;
let ssm: Ssm;
let server: AwsServer;
let client: SSMClient;
let secret: { arn: string; versionId: string };

beforeEach(async () => {
  const trouble = isolationTrouble();
  if (trouble) throw new Error(trouble);
  const clock = wallClock;
  root = mkdtempSync(join(tmpdir(), 'f-'));
  const secrets = createSecrets({ clock, account: '123456789012', region: 'eu-west-1' });
  secret = secrets.create({ name: 'login', value: '{"username":"new","password":"pw"}', suffix: 'AbCdEf' });
  const awsPort = () => Number(new URL(server.url).port);
  ssm = createSsm({ clock, root, documents: { 'ecs-rotate-instance': document }, awsPort });
  server = await startAwsServer({ clock, services: [secrets.service, ssm.service] });
  const credentials = { accessKeyId: 'AKIDBOT', secretAccessKey: 'x' };
  client = new SSMClient({ endpoint: server.url, region: 'eu-west-1', credentials });
  for (const [index, instanceId] of ids.entries())
    await addNode(instanceId, index % 2 === 0 ? 'al2023' : 'al1');
});

afterEach(async () => {
  await ssm.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
  expect(server.problems).toEqual([]);
});

const addNode = (instanceId: string, family: 'al1' | 'al2023') =>
  ssm.addNode({
    instanceId,
    family,
    cluster: 'prod',
    containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/prod/${instanceId}`,
    config: 'ECS_CLUSTER=prod\n',
    credentials: () => ({ role: 'r', accessKeyId: 'AKIDNODE', secretAccessKey: 's', token: 't' }),
    onAgentStart: (held) =>
      void logins.set(
        instanceId,
        held.map(({ registry, username }) => `${registry} ${username}`),
      ),
  });

async function apply(MaxConcurrency: string): Promise<Record<string, string | undefined>> {
  const Parameters = {
    Mode: ['apply'],
    SecretArn: [secret.arn],
    VersionId: [secret.versionId],
    Registry: ['ghcr.io'],
    Limit: ['2'],
  };
  const { Command } = await client.send(
    new SendCommandCommand({
      DocumentName: 'ecs-rotate-instance',
      InstanceIds: ids,
      Parameters,
      MaxConcurrency,
    }),
  );
  const list = new ListCommandInvocationsCommand({ CommandId: Command?.CommandId });
  for (;;) {
    const { CommandInvocations = [] } = await client.send(list);
    const isOver = CommandInvocations.every(({ Status = '' }) => !['Pending', 'InProgress'].includes(Status));
    if (isOver)
      return Object.fromEntries(CommandInvocations.map((one) => [one.InstanceId, one.StatusDetails]));
    await wallClock.sleep(200);
  }
}

test('S6: every instance gets the login, and each agent is restarted once', async () => {
  expect(await apply('3')).toEqual(Object.fromEntries(ids.map((id) => [id, 'Success'])));
  expect(ids.map((id) => logins.get(id))).toEqual(ids.map(() => ['ghcr.io new']));
  expect(ids.map((id) => ssm.node(id).host.agent.restarts)).toEqual(ids.map(() => 1));
}, 60_000);

test('S6: an instance whose agent does not come back stops the fleet, and has its old content again', async () => {
  const { agent, directory } = ssm.node('i-b').host;
  agent.knobs.comesBack = ({ ECS_ENGINE_AUTH_DATA: data }) => data === undefined;
  const told = await apply('1');
  expect(told).toEqual({ 'i-a': 'Success', 'i-b': 'Failed', ...terminated('i-c', 'i-d', 'i-e', 'i-f') });
  expect(readFileSync(directory.ecsConfig, 'utf8')).toBe('ECS_CLUSTER=prod\n');
  expect(ssm.node('i-c').host.agent.restarts).toBe(0);
  const [command] = ssm.commands();
  expect(JSON.parse(command?.invocations[1]?.stdout ?? '')).toMatchObject({
    outcome: 'restored',
    agentBack: true,
  });
}, 60_000);

const terminated = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'Terminated']));
