import type { FunctionName } from '../../scripts/functions.ts';
import type { Template } from './template.ts';

export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The logical id of the role a function runs as. */
export function roleOf(template: Template, name: FunctionName): string {
  const role = template[`${capitalised(name)}LambdaFunction`]?.Properties.Role;
  // osls writes a role of the template as Fn::GetAtt.
  const [id] = (role as { readonly 'Fn::GetAtt': readonly [string, string] })['Fn::GetAtt'];
  return id;
}

export function statementsOf(template: Template, name: FunctionName): readonly Statement[] {
  const policies = template[roleOf(template, name)]?.Properties.Policies;
  // As deploy/roles writes them.
  const all = policies as readonly {
    readonly PolicyDocument: { readonly Statement: readonly Statement[] };
  }[];
  return all.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** What is allowed, each with every resource it is allowed on, as text: what a reader would compare. */
export function rightsOf(template: Template, name: FunctionName): ReadonlyMap<string, readonly string[]> {
  const rights = new Map<string, readonly string[]>();
  for (const { Effect, Action, Resource } of statementsOf(template, name)) {
    if (Effect !== 'Allow') continue;
    for (const action of Action) rights.set(action, [...(rights.get(action) ?? []), ...arnsIn(Resource)]);
  }
  return rights;
}

function arnsIn(resource: unknown): string[] {
  if (typeof resource === 'string') return [resource];
  if (Array.isArray(resource)) return resource.flatMap(arnsIn);
  // The intrinsic functions of deploy/: Fn::Sub of a text, Fn::GetAtt of a path.
  const [value] = Object.values(resource as Record<string, string | readonly string[]>);
  return [typeof value === 'string' ? value : (value ?? []).join('.')];
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
