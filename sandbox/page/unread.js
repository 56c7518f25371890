/** Which messages a person has not seen on this page. */
export function createUnread() {
  const seen = new Map();
  const key = (snapshot, place) => `${snapshot.user} ${place}`;
  return {
    /** The person looks at a place: all of it is seen. */
    see(snapshot, place) {
      const last = snapshot.messages.filter((message) => message.channel === place).at(-1);
      if (last) seen.set(key(snapshot, place), last.ts);
    },
    /** Whether there is anything new in a place, and in how many new messages the person is named. */
    count(snapshot, place) {
      const from = seen.get(key(snapshot, place)) ?? '';
      const fresh = snapshot.messages.filter((message) => message.channel === place && message.ts > from);
      return { any: fresh.length > 0, mentions: fresh.filter((message) => names(message, snapshot)).length };
    },
  };
}

function names(message, { user, userGroups }) {
  const groups = userGroups
    .filter((group) => group.users.includes(user))
    .map((group) => `<!subteam^${group.id}`);
  const text = message.text + JSON.stringify(message.blocks);
  return message.onlyFor === user || [`<@${user}>`, ...groups].some((mark) => text.includes(mark));
}
