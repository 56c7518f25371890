/** The product as a process of its own: killed, it leaves the world as AWS would be left. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from '../clock.ts';
import { type Product, startProduct } from '../product.ts';
import type { AppRequest } from '../slack/workspace.ts';
import { dyingAt } from './dying.ts';
import { type FromProduct, type ToProduct, toProduct } from './messages.ts';

const clock = new SandboxClock();
let product: Product | undefined;

process.on('message', (message) => {
  void hear(toProduct.parse(message));
});
process.on('disconnect', () => process.exit(0));

async function hear(message: ToProduct): Promise<void> {
  clock.setPace(message.pace);
  product?.engine.rearm();
  if (message.say !== 'start') return;
  const { env, directory, dieAt, scans } = message;
  product = await startProduct({
    clock,
    env,
    directory,
    ...(dieAt ? { wrap: dyingAt(dieAt) } : {}),
  });
  if (scans) await product.scan();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never text
  const said: FromProduct = { say: 'listening', url: `http://127.0.0.1:${port}` };
  process.send?.(said);
}

/** A request of Slack, as JSON, and the product's answer. */
async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(Buffer.from(part));
    // Written by product-child.ts, on the same machine.
    const request = JSON.parse(Buffer.concat(parts).toString('utf8')) as AppRequest;
    if (!product) throw new Error('the product is starting');
    const answered = await product.deliver(request);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  } catch (error) {
    response.writeHead(502).end(String(error));
  }
}
