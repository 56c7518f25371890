/** What a request's Authorization header holds. Garbled Basic is `unreadable`, which every registry refuses. */
export type Presented =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'basic'; readonly name: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'unreadable' };

export function readAuthorization(header: string | undefined): Presented {
  if (!header) return { kind: 'nothing' };
  const [, scheme = '', rest = ''] = /^(\S+) *(.*)$/.exec(header) ?? [];
  if (scheme.toLowerCase() === 'bearer') return rest ? { kind: 'bearer', token: rest } : { kind: 'nothing' };
  return scheme.toLowerCase() === 'basic' ? readBasic(rest) : { kind: 'unreadable' };
}

function readBasic(encoded: string): Presented {
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon === -1) return { kind: 'unreadable' };
  return { kind: 'basic', name: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}
