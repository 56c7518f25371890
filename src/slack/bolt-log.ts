import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../log.ts';
import { redact } from '../redact.ts';

/**
 * A logger as Bolt and the Web API client want it. Their DEBUG prints whole requests before the signature is checked,
 * so it is dropped whatever level they are set to.
 */
export function createBoltLog(log: Log): Logger {
  const join = (parts: unknown[]) => parts.map((part) => describe(part)).join(' ');
  return {
    debug: () => {},
    info: (...parts) => log.info(join(parts)),
    warn: (...parts) => log.warn(join(parts)),
    error: (...parts) => log.error(join(parts)),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}

function describe(part: unknown): string {
  const redacted = redact(part);
  return typeof redacted === 'string' ? redacted : JSON.stringify(redacted);
}
