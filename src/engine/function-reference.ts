import { LambdaFault } from './fault.ts';

/** A function as a caller named it. */
export interface FunctionReference {
  readonly name: string;
  /** A version's number, an alias or `$LATEST`. */
  readonly qualifier: string | undefined;
}

const form =
  /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:)?(?:\d{12}:)?(?:function:)?([A-Za-z0-9_-]+)(?::(\$LATEST|[A-Za-z0-9_-]+))?$/;

/**
 * Reads a function's name, partial ARN or ARN, qualified or not; `qualifier` is what came as a query parameter.
 * @throws {LambdaFault} InvalidParameterValueException.
 */
export function readFunctionReference(text: string, qualifier?: string | null): FunctionReference {
  const [, name, inName] = form.exec(text) ?? [];
  if (!name) throw new LambdaFault('InvalidParameterValueException', `"${text}" is not a function name.`);
  if (inName && qualifier && inName !== qualifier)
    throw new LambdaFault('InvalidParameterValueException', 'The two qualifiers differ.');
  return { name, qualifier: inName ?? qualifier ?? undefined };
}

/** The version a qualifier stands for. There is one published version here: every alias points to it. */
export function versionOf(qualifier: string): string {
  return /^(\$LATEST|\d+)$/.test(qualifier) ? qualifier : '1';
}
