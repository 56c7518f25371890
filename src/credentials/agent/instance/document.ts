/** What the document's parameters are called; on the instance they are variables of the environment, `SSM_` before. */
export type InstanceParameter = keyof typeof parameters;

/** The text as AWS takes it is JSON; 64 KB is the most for a document (Systems Manager's quotas). */
export const documentLimitBytes = 64 * 1024;

/** The name of the document's one step, which GetCommandInvocation wants to be told. */
export const stepName = 'login';

/**
 * The content of the SSM Command document that runs the script on container instances. `script` is the text of
 * `readInstanceScript`. Throws where the script could not be carried as it is.
 */
export function instanceDocument(script: string): InstanceDocument {
  refuseUncarryable(script);
  return {
    schemaVersion: '2.2',
    description: 'ecs-rotate: reads, tries or changes one registry login of the ECS agent on this instance.',
    parameters,
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: stepName,
        precondition: { StringEquals: ['platformType', 'Linux'] },
        // Two restarts may wait for the agent, `Limit` each.
        inputs: { timeoutSeconds: '900', runCommand: commandLines(script) },
      },
    ],
  };
}

export interface InstanceDocument {
  readonly schemaVersion: '2.2';
  readonly description: string;
  readonly parameters: Readonly<Record<string, DocumentParameter>>;
  readonly mainSteps: readonly [
    {
      readonly action: 'aws:runShellScript';
      readonly name: string;
      readonly precondition: { readonly StringEquals: readonly string[] };
      readonly inputs: { readonly timeoutSeconds: string; readonly runCommand: readonly string[] };
    },
  ];
}

export interface DocumentParameter {
  readonly type: 'String';
  readonly description: string;
  readonly default?: string;
  readonly allowedValues?: readonly string[];
  readonly allowedPattern?: string;
  /** The agent hands the value over in the environment instead of writing it into the script's text. */
  readonly interpolationType: 'ENV_VAR';
}

/**
 * No value that these let pass has a quote, a backslash, a dollar, a backtick, a blank or a line end: SSM agents
 * before 3.3.2746.0 know nothing of ENV_VAR and write the value into the script between double quotes.
 */
const parameters = {
  Mode: text('What to do', { allowedValues: ['inspect', 'dry-run', 'apply'] }),
  SecretArn: text('ARN of the secret that holds the login', {
    default: '',
    allowedPattern:
      '^$|^arn:aws(-cn|-us-gov)?:secretsmanager:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}$',
  }),
  VersionId: text('Version of the secret', { default: '', allowedPattern: '^$|^[A-Za-z0-9-]{32,64}$' }),
  Registry: text('Key of the login in ECS_ENGINE_AUTH_DATA', {
    default: '',
    allowedPattern:
      '^$|^https://index\\.docker\\.io/v1/$|^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9._/-]{1,255})?$',
  }),
  AuthType: text('Whether the plain type docker becomes dockercfg', {
    default: 'keep',
    allowedValues: ['keep', 'dockercfg'],
  }),
  Salt: text('Salt of the digests', { default: '', allowedPattern: '^$|^[0-9a-f]{32,64}$' }),
  Limit: text('Seconds to wait for the agent after a restart', {
    default: '120',
    allowedPattern: '^[1-9][0-9]{0,2}$',
  }),
} satisfies Record<string, DocumentParameter>;

function text(
  description: string,
  rules: Pick<DocumentParameter, 'default' | 'allowedValues' | 'allowedPattern'>,
): DocumentParameter {
  return { type: 'String', description, ...rules, interpolationType: 'ENV_VAR' };
}

const endOfScript = 'END_OF_ECS_ROTATE';

/** Systems Manager would fill in whatever stands between double braces; the shell ends the script at its mark. */
function refuseUncarryable(script: string): void {
  if (/\{\{|\}\}/.test(script)) throw new TypeError('The script has double braces.');
  if (/[^\n\x20-\x7e]/.test(script)) throw new TypeError('The script has more than printable ASCII.');
  if (script.includes(endOfScript)) throw new TypeError('The script has the mark that ends it.');
}

function commandLines(script: string): string[] {
  return [
    ...Object.keys(parameters).map(
      (name) => `[ -n "\${SSM_${name}+x}" ] || export SSM_${name}="{{${name}}}"`,
    ),
    'for python in python3 python2 python; do command -v "$python" >/dev/null 2>&1 && break; done',
    'command -v "$python" >/dev/null 2>&1 || { echo \'{"format":1,"outcome":"refused","reasons":[{"name":"no-tool","detail":"python"}]}\'; exit 1; }',
    `exec "$python" -E -s - <<'${endOfScript}'`,
    ...script.trimEnd().split('\n'),
    endOfScript,
  ];
}
