import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type InstanceUnderTest, interpreters, startInstance } from './start-instance.ts';

/** The request the script signs by itself, received as it comes off the wire and signed once more here. */
let received: { headers: IncomingHttpHeaders; body: string } | undefined;
let aws: Server;
let instance: InstanceUnderTest;

beforeEach(async () => {
  aws = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received = { headers: request.headers, body };
    response.writeHead(400).end('{"__type":"com.amazonaws#AccessDeniedException"}');
  });
  await new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', () => resolve()));
});

afterEach(async () => {
  await instance.close();
  await new Promise((resolve) => aws.close(resolve));
});

test.each(interpreters())(
  '$name signs what it asks of Secrets Manager with the role of the instance',
  async (python) => {
    // A listening TCP server's address is never a path or null.
    instance = await startInstance({ python, awsPort: (aws.address() as AddressInfo).port });
    await instance.run('dry-run');
    const { headers = {}, body = '' } = received ?? {};
    expect(headers['x-amz-target']).toBe('secretsmanager.GetSecretValue');
    expect(headers['x-amz-security-token']).toBe('instance-session-token');
    expect(JSON.parse(body)).toEqual({ SecretId: instance.arn, VersionId: instance.versionId });
    expect(headers.authorization).toBe(authorizationOf(headers, body));
  },
);

/** AWS Signature Version 4 (IAM's user guide, "Create a signed AWS API request"). */
function authorizationOf(headers: IncomingHttpHeaders, body: string): string {
  const time = String(headers['x-amz-date']);
  const scope = `${time.slice(0, 8)}/eu-west-1/secretsmanager/aws4_request`;
  const names = ['content-type', 'host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'];
  const lines = names.map((name) => `${name}:${String(headers[name])}\n`).join('');
  const request = ['POST', '/', '', lines, names.join(';'), sha256(body)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>(hmac, 'AWS4instance-secret-key');
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(request)}`).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=AKIDINSTANCE/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
