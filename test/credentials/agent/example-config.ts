import type { Login } from '../../../src/rotation/ports.ts';
import { SecretValue } from '../../../src/secret-value.ts';

/** Texts of ecs.config for the tests. */

/** As the AWS article has it: a comma for a colon, and a letter of the base64 in the wrong case. */
export const seedSample = [
  'ECS_CLUSTER=TestECSCluster',
  'ECS_ENGINE_AUTH_TYPE=dockercfg',
  'ECS_ENGINE_AUTH_DATA={"https://index.docker.io/v1/":{"auth","a2vpdGhhd3M6UGFzc3dvcmQ="}}',
  '',
].join('\n');

export function loginOf(userName: string, password: string): Login {
  return { userName, password: SecretValue.of(password) };
}

export function encoded(pair: string): string {
  return Buffer.from(pair, 'utf8').toString('base64');
}

/** The JSON of `dockercfg` from keys and `user:password`. */
export function dockercfg(logins: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(logins).map(([key, pair]) => [key, { auth: encoded(pair) }])),
  );
}

export function config(data: string, type = 'dockercfg'): string {
  return `ECS_CLUSTER=prod\nECS_ENGINE_AUTH_TYPE=${type}\nECS_ENGINE_AUTH_DATA=${data}\n`;
}
