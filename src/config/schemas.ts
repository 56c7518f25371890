import * as z from 'zod';
import { SecretValue } from '../secret-value.ts';
import type { Approvals, Entries, People, Target } from './types.ts';

/** A text of a given form. `problem` goes on from "it" or the place in the JSON: "must be …". */
export function words(form: RegExp, problem: string): z.ZodType<string> {
  return z.string().regex(form, problem);
}

export function between(least: number, most: number): z.ZodType<number> {
  const problem = `must be from ${least} to ${most}`;
  return z.number().min(least, problem).max(most, problem);
}

/** An address without user name, query or fragment. Plain http only on this machine: logins go there. */
export function address(): z.ZodType<string> {
  const problem = 'must be an https address, or an http one on 127.0.0.1 or localhost';
  return words(
    /^(?:https:\/\/[\w.-]+|http:\/\/(?:127\.0\.0\.1|localhost))(?::\d{1,5})?(?:\/[\w./-]*)?$/,
    problem,
  );
}

export function people(): z.ZodType<People> {
  const user = words(/^[UW][A-Z0-9]{2,}$/, 'must be a Slack user id such as U0123ABCD');
  const userGroup = words(/^S[A-Z0-9]{2,}$/, 'must be the id of a Slack user group such as S0123ABCD');
  return z
    .strictObject({ userGroupId: userGroup.optional(), users: z.array(user).default([]) })
    .refine((named) => named.userGroupId !== undefined || named.users.length > 0, 'names nobody');
}

export function approvals(): z.ZodType<Approvals> {
  return z.literal([0, 1, 2], 'must be 0, 1 or 2');
}

/** What is not mentioned stays on. */
export function entries(): z.ZodType<Entries> {
  const on = z.boolean().default(true);
  return z
    .strictObject({ here: on, stored: on, inUse: on })
    .refine((ways) => ways.here || ways.stored || ways.inUse, 'leaves no way to enter a login');
}

export function targets(): z.ZodType<readonly Target[]> {
  const target = z.strictObject({
    id: words(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be a short name in lower case'),
    region: words(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be a region such as eu-west-1'),
    account: words(/^\d{12}$/, 'must be the twelve digits of an account, as text'),
    stage: words(/^[a-z][a-z0-9-]{0,31}$/, 'must be a short name in lower case').default('production'),
    approvals: approvals().optional(),
    endpoint: address().optional(),
  });
  return z
    .array(target)
    .min(1, 'names no target')
    .refine((all) => isEachOnce(all.map(({ id }) => id)), 'has two targets with the same id')
    .refine(
      (all) => isEachOnce(all.map(({ account, region }) => `${account} ${region}`)),
      'has two targets for one account and region',
    );
}

function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

const name = '(?:arn:aws[\\w-]*:lambda:[\\w-]+:\\d{12}:function:)?[\\w-]{1,64}';

export function functionName(): z.ZodType<string> {
  return words(new RegExp(`^${name}(?::[\\w-]+)?$`), 'must be the name or ARN of a function');
}

/** Lambda takes durable executions only with a version or alias; $LATEST would change under an open one. */
export function qualifiedFunctionName(): z.ZodType<string> {
  return words(
    new RegExp(`^${name}:[\\w-]+$`),
    'must be the name or ARN of a function with its alias, as in name:alias',
  );
}

export function logLevel(): z.ZodType<'INFO' | 'WARN' | 'ERROR'> {
  return z.enum(
    ['INFO', 'WARN', 'ERROR'],
    'must be INFO, WARN or ERROR; DEBUG is refused, for it prints requests with what people typed before they are verified',
  );
}

/** Wrapped at once, so that nothing that prints a configuration prints the value. */
export function hidden(): z.ZodType<SecretValue> {
  return z.string().transform((text) => SecretValue.of(text));
}
