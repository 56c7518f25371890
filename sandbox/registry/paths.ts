/** What a path asks for. Names and tags are those that docker-registry routes; anything else is no page. */
export type Asked =
  | { readonly what: 'home' }
  | { readonly what: 'api' }
  | { readonly what: 'token' }
  | { readonly what: 'moved'; readonly to: string }
  | { readonly what: 'manifest' | 'blob'; readonly repository: string; readonly reference: string }
  | { readonly what: 'tags'; readonly repository: string }
  | { readonly what: 'nothing' };

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const name = `${component}(?:/${component})*`;
const tag = '\\w[\\w.-]{0,127}';
// The router takes the wide digest grammar; whether it is a digest is the handler's question.
const digest = '[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+';
const manifestPath = new RegExp(`^/v2/(${name})/manifests/(${tag}|${digest})$`);
const blobPath = new RegExp(`^/v2/(${name})/blobs/(${digest})$`);
const tagsPath = new RegExp(`^/v2/(${name})/tags/list$`);

export function readPath(path: string): Asked {
  if (path === '/') return { what: 'home' };
  if (path === '/v2/') return { what: 'api' };
  if (path === '/token') return { what: 'token' };
  if (path === '/v2') return { what: 'moved', to: '/v2/' };
  if (path.includes('//')) return { what: 'moved', to: path.replaceAll(/\/{2,}/g, '/') };
  return readRepositoryPath(path);
}

function readRepositoryPath(path: string): Asked {
  const [, manifestOf, reference] = manifestPath.exec(path) ?? [];
  if (manifestOf && reference) return { what: 'manifest', repository: manifestOf, reference };
  const [, blobOf, hash] = blobPath.exec(path) ?? [];
  if (blobOf && hash) return { what: 'blob', repository: blobOf, reference: hash };
  const [, tagsOf] = tagsPath.exec(path) ?? [];
  return tagsOf ? { what: 'tags', repository: tagsOf } : { what: 'nothing' };
}
