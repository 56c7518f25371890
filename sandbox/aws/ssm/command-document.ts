import { AwsFault } from '../operation.ts';

/** What of a schema 2.2 Command document Run Command looks at. Written by whoever registers it, checked here. */
export interface CommandDocument {
  readonly schemaVersion: string;
  readonly parameters: Readonly<Record<string, CommandParameter>>;
  readonly mainSteps: readonly {
    readonly action: string;
    readonly name: string;
    readonly inputs: { readonly runCommand: readonly string[] };
  }[];
}

export interface CommandParameter {
  readonly type: string;
  readonly default?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  readonly interpolationType?: string;
}

/** A document with its parameters filled in: what a node is given. */
export interface FilledDocument {
  readonly script: string;
  /** Of the parameters with ENV_VAR: `SSM_` and the name. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stepName: string;
}

/**
 * Holds the parameters to the document's rules and fills them in as a current SSM agent does.
 * @throws {AwsFault} InvalidParameters.
 */
export function fillDocument(
  document: CommandDocument,
  given: Readonly<Record<string, readonly string[]>>,
): FilledDocument {
  const [step] = document.mainSteps;
  if (document.mainSteps.length !== 1 || step?.action !== 'aws:runShellScript') {
    throw new Error('The stand-in runs documents of one aws:runShellScript step.');
  }
  const values = valuesOf(document, given);
  const inEnvironment = (name: string) => document.parameters[name]?.interpolationType === 'ENV_VAR';
  const environment = [...values].filter(([name]) => inEnvironment(name));
  return {
    script: interpolate(step.inputs.runCommand.join('\n'), values),
    environment: Object.fromEntries(environment.map(([name, value]) => [`SSM_${name}`, value])),
    stepName: step.name,
  };
}

function valuesOf(
  { parameters }: CommandDocument,
  given: Readonly<Record<string, readonly string[]>>,
): Map<string, string> {
  for (const name of Object.keys(given)) {
    if (!(name in parameters)) throw invalid(`${name} is not a parameter of the document`);
  }
  return new Map(
    Object.entries(parameters).map(([name, rules]) => {
      const [value = rules.default, more] = given[name] ?? [];
      if (value === undefined || more !== undefined) throw invalid(`${name} needs one value`);
      if (rules.allowedValues && !rules.allowedValues.includes(value))
        throw invalid(`${name} is not allowed`);
      const isFitting = rules.allowedPattern === undefined || new RegExp(rules.allowedPattern).test(value);
      if (!isFitting) throw invalid(`${name} does not match ${rules.allowedPattern}`);
      return [name, value];
    }),
  );
}

const interpolate = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*([\w-]+)\s*\}\}/g, (whole, name: string) => values.get(name) ?? whole);

const invalid = (message: string): AwsFault => new AwsFault('InvalidParameters', message);
