/** As SimulatePrincipalPolicy words it. */
export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** Who may or may not do what on what. `*` stands for any text, in every member. */
export interface PermissionRule {
  /** A role's ARN or its bare name. */
  readonly role: string;
  /** Such as `secretsmanager:GetSecretValue`, `kms:*`. */
  readonly action: string;
  /** An ARN. */
  readonly resource: string;
  readonly decision: Decision;
}

/** The one table that IAM's simulation, the API calls and the tasks' reads all go by. */
export interface Permissions {
  /** The last rule that fits decides; where none fits, it is allowed. A caller without a role fits only `*`. */
  decide(role: string | undefined, action: string, resource: string): Decision;
  add(rule: PermissionRule): void;
  /** Takes every rule back. */
  clear(): void;
  rules(): readonly PermissionRule[];
}

/** An empty table: everything is allowed. It is a knob, no evaluation of policy documents. */
export function createPermissions(): Permissions {
  let rules: PermissionRule[] = [];
  return {
    decide(role, action, resource) {
      const fits = (rule: PermissionRule) =>
        fitsRole(rule.role, role) &&
        fitsPattern(rule.action.toLowerCase(), action.toLowerCase()) &&
        fitsPattern(rule.resource, resource);
      return rules.findLast(fits)?.decision ?? 'allowed';
    },
    add: (rule) => void rules.push(rule),
    clear: () => {
      rules = [];
    },
    rules: () => rules,
  };
}

function fitsRole(pattern: string, role: string | undefined): boolean {
  if (role === undefined) return pattern === '*';
  return fitsPattern(pattern, role) || fitsPattern(pattern, role.slice(role.lastIndexOf('/') + 1));
}

function fitsPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
