import { readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

const services: Readonly<Record<string, string>> = {
  'client-dynamodb': 'dynamodb',
  'lib-dynamodb': 'dynamodb',
  'client-ecs': 'ecs',
  'client-iam': 'iam',
  'client-lambda': 'lambda',
  'client-secrets-manager': 'secretsmanager',
};
/** Where IAM's name is not the command's. */
const renamed: Readonly<Record<string, string>> = {
  'dynamodb:Get': 'dynamodb:GetItem',
  'dynamodb:Put': 'dynamodb:PutItem',
  'dynamodb:BatchWrite': 'dynamodb:BatchWriteItem',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

/** The IAM actions of every AWS command that our own code in a bundle makes. */
export function actionsIn({ outputs }: Metafile): ReadonlySet<string> {
  const actions = new Set<string>();
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      if (!path.startsWith('src/') || bytesInOutput === 0) continue;
      for (const action of actionsOf(readFileSync(path, 'utf8'))) actions.add(action);
    }
  }
  return actions;
}

function actionsOf(source: string): string[] {
  const serviceOf = new Map<string, string>();
  for (const [, names = '', client = ''] of source.matchAll(
    /import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g,
  )) {
    for (const name of names.split(',')) serviceOf.set(name.trim(), services[client] ?? `unknown ${client}`);
  }
  return [...source.matchAll(/new (\w+)Command\(/g)].map(([, command = '']) => {
    const action = `${serviceOf.get(`${command}Command`) ?? 'unknown'}:${command}`;
    return renamed[action] ?? action;
  });
}
