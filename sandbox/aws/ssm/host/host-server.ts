import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import type { Agent } from './agent.ts';
import type { HostDirectory } from './directory.ts';

/** What the instance metadata gives out for the instance's role. */
export interface RoleCredentials {
  readonly role: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly token: string;
}

export interface HostServerOptions {
  readonly directory: HostDirectory;
  readonly agent: Agent;
  readonly awsPort: number;
  /** Undefined for an instance without a role. */
  credentials(): RoleCredentials | undefined;
  userData(): string;
}

/** Serves what an instance finds around itself, on sockets in its run directory: metadata, agent, tools, AWS. */
export async function startHostServer(options: HostServerOptions): Promise<{ close(): Promise<void> }> {
  const host = createServer((request, response) => {
    answer(options, request, response).catch(() => response.destroy());
  });
  const aws = createTcpServer((inside) => {
    const outside = connect(options.awsPort, '127.0.0.1');
    inside.pipe(outside).pipe(inside);
    inside.on('error', () => outside.destroy());
    outside.on('error', () => inside.destroy());
  });
  await listen(host, join(options.directory.run, 'host.sock'));
  await listen(aws, join(options.directory.run, 'aws.sock'));
  return {
    async close() {
      host.closeAllConnections();
      await Promise.all([host, aws].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

const sessionToken = 'metadata-session';

async function answer(
  options: HostServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url ?? '';
  if (path === '/tool')
    return void response.end(JSON.stringify(runTool(options.agent, await readBody(request))));
  if (path === '/v1/metadata') return introspect(options.agent, response);
  if (path === '/latest/api/token' && request.method === 'PUT') return void response.end(sessionToken);
  // IMDSv2 alone, as current images require.
  if (request.headers['x-aws-ec2-metadata-token'] !== sessionToken) return end(response, 401);
  const found = readMetadata(options, path);
  return found ? void response.end(found) : end(response, 404);
}

/** An agent that is down refuses the connection. */
function introspect(agent: Agent, response: ServerResponse): void {
  const metadata = agent.metadata();
  if (metadata) response.end(JSON.stringify(metadata));
  else response.destroy();
}

function readMetadata({ credentials, userData }: HostServerOptions, path: string): string | undefined {
  if (path === '/latest/user-data') return userData();
  const given = credentials();
  const place = '/latest/meta-data/iam/security-credentials/';
  if (!given || !path.startsWith(place)) return undefined;
  if (path === place) return given.role;
  const { accessKeyId, secretAccessKey, token } = given;
  const keys = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
  };
  return path === place + given.role ? JSON.stringify({ ...keys, Token: token }) : undefined;
}

/** The tools a host has, as far as the script may ask for them. */
function runTool(agent: Agent, body: string): { code: number; output: string } {
  // Written by shim.py, which always has both members.
  const { tool, arguments: given } = JSON.parse(body) as { tool: string; arguments: string[] };
  const line = [tool, ...given].join(' ');
  switch (line) {
    case 'systemctl restart --no-block ecs':
      agent.stop();
      agent.start();
      return { code: 0, output: '' };
    case 'stop ecs':
      return { code: agent.stop() ? 0 : 1, output: '' };
    case 'start ecs':
      agent.start();
      return { code: 0, output: 'ecs start/running, process 1\n' };
    case 'docker inspect --type container ecs-agent': {
      const container = agent.container();
      return container ? { code: 0, output: JSON.stringify([container]) } : { code: 1, output: '[]\n' };
    }
    default:
      return { code: 64, output: `not played: ${line}\n` };
  }
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  // A request without an encoding gives buffers.
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function listen(server: Server | TcpServer, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}
