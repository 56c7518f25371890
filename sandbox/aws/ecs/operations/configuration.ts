import type { WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { readFlag, readNumber, readObject } from '../input.ts';
import type { RollingConfiguration, ServiceRecord } from '../state.ts';

const DEFAULTS = {
  REPLICA: { maximumPercent: 200, minimumHealthyPercent: 100 },
  DAEMON: { maximumPercent: 100, minimumHealthyPercent: 0 },
} as const;

/**
 * The `deploymentConfiguration` of a request laid over what the service has, or over the strategy's defaults.
 * That a part given alone keeps the rest is this stand-in's reading; AWS does not say.
 * @throws InvalidParameterException for percentages between which nothing could ever be replaced
 */
export function readConfiguration(
  input: WireObject,
  strategy: ServiceRecord['strategy'],
  before?: RollingConfiguration,
): RollingConfiguration {
  const given = readObject(input, 'deploymentConfiguration') ?? {};
  const base = before ?? { ...DEFAULTS[strategy], breaker: undefined, others: {} };
  const { maximumPercent, minimumHealthyPercent, deploymentCircuitBreaker: _breaker, ...others } = given;
  const breaker = readObject(given, 'deploymentCircuitBreaker');
  const configuration: RollingConfiguration = {
    maximumPercent: readNumber({ maximumPercent }, 'maximumPercent') ?? base.maximumPercent,
    minimumHealthyPercent:
      readNumber({ minimumHealthyPercent }, 'minimumHealthyPercent') ?? base.minimumHealthyPercent,
    breaker:
      breaker === undefined
        ? base.breaker
        : { enable: readFlag(breaker, 'enable') ?? false, rollback: readFlag(breaker, 'rollback') ?? false },
    others: { ...base.others, ...others },
  };
  if (strategy === 'REPLICA' && configuration.maximumPercent <= configuration.minimumHealthyPercent) {
    throw invalidParameter('The maximumPercent must be greater than the minimumHealthyPercent.');
  }
  return configuration;
}
