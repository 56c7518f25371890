/**
 * Stands in for @slack/socket-mode in bundles. Bolt loads it at import, with a WebSocket client of half a megabyte,
 * for a receiver that a function behind HTTP never makes.
 */
export class SocketModeClient {
  constructor() {
    throw new Error('Socket mode is left out of this bundle: requests come over HTTP.');
  }
}
