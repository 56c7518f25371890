import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createRegistryAsker,
  type RegistryAnswer,
} from '../../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import { readChallenges } from '../../../../../sandbox/aws/ecs/pull/challenge.ts';

describe('asking a registry', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  /** What one question to a server of this behaviour brings. */
  async function askOnce(listener: RequestListener, timeout = 5_000): Promise<RegistryAnswer> {
    const listening = createServer(listener);
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    // A server on a host and port has an address of this form.
    const { port } = listening.address() as AddressInfo;
    const asker = createRegistryAsker(() => `http://127.0.0.1:${port}/base/`, timeout);
    const answer = await asker.ask({
      method: 'GET',
      host: 'ghcr.io',
      path: '/v2/?a=b',
      headers: { accept: 'x' },
    });
    asker.close();
    return answer;
  }

  it('goes to where the locator says, under the registry’s own name', async () => {
    const answer = await askOnce((request, response) => {
      response.setHeader('x-seen', `${request.headers.host} ${request.url} ${request.headers.accept}`);
      response.writeHead(404).end('body');
    });
    expect(answer).toMatchObject({
      status: 404,
      headers: { 'x-seen': 'ghcr.io /base/v2/?a=b x' },
      body: 'body',
    });
  });

  it('says EOF, as Go does, when the connection is cut', async () => {
    expect(await askOnce((request) => request.destroy())).toEqual({ unreachable: 'EOF' });
  });

  it('says that the request was cancelled when no answer comes', async () => {
    expect(await askOnce(() => undefined, 50)).toEqual({
      unreachable:
        'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    });
  });

  it('finds no host that the sandbox does not have, and goes nowhere else', async () => {
    const asker = createRegistryAsker(() => undefined, 50);
    const answer = await asker.ask({ method: 'GET', host: 'reg.example.com:5000', path: '/v2/' });
    expect(answer).toEqual({
      unreachable: 'dial tcp: lookup reg.example.com on 10.0.0.2:53: no such host',
    });
  });
});

describe('a challenge', () => {
  it('is read with quoted commas and escapes', () => {
    const header =
      'Bearer realm="https://a.example/t?x=1,2",service="a \\"b\\"",scope="repository:a/b:pull,push"';
    expect(readChallenges(header)).toEqual([
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://a.example/t?x=1,2',
          service: 'a "b"',
          scope: 'repository:a/b:pull,push',
        },
      },
    ]);
  });

  it('is told from the next one in the same header', () => {
    expect(readChallenges('Basic realm="x", Bearer realm=y').map(({ scheme }) => scheme)).toEqual([
      'basic',
      'bearer',
    ]);
  });

  it('is none where there is no header', () => {
    expect(readChallenges(undefined)).toEqual([]);
  });
});
