import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { WebClient } from '@slack/web-api';
import * as z from 'zod';
import type { Config } from '../config.ts';
import { RotateError } from '../errors.ts';
import type { Log } from '../log.ts';
import { SecretValue } from '../secret-value.ts';
import { createBoltLog } from '../slack/bolt-log.ts';

/** What is needed to speak with Slack. */
export interface SlackKeys {
  readonly signingSecret: SecretValue;
  readonly botToken: SecretValue;
}

const keysInSecret = z.object({ signingSecret: z.string().min(1), botToken: z.string().min(1) });

/** Reads the two once an instance. @throws {RotateError} `config-invalid` where the secret does not hold both */
export function slackKeys({ slack }: Config): () => Promise<SlackKeys> {
  if (slack.from === 'environment') return async () => slack;
  let read: Promise<SlackKeys> | undefined;
  return () => {
    read ??= readKeys(slack.secretId).catch((error: unknown) => {
      read = undefined;
      throw error;
    });
    return read;
  };
}

async function readKeys(secretId: string): Promise<SlackKeys> {
  const { SecretString } = await new SecretsManagerClient({}).send(
    new GetSecretValueCommand({ SecretId: secretId }),
  );
  const keys = keysInSecret.safeParse(parse(SecretString ?? ''));
  if (!keys.success) {
    const problem = `the secret ${secretId} must hold a JSON object with signingSecret and botToken`;
    throw new RotateError('config-invalid', { field: 'ECS_ROTATE_SLACK_SECRET', problem });
  }
  return {
    signingSecret: SecretValue.of(keys.data.signingSecret),
    botToken: SecretValue.of(keys.data.botToken),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Slack's own client retries for half an hour and waits out rate limits; here the caller decides. */
export function slackClient(config: Config, log: Log, keys: SlackKeys): WebClient {
  return new WebClient(keys.botToken.reveal(), {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_500,
    logger: createBoltLog(log),
    ...(config.slack.apiUrl ? { slackApiUrl: config.slack.apiUrl } : {}),
  });
}
