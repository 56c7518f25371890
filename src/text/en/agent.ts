import type { Problem, ProblemName } from '../../credentials/agent/problems.ts';
import { column, entry, line, lower, place } from './agent-words.ts';

/** `says`: what the agent does with it. `next`: what to do. Plain text: escape it for Slack. */
export interface AgentProblemText {
  says(problem: Omit<Problem, 'name'>): string;
  next(problem: Omit<Problem, 'name'>): string;
}

const rotate = 'A new login that the bot puts in place mends this.';
const dockercfg = 'A new login that the bot puts in place sets the type to dockercfg.';

/** What a person is told of each problem in the configuration of container instances. */
export const agentProblemTexts: Readonly<Record<ProblemName, AgentProblemText>> = {
  'line-repeated': {
    says: (p) =>
      `The agent passes over ${line(p)}: the same setting follows further down, and the last one wins.`,
    next: (p) => `Remove ${line(p)}.`,
  },
  'line-misnamed': {
    says: (p) =>
      `The agent does not know the setting in ${line(p)}: its name must stand bare, with = right behind it.`,
    next: (p) => `Write the name in ${line(p)} without export, quotes or blanks, in capital letters.`,
  },
  'line-commented': {
    says: (p) =>
      `There are no comments here: ${line(p)} does nothing, but its value goes to the agent all the same.`,
    next: (p) => `Remove ${line(p)} if there is a login in it.`,
  },
  'byte-order-mark': {
    says: (p) =>
      `The file begins with a byte order mark, so the agent does not know the setting in ${line(p)}.`,
    next: () => 'Save the file as UTF-8 without a byte order mark.',
  },
  'hides-another': {
    says: (p) =>
      `There are logins in ${place(p.source)} too, which are passed over now. Without the others they would be used.`,
    next: (p) => `Remove them from ${place(p.source)}, or keep both alike.`,
  },
  'json-config-broken': {
    says: (p) => `The agent cannot read ${place(p.source)} and does not start.`,
    next: (p) => `Correct the JSON of ${place(p.source)}, then restart the agent.`,
  },
  'json-config-elsewhere': {
    says: (p) =>
      `ECS_AGENT_CONFIG_FILE_PATH in ${line(p)} has the agent read another file, which the bot does not see.`,
    next: () => 'Look into that file for EngineAuthData.',
  },
  'user-data-ignored': {
    says: () => 'The agent cannot read ECSAgentConfiguration in the user data, and passes over all of it.',
    next: () => 'Correct the user data in the launch template.',
  },
  'type-empty': {
    says: () =>
      'There are logins but no ECS_ENGINE_AUTH_TYPE: the agent uses none of them, and says nothing.',
    next: () => dockercfg,
  },
  'type-quoted': {
    says: (p) =>
      `The agent takes the quotes in ${line(p)} for a part of the type, does not know it, and uses no login.`,
    next: () => dockercfg,
  },
  'type-case': {
    says: (p) =>
      `The agent knows docker and dockercfg in small letters only. With ${line(p)} it uses no login.`,
    next: () => dockercfg,
  },
  'type-unknown': {
    says: (p) => `The agent does not know the type in ${line(p)} and uses no login.`,
    next: () => dockercfg,
  },
  'data-missing': {
    says: () => 'A type is set but there is no ECS_ENGINE_AUTH_DATA: the agent pulls without a login.',
    next: () => rotate,
  },
  'data-quoted': {
    says: (p) =>
      `The agent takes the quotes in ${line(p)} for a part of the value. It is no JSON then, and no login is used.`,
    next: () => 'Remove the quotes. A new login that the bot puts in place replaces the whole value.',
  },
  'data-spans-lines': {
    says: (p) =>
      `The agent reads one line, and the value in ${line(p)} goes on in the next. No login is used.`,
    next: () =>
      'Write the JSON in one line. A new login that the bot puts in place replaces the whole value.',
  },
  'data-in-string': {
    says: (p) =>
      `EngineAuthData in ${place(p.source)} is a text. The agent wants a JSON object there and uses no login.`,
    next: () => 'Write the object itself, without quotes and backslashes.',
  },
  'data-not-json': {
    says: (p) =>
      `The value in ${line(p)} is no JSON${column(p)}. The agent drops every login and pulls without one.`,
    next: () => 'Correct the JSON. A new login that the bot puts in place replaces the whole value.',
  },
  'data-not-object': {
    says: (p) =>
      `The value in ${line(p)} is no JSON object. The agent drops every login and pulls without one.`,
    next: () => 'Write an object with one member for each registry.',
  },
  'member-not-object': {
    says: (p) =>
      `${entry(p)} is no JSON object, so the agent drops every login of the file and pulls without one.`,
    next: () => rotate,
  },
  'member-not-text': {
    says: (p) =>
      `${entry(p)} has a ${p.member || 'member'} that is no text, so the agent drops every login of the file.`,
    next: () => rotate,
  },
  'auths-wrapper': {
    says: () => "The logins lie under auths, as in Docker's own config.json. The agent does not look there.",
    next: () => 'Write what is inside auths in place of the whole object.',
  },
  'auth-not-base64': {
    says: (p) =>
      `The auth of ${lower(entry(p))} is no padded standard base64. The agent passes over this login.`,
    next: newLogin,
  },
  'auth-without-colon': {
    says: (p) =>
      `The auth of ${lower(entry(p))} is no user name and password with a colon between. It is passed over.`,
    next: newLogin,
  },
  'auth-not-text': {
    says: (p) =>
      `The auth of ${lower(entry(p))} holds bytes that are no text. What reaches the registry is another login.`,
    next: newLogin,
  },
  'auth-not-decoded': {
    says: (p) =>
      `With the type docker the agent does not decode auth: for ${lower(entry(p))} it pulls without a login.`,
    next: () => 'Have the bot turn the type to dockercfg, or write username and password.',
  },
  'plain-in-dockercfg': {
    says: (p) =>
      `With the type dockercfg the agent reads auth only: ${lower(entry(p))} has none and is passed over.`,
    next: newLogin,
  },
  'entry-without-login': {
    says: (p) => `${entry(p)} holds no login. The agent pulls without one there.`,
    next: (p) => `Remove ${lower(entry(p))}, or give it a login.`,
  },
  'user-name-empty': {
    says: (p) => `The login of ${lower(entry(p))} has no user name. Images are pulled without a login there.`,
    next: newLogin,
  },
  'password-empty': {
    says: (p) => `The login of ${lower(entry(p))} has no password, so the registry refuses it.`,
    next: newLogin,
  },
  'key-twice': {
    says: (p) => `${entry(p)} stands in the JSON more than once. The last one counts.`,
    next: () => 'Remove the earlier ones.',
  },
  'scheme-twins': {
    says: (p) =>
      `${entry(p)} stands there with and without its scheme. Which one counts changes with every start.`,
    next: () => rotate,
  },
  'hub-key-never-used': {
    says: (p) =>
      `The agent looks for Docker Hub under https://index.docker.io/v1/ only. It never uses ${lower(entry(p))}.`,
    next: (p) => `Give Docker Hub a new login, then remove ${lower(entry(p))}.`,
  },
  'ecr-key-never-used': {
    says: (p) => `ECS logs in to Amazon ECR by itself, so ${lower(entry(p))} is never used.`,
    next: (p) => `Remove ${lower(entry(p))}.`,
  },
  'key-never-matches': {
    says: (p) => `No image can have the host of ${lower(entry(p))}. The agent never uses this login.`,
    next: () => 'Name the host as images do, with its port where it has one.',
  },
  'key-upper-case': {
    says: (p) =>
      `${entry(p)} has capital letters in its host. Only images that are written so too get this login.`,
    next: () => 'Write the host as the images write it.',
  },
  'host-key-missing': {
    says: (p) =>
      `${p.key || 'A host'} has several logins and none for the host alone. Other images of it get any of them.`,
    next: () => 'Add the login for the host alone. The bot does so with the next new login.',
  },
};

function newLogin({ key }: Omit<Problem, 'name'>): string {
  return key ? `Give ${key} a new login.` : 'Correct the key, then give that registry a new login.';
}
