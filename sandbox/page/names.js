const TINTS = 6;

/** Names for ids, from what a person sees now. */
export function namesFrom(snapshot) {
  const { people, userGroups, channels, app, now } = snapshot;
  const person = (id) => people.find((each) => each.id === id);
  return {
    now,
    people,
    person: (id) => `@${person(id)?.realName ?? (id === app.userId ? app.name : id)}`,
    group: (id) => `@${userGroups.find((group) => group.id === id)?.handle ?? id}`,
    channel: (id) => `#${channels.find((channel) => channel.id === id)?.name ?? 'private channel'}`,
    author: (id) =>
      id === app.userId
        ? { name: app.name, isApp: true }
        : { name: person(id)?.realName ?? id, isApp: false, tint: tintOf(people, id) },
  };
}

/** Everyone keeps one colour. */
export function tintOf(people, id) {
  return (
    Math.max(
      0,
      people.findIndex((person) => person.id === id),
    ) % TINTS
  );
}
