import { createRegistryAsker } from '../../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import { createContainerd } from '../../../../../sandbox/aws/ecs/pull/containerd.ts';
import { createDockerd } from '../../../../../sandbox/aws/ecs/pull/dockerd.ts';
import type { Login } from '../../../../../sandbox/aws/ecs/pull/token.ts';
import {
  type DebianRegistry,
  htpasswdAuth,
  makeWorkplace,
  startDebianRegistry,
  type Workplace,
} from '../../../../conformance/docker-registry/debian-registry.ts';
import { pushImage } from '../../../../conformance/docker-registry/push-image.ts';
import { startTokenServer, type TokenServer } from '../../../../conformance/docker-registry/token-server.ts';
import { image, REPOSITORY } from '../../../../conformance/docker-registry/vectors.ts';
import { recordedByContainerd, recordedByDockerd } from './canned.ts';

/**
 * The stand-in's pullers against Debian's docker-registry, from which dockerd's and containerd's texts were
 * recorded: what they say must be what was recorded. The images' hosts are those of the recordings.
 */
const logins: Record<string, Login> = {
  good: { username: 'good', password: 's3cret-one' },
  wrong: { username: 'good', password: 'not-it' },
  nobody: { username: 'nobody', password: 'x' },
  limited: { username: 'limited', password: 's3cret-lim' },
};

let workplace: Workplace;
let byPassword: DebianRegistry;
let byToken: DebianRegistry;
let tokenServer: TokenServer;
let asker: ReturnType<typeof createRegistryAsker>;

beforeAll(async () => {
  workplace = makeWorkplace();
  workplace.setPassword('good', 's3cret-one');
  byPassword = await startDebianRegistry(workplace, htpasswdAuth(workplace));
  const to = { url: byPassword.url, repository: REPOSITORY, tag: '1', name: 'good', password: 's3cret-one' };
  await pushImage(to, image);
  const { key, certificate } = workplace.makeKey();
  const users = {
    good: { password: 's3cret-one', repositories: [REPOSITORY, 'team/none'] },
    limited: { password: 's3cret-lim', repositories: [] },
  };
  tokenServer = await startTokenServer({ key, certificate, issuer: 'token server', users });
  const { realm } = tokenServer;
  const token = {
    realm,
    service: 'registry.example.com',
    issuer: 'token server',
    rootcertbundle: certificate,
  };
  byToken = await startDebianRegistry(workplace, { token });
  const places: Record<string, string> = { '127.0.0.1:5001': byPassword.url, '127.0.0.1:5003': byToken.url };
  asker = createRegistryAsker((host) => places[host], 5_000);
}, 30_000);

afterAll(async () => {
  asker?.close();
  await byToken?.close();
  await byPassword?.close();
  await tokenServer?.close();
  workplace?.remove();
});

const app = (port: number): string => `127.0.0.1:${port}/team/app:1`;

describe('dockerd', () => {
  it.each([
    ['none', 5001, 'team/app:1', recordedByDockerd(app(5001), null)],
    ['wrong', 5001, 'team/app:1', recordedByDockerd(app(5001), 'good')],
    ['nobody', 5001, 'team/app:1', recordedByDockerd(app(5001), 'nobody')],
    ['good', 5001, 'team/app:nope', recordedByDockerd('127.0.0.1:5001/team/app:nope', 'good')],
    ['good', 5001, 'team/none:1', recordedByDockerd('127.0.0.1:5001/team/none:1', 'good')],
    ['none', 5003, 'team/app:1', recordedByDockerd(app(5003), null)],
    ['wrong', 5003, 'team/app:1', recordedByDockerd(app(5003), 'good')],
    ['limited', 5003, 'team/app:1', recordedByDockerd(app(5003), 'limited')],
    ['good', 5003, 'team/none:1', recordedByDockerd('127.0.0.1:5003/team/none:1', 'good')],
  ])('says with login %s at %i for %s what was recorded', async (who, port, name, text) => {
    const outcome = await createDockerd(asker.ask).pull(
      `127.0.0.1:${port}/${name}`,
      logins[who],
      () => false,
    );
    expect(outcome).toEqual({ error: text });
  });

  it.each([5001, 5003])('pulls with the right login at %i', async (port) => {
    const outcome = await createDockerd(asker.ask).pull(app(port), logins.good, () => false);
    expect(outcome).toEqual({ digest: image.digest });
  });
});

describe('containerd', () => {
  it.each([
    ['none', 5001, 'team/app:1', recordedByContainerd(app(5001))],
    ['wrong', 5001, 'team/app:1', recordedByContainerd(`--user good:WRONG ${app(5001)}`)],
    [
      'good',
      5001,
      'team/app:nope',
      recordedByContainerd('--user good:s3cret-one 127.0.0.1:5001/team/app:nope'),
    ],
    ['none', 5003, 'team/app:1', recordedByContainerd(app(5003), 1)],
    ['wrong', 5003, 'team/app:1', recordedByContainerd(`--user good:WRONG ${app(5003)}`, 1)],
    ['limited', 5003, 'team/app:1', recordedByContainerd(`--user limited:s3cret-lim ${app(5003)}`, 1)],
  ])('says with login %s at %i for %s what was recorded', async (who, port, name, text) => {
    const outcome = await createContainerd(asker.ask)(`127.0.0.1:${port}/${name}`, logins[who]);
    const said = 'error' in outcome ? outcome.error : outcome.digest;
    expect(said.replace(/ from GET request to \S+(?=: )/, '')).toBe(text);
  });

  it.each([5001, 5003])('pulls with the right login at %i', async (port) => {
    expect(await createContainerd(asker.ask)(app(port), logins.good)).toEqual({ digest: image.digest });
  });
});
