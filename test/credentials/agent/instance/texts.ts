import { SecretValue } from '../../../../src/secret-value.ts';

/** The login that the secret holds. */
export const userName = 'new-bot';
export const password = 'p4ss:m4rker/w\u00f6rd';
export const registry = 'ghcr.io';
export const login = { userName, password: SecretValue.of(password) };

/** Entries with the login of before and with the new one. */
export const old = `{"auth":"${Buffer.from('old:secret').toString('base64')}"}`;
export const fresh = `{"auth":"${Buffer.from(`${userName}:${password}`).toString('base64')}"}`;

/** An ecs.config as it is before, and after the new login was put in. */
export const usual = `ECS_CLUSTER=prod\nECS_ENGINE_AUTH_TYPE=dockercfg\nECS_ENGINE_AUTH_DATA={ "ghcr.io" : ${old}, "quay.io":${old} }\nA=b\n`;
export const changed = usual.replace(old, fresh);
