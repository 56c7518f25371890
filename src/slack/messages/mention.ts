import type { Rotation } from '../../rotation/rules/rotation.ts';
import type { Members } from '../settings.ts';

/** Mentions a person: Slack notifies whoever stands in a new message, and nobody by an edit. */
export function mention(userId: string): string {
  return `<@${userId.replace(/[^A-Za-z0-9_]/g, '')}>`;
}

const mostNames = 5;

/** Mentions a group, or its people where only names are configured. */
export function mentionMembers(members: Members | undefined): string {
  const group = members?.userGroupId
    ? [`<!subteam^${members.userGroupId.replace(/[^A-Za-z0-9_]/g, '')}>`]
    : [];
  return [...group, ...(members?.users ?? []).slice(0, mostNames).map(mention)].join(', ');
}

/** Those concerned by what happens: who asked, then who approved. */
export function mentionConcerned(rotation: Rotation): string {
  const people = [rotation.ask.by, ...rotation.approvals.map((approval) => approval.by)];
  return [...new Set(people)].map(mention).join(' ');
}
