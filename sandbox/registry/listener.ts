import { createServer, type RequestListener, type Server } from 'node:http';

/** An HTTP server on loopback that can stop listening and come back on the port it had. */
export interface Listener {
  readonly port: number;
  /** Ends every connection and refuses new ones. */
  pause(): Promise<void>;
  resume(): Promise<void>;
}

export async function listen(port: number, onRequest: RequestListener): Promise<Listener> {
  const server = createServer(onRequest);
  await open(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const given = address.port;
  return {
    port: given,
    pause: () => close(server),
    resume: () => (server.listening ? Promise.resolve() : open(server, given)),
  };
}

function open(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
