import type { ServerResponse } from 'node:http';
import type { Workspace } from '../workspace.ts';

/** Open pages, told by server-sent events that something changed; each then asks for what its person sees. */
export interface LivePages {
  add(response: ServerResponse): void;
  close(): void;
}

/** Watches a workspace for the pages that are open. */
export function createLivePages(workspace: Workspace): LivePages {
  const pages = new Set<ServerResponse>();
  const tell = () => {
    for (const page of pages) page.write('data: changed\n\n');
  };
  workspace.watchers.add(tell);
  return {
    add(response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('data: changed\n\n');
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close() {
      workspace.watchers.delete(tell);
      for (const page of pages) page.end();
    },
  };
}
