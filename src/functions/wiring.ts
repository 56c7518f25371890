/** The one place that joins adapters: what each function is made of, from the environment. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { type Aws, createAws } from '../aws.ts';
import { type Clock, wallClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { createCredentials } from '../credentials/kinds.ts';
import { createSecretCredentials } from '../credentials/secret/credentials.ts';
import { createLog, type Log } from '../log.ts';
import { createLedger, documentClient } from '../records/ledger.ts';
import { createRegistry } from '../registry/registry.ts';
import type { Credentials, Ledger, Registry } from '../rotation/ports.ts';

/** Parts shared by several functions. Made once an instance, on its first event. */
export interface Wiring {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly ledger: Ledger;
  readonly lambda: LambdaClient;
  readonly wrap: Wrap;
}

/** Hands a port on, by a name such as `slack.ledger`: as it is, or wrapped by a test that cuts it off at a call. */
export type Wrap = <Port extends object>(name: string, port: Port) => Port;

export interface WiringOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The sandbox's clock instead of the machine's. */
  readonly clock?: Clock;
  readonly wrap?: Wrap;
}

/** `name` is the function's. @throws {RotateError} `config-invalid`, naming the setting */
export function wire(options: WiringOptions, name: string): Wiring {
  const config = readConfig(options.env);
  const clock = options.clock ?? wallClock;
  const wrapOf: Wrap = options.wrap ?? ((_name, port) => port);
  const wrap: Wrap = (port, made) => wrapOf(`${name}.${port}`, made);
  const dynamo = new DynamoDBClient({
    ...(config.dynamoEndpoint ? { endpoint: config.dynamoEndpoint } : {}),
  });
  const log = createLog({ level: levelOf(config) });
  const onUnreadable = (registry: string, error: unknown) =>
    log.error('An open record cannot be read', { registry, error });
  return {
    config,
    clock,
    log,
    wrap,
    ledger: wrap(
      'ledger',
      createLedger({ client: documentClient(dynamo), tableName: config.tableName, clock, onUnreadable }),
    ),
    lambda: new LambdaClient({
      // A round of checks of a large estate takes minutes; the function's own timeout ends it.
      requestHandler: { requestTimeout: 15 * 60_000 },
      maxAttempts: 3,
      ...(config.lambdaEndpoint ? { endpoint: config.lambdaEndpoint } : {}),
    }),
  };
}

/** Secrets of every target, for the functions that may touch them. */
export function wireCredentials(
  { config, clock, log, wrap }: Wiring,
  aws: Aws = createAws(config),
): Credentials {
  const onOddKey = (secret: string, key: string) =>
    log.warn('A key that Fargate does not read', { secret, key });
  return wrap(
    'credentials',
    createCredentials({ secret: createSecretCredentials({ aws, clock, onOddKey }) }),
  );
}

export function wireRegistry({ config }: Wiring): Registry {
  return createRegistry({ endpoints: config.registryEndpoints });
}

/** A handler that wires itself on its first event: nothing is made at import, and a bad setting is a clear error. */
export function lazily<Input extends unknown[], Answer>(
  make: () => (...input: Input) => Promise<Answer>,
): (...input: Input) => Promise<Answer> {
  let made: ((...input: Input) => Promise<Answer>) | undefined;
  return (...input) => {
    made ??= make();
    return made(...input);
  };
}

function levelOf({ logLevel }: Config): 'info' | 'warn' | 'error' {
  switch (logLevel) {
    case 'INFO':
      return 'info';
    case 'WARN':
      return 'warn';
    case 'ERROR':
      return 'error';
  }
}
