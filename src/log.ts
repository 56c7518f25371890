import { redact } from './redact.ts';

export type LogLevel = 'info' | 'warn' | 'error';

type Fields = Readonly<Record<string, unknown>>;

/** One JSON line an entry. Fields and texts are redacted (src/redact.ts); bodies of requests are never handed in. */
export interface Log {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

/**
 * There is no level below INFO on purpose: libraries print whole requests at DEBUG, before any signature is checked.
 * @param write takes one line without its end; stdout, which Lambda keeps, by default
 */
export function createLog(
  options: {
    readonly name?: string;
    readonly level?: LogLevel;
    readonly write?: (line: string) => void;
  } = {},
): Log {
  const write = options.write ?? ((line: string) => process.stdout.write(`${line}\n`));
  const floor = order.indexOf(options.level ?? 'info');
  const entry =
    (level: LogLevel) =>
    (message: string, fields: Fields = {}) => {
      if (order.indexOf(level) < floor) return;
      const named = options.name ? { name: options.name } : {};
      const head = { level, at: new Date().toISOString(), ...named, message: redact(message) };
      write(JSON.stringify({ ...redactFields(fields), ...head }));
    };
  return { info: entry('info'), warn: entry('warn'), error: entry('error') };
}

const order: readonly LogLevel[] = ['info', 'warn', 'error'];

function redactFields(fields: Fields): Fields {
  const redacted = redact(fields);
  return typeof redacted === 'object' && redacted !== null ? { ...redacted } : {};
}
