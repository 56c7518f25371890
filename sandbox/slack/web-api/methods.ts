import { isObject } from '../validator/check.ts';
import { validateMessage, validateView } from '../validator/validate.ts';
import { deleteMessage, getPermalink, postEphemeral, postMessage, update as updateMessage } from './chat.ts';
import {
  authTest,
  conversationsInfo,
  conversationsMembers,
  conversationsOpen,
  userGroupsList,
  userGroupsUsersList,
  usersInfo,
} from './lookups.ts';
import { ApiRefusal, type Method } from './refusal.ts';
import { open, publish, push, update as updateView } from './views.ts';

/** Slack's own validation endpoint; it needs no token. */
const blocksValidate: Method = (_workspace, args) => {
  const problems = isObject(args.view)
    ? validateView(args.view)
    : validateMessage(isObject(args.message) ? args.message : { text: 'blocks alone', blocks: args.blocks });
  if (problems.length === 0) return {};
  const errors = problems.map((problem) => ({ code: 'failed_constraint', ...problem }));
  throw new ApiRefusal('invalid_blocks', { errors });
};

/** Every Web API method the stand-in has. Another is answered `unknown_method`. */
export const METHODS: Readonly<Record<string, Method>> = {
  'auth.test': authTest,
  'blocks.validate': blocksValidate,
  'chat.delete': deleteMessage,
  'chat.getPermalink': getPermalink,
  'chat.postEphemeral': postEphemeral,
  'chat.postMessage': postMessage,
  'chat.update': updateMessage,
  'conversations.info': conversationsInfo,
  'conversations.members': conversationsMembers,
  'conversations.open': conversationsOpen,
  'usergroups.list': userGroupsList,
  'usergroups.users.list': userGroupsUsersList,
  'users.info': usersInfo,
  'views.open': open,
  'views.publish': publish,
  'views.push': push,
  'views.update': updateView,
};
