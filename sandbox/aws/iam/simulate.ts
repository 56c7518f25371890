import { AwsFault, type WireObject } from '../operation.ts';
import type { Permissions } from './permissions.ts';

export interface SimulateOptions {
  readonly permissions: Permissions;
  /** Whether the account has the role; a role that is gone answers NoSuchEntity. */
  hasRole(arn: string): boolean;
}

/** SimulatePrincipalPolicy: one result for each action on each resource, in pages. */
export function simulatePrincipalPolicy(options: SimulateOptions, input: WireObject): WireObject {
  const role = String(input.PolicySourceArn);
  if (!/^arn:aws:iam::\d{12}:(role|user|group)\/.+/.test(role)) {
    throw new AwsFault(
      'InvalidInputException',
      `Invalid Entity Arn: ${role} does not clearly define entity type`,
    );
  }
  if (!options.hasRole(role))
    throw new AwsFault('NoSuchEntityException', `Role ${role} does not exist.`, 404);
  const results = texts(input.ActionNames).flatMap((action) =>
    texts(input.ResourceArns ?? ['*']).map((resource) =>
      evaluate(options.permissions, role, action, resource),
    ),
  );
  const start = Number(input.Marker ?? 0);
  const end = start + Number(input.MaxItems ?? 100);
  const isTruncated = end < results.length;
  return {
    EvaluationResults: results.slice(start, end),
    IsTruncated: isTruncated,
    Marker: isTruncated ? String(end) : undefined,
  };
}

function evaluate(permissions: Permissions, role: string, action: string, resource: string): WireObject {
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: permissions.decide(role, action, resource),
    MatchedStatements: [],
    MissingContextValues: [],
  };
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
