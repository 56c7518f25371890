/** The bot scopes each Web API method needs; one of them is enough. Source: Slack's method reference. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'blocks.validate': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'conversations.open': ['im:write'],
  'conversations.info': ['channels:read', 'groups:read', 'im:read'],
  'conversations.members': ['channels:read', 'groups:read', 'im:read'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
};

/** The scopes of which a method needs one; empty where any bot token will do; undefined for an unknown method. */
export function scopesOf(method: string): readonly string[] | undefined {
  return Object.hasOwn(SCOPES, method) ? SCOPES[method] : undefined;
}

/** The methods among these that a token with the granted scopes may not call. */
export function methodsBeyond(granted: readonly string[], methods: Iterable<string>): string[] {
  return [...new Set(methods)].filter((method) => {
    const scopes = scopesOf(method) ?? [];
    return scopes.length > 0 && !scopes.some((scope) => granted.includes(scope));
  });
}
