/** The only file here that opens values. What it throws never holds a piece of one. */
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { RotateError } from '../../errors.ts';
import type { Login } from '../../rotation/ports.ts';
import { SecretValue } from '../../secret-value.ts';
import { type JsonMember, membersOf, setMembers } from './json-object.ts';
import { askSecret, CURRENT, PENDING, type Secret } from './secret.ts';

/**
 * Puts the current value with this login in it as a version under our own label. Without a label AWS would move
 * AWSCURRENT at once, and tasks starting in that second would use a login nobody has tried.
 */
export async function stageLogin(
  secret: Secret,
  { userName, password }: Login,
  token: string,
): Promise<{ baseVersionId: string; stagedVersionId: string }> {
  const current = await readValue(secret, { VersionStage: CURRENT });
  const merged = setMembers(current.text, current.members, {
    username: userName,
    password: password.reveal(),
  });
  const command = new PutSecretValueCommand({
    SecretId: secret.arn,
    ClientRequestToken: token,
    SecretString: merged,
    VersionStages: [PENDING],
  });
  const put = () => secret.client.send(command);
  const { VersionId = token } = await askSecret(secret, 'PutSecretValue', put, { carriesValue: true });
  return { baseVersionId: current.versionId, stagedVersionId: VersionId };
}

/** The login a version holds, as ECS would read it. Throws `secret-incomplete` where a part is missing. */
export async function readLoginOf(
  secret: Secret,
  versionId: string,
  onOddKey: (secret: string, key: string) => void,
): Promise<Login> {
  const { members } = await readValue(secret, { VersionId: versionId });
  const read = (key: string): string => {
    const member = memberFor(members, key);
    if (!member || typeof member.value !== 'string' || member.value === '') {
      throw new RotateError('secret-incomplete', { name: secret.name, missing: key });
    }
    if (member.key !== key) onOddKey(secret.name, member.key);
    return member.value;
  };
  return { userName: read('username'), password: SecretValue.of(read('password')) };
}

/** The key as it should be wins, else any case, as the EC2 agent's decoder has it; the last of several counts. */
function memberFor(members: readonly JsonMember[], key: string): JsonMember | undefined {
  return (
    members.findLast((member) => member.key === key) ??
    members.findLast((member) => member.key.toLowerCase() === key)
  );
}

interface OpenedValue {
  readonly versionId: string;
  readonly text: string;
  readonly members: readonly JsonMember[];
}

async function readValue(
  secret: Secret,
  which: { readonly VersionId: string } | { readonly VersionStage: string },
): Promise<OpenedValue> {
  const command = new GetSecretValueCommand({ SecretId: secret.arn, ...which });
  const get = () => secret.client.send(command);
  const answer = await askSecret(secret, 'GetSecretValue', get, { carriesValue: true });
  const { SecretString: text, VersionId: versionId = '' } = answer;
  if (text === undefined) throw new RotateError('secret-binary', { name: secret.name });
  const members = membersOf(text);
  if (!members) throw new RotateError('secret-malformed', { name: secret.name });
  return { versionId, text, members };
}
