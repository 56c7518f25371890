import {
  GetResourcePolicyCommand,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  ListSecretVersionIdsCommand,
  paginateListSecrets,
} from '@aws-sdk/client-secrets-manager';
import { failureOf } from '../sdk-clients.ts';
import { name, type SecretsUnderTest, startSecrets, token } from './start-secrets.ts';

let world: SecretsUnderTest;

beforeEach(async () => {
  world = await startSecrets();
});

afterEach(async () => {
  expect(world.problems).toEqual([]);
  await world.close();
});

describe('DescribeSecret', () => {
  test('shows the labels of versions and never a value', async () => {
    await world.put({ ClientRequestToken: token(2), VersionStages: ['pending'] });
    const described = await world.describe();
    expect(described).toMatchObject({
      ARN: world.arn,
      Name: name,
      VersionIdsToStages: { [world.firstId]: ['AWSCURRENT'], [token(2)]: ['pending'] },
    });
    expect(JSON.stringify(described)).not.toMatch(/first|second/);
  });

  test('leaves out versions without a label, and what is not set', async () => {
    await world.put();
    await world.put();
    const described = await world.describe();
    expect(Object.keys(described.VersionIdsToStages ?? {})).toHaveLength(2);
    expect(described).not.toHaveProperty('OwningService');
    expect(described).not.toHaveProperty('ReplicationStatus');
    expect(described).not.toHaveProperty('DeletedDate');
  });

  test('shows tags, rotation, the owning service, replicas and the key', async () => {
    world.secrets.create({
      name: 'a',
      value: 'x',
      tags: { team: 'web' },
      kmsKeyId: 'alias/k',
      description: 'd',
    });
    world.secrets.setRotationEnabled('a', true);
    world.secrets.setOwningService('a', 'rds');
    world.secrets.setReplicas('a', [{ region: 'us-east-1', status: 'InProgress' }]);
    expect(await world.describe('a')).toMatchObject({
      Tags: [{ Key: 'team', Value: 'web' }],
      RotationEnabled: true,
      OwningService: 'rds',
      PrimaryRegion: 'eu-west-1',
      ReplicationStatus: [{ Region: 'us-east-1', Status: 'InProgress' }],
      KmsKeyId: 'alias/k',
      Description: 'd',
    });
  });

  test('answers for a secret that is marked for deletion, with the date', async () => {
    world.secrets.markForDeletion(name);
    expect((await world.describe()).DeletedDate).toBeInstanceOf(Date);
  });
});

describe('ListSecretVersionIds', () => {
  test('lists versions without a label only where asked to', async () => {
    const put = await world.put();
    await world.put({ SecretString: 'third' });
    world.secrets.putByHand(name, 'fourth');
    const list = (IncludeDeprecated: boolean) =>
      world.client.send(new ListSecretVersionIdsCommand({ SecretId: name, IncludeDeprecated }));
    expect((await list(false)).Versions).toHaveLength(2);
    const all = (await list(true)).Versions;
    expect(all?.map(({ VersionId }) => VersionId)).toContain(put.VersionId);
    expect(all).toHaveLength(4);
  });

  test('comes in pages, whose token must be one it gave out', async () => {
    await world.put({ ClientRequestToken: token(2) });
    const list = (NextToken?: string) =>
      world.client.send(new ListSecretVersionIdsCommand({ SecretId: name, MaxResults: 1, NextToken }));
    const first = await list();
    expect(first.Versions?.map(({ VersionId }) => VersionId)).toEqual([world.firstId]);
    const second = await list(first.NextToken);
    expect(second).toMatchObject({ Versions: [{ VersionId: token(2) }] });
    expect(second.NextToken).toBeUndefined();
    expect((await failureOf(list('made-up'))).name).toBe('InvalidNextTokenException');
  });
});

describe('ListSecrets', () => {
  beforeEach(() => {
    world.secrets.create({ name: 'staging/ghcr', value: 'x', tags: { team: 'web' } });
    world.secrets.create({ name: 'staging/hub', value: 'x', description: 'Docker Hub' });
  });

  test.each([
    ['the beginning of a name', 'name', ['staging/']],
    ['one of several names', 'name', ['staging/ghcr', 'staging/hub']],
    ['not beginning so', 'name', ['!prod']],
    ['anything', 'all', ['staging']],
  ] as const)('filters by %s', async (_what, Key, Values) => {
    expect(await names({ Filters: [{ Key, Values: [...Values] }] })).toEqual(['staging/ghcr', 'staging/hub']);
  });

  test('filters by tag and description', async () => {
    expect(await names({ Filters: [{ Key: 'tag-key', Values: ['team'] }] })).toEqual(['staging/ghcr']);
    expect(await names({ Filters: [{ Key: 'tag-value', Values: ['ops'] }] })).toEqual([]);
    expect(await names({ Filters: [{ Key: 'description', Values: ['Hub'] }] })).toEqual(['staging/hub']);
  });

  test('wants every filter to match', async () => {
    const Filters: ListSecretsCommandInput['Filters'] = [
      { Key: 'name', Values: ['staging/'] },
      { Key: 'tag-key', Values: ['team'] },
    ];
    expect(await names({ Filters })).toEqual(['staging/ghcr']);
  });

  test('lists secrets that are marked for deletion only where asked to', async () => {
    world.secrets.markForDeletion(name);
    expect(await names({})).not.toContain(name);
    expect(await names({ IncludePlannedDeletion: true })).toContain(name);
  });

  test('lists the newest first unless told otherwise', async () => {
    const list = await world.client.send(new ListSecretsCommand({}));
    expect(list.SecretList?.map(({ Name }) => Name)).toEqual(['staging/hub', 'staging/ghcr', 'prod/ghcr']);
  });

  test('comes in pages however small the knob makes them', async () => {
    world.secrets.setMaxPage(1);
    let pages = 0;
    for await (const page of paginateListSecrets({ client: world.client }, {})) {
      expect(page.SecretList).toHaveLength(1);
      pages += 1;
    }
    expect(pages).toBe(3);
  });

  test.each([0, 101])('refuses a page of %i', async (MaxResults) => {
    const failure = await failureOf(world.client.send(new ListSecretsCommand({ MaxResults })));
    expect(failure.name).toBe('ValidationException');
  });
});

test('GetResourcePolicy shows the policy where there is one', async () => {
  const get = () => world.client.send(new GetResourcePolicyCommand({ SecretId: name }));
  expect(await get()).not.toHaveProperty('ResourcePolicy');
  world.secrets.setResourcePolicy(name, '{"Version":"2012-10-17"}');
  expect((await get()).ResourcePolicy).toBe('{"Version":"2012-10-17"}');
});

async function names(input: ListSecretsCommandInput): Promise<(string | undefined)[]> {
  const list = await world.client.send(new ListSecretsCommand({ SortOrder: 'asc', ...input }));
  return (list.SecretList ?? []).map(({ Name }) => Name);
}
