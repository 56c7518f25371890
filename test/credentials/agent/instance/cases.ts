import type { Case } from './ask-script.ts';

const login = { userName: 'new-bot', password: 'p4ss:"wörd\\' };
const auth = (text: string): string => Buffer.from(text).toString('base64');
const old = `{"auth":"${auth('old:secret')}"}`;

/** Values of ECS_ENGINE_AUTH_DATA: each as the agent takes it, or as people get it wrong. */
const datas: readonly string[] = [
  '',
  '{}',
  'null',
  '[]',
  `{"ghcr.io":${old}}`,
  `{ "ghcr.io" : { "auth" : "${auth('old:secret')}", "email" : "a@b.c" } , "quay.io":${old} }`,
  `{"https://ghcr.io":${old},"http://ghcr.io":${old},"ghcr.io":${old}}`,
  `{"ghcr.io":${old},"ghcr.io":{"auth":"${auth('last:wins')}"}}`,
  `{"ghcr.io/acme":${old},"ghcr.io/other":${old}}`,
  `{"ghcr.io/":${old}}`,
  `{"https://index.docker.io/v1/":${old}}`,
  `{"docker.io":${old},"https://index.docker.io":${old},"index.docker.io/v1/":${old}}`,
  '{"https://index.docker.io/v1/":{"auth","a2vpdGhhd3M6UGFzc3dvcmQ="}}',
  `'{"ghcr.io":${old}}'`,
  `"{\\"ghcr.io\\":{\\"auth\\":\\"${auth('old:secret')}\\"}}"`,
  `{"auths":{"ghcr.io":${old},"quay.io":${old}}}`,
  `{"auths":{"ghcr.io":${old}},"credsStore":"ecr-login"}`,
  `{"ghcr.io":{"username":"old","password":"secret","email":"a@b.c"},"quay.io":{"username":"q","password":"w"}}`,
  `{"ghcr.io":{"Username":"old","PASSWORD":"secret"},"quay.io":{"auth":"${auth('q:w')}"}}`,
  '{"quay.io":{"username":"a:b","password":"w"}}',
  '{"quay.io":{"identitytoken":"t"},"ghcr.io":{"username":"u"}}',
  '{"quay.io":{"auth":5},"ghcr.io":{"auth":null},"x.io":null,"y.io":[]}',
  `{"quay.io":{"auth":"not base64!"},"x.io":{"auth":"${auth('no-colon')}"},"y.io":{"auth":"YQ"},"z.io":{}}`,
  `{"ghcr.io":${old},"quay.io":${old},}`,
  `{"quay.io":${old}}  `,
  `{"quay.io":{"auth":"${auth(':x')}"},"w.io":{"auth":"${auth('x:')}"}}`,
  `{"123456789012.dkr.ecr.eu-west-1.amazonaws.com":${old},"registry":${old},"Quay.IO":${old},"localhost:5000":${old}}`,
  '{"quay.io":{"auth":NaN}}',
  '{"quay.io":{"n":1e400,"auth":"eDp5"}}',
  `{"qu\\u0061y.io":${old}} extra`,
];

const types: readonly string[] = [
  'dockercfg',
  'docker',
  '',
  'DockerCfg',
  '"dockercfg"',
  'something',
  ' docker ',
];
const registries: readonly string[] = [
  'ghcr.io',
  'ghcr.io/acme',
  'https://index.docker.io/v1/',
  'docker.io',
  'r.example:5000',
];

type Frame = (type: string, data: string) => Pick<Case, 'text' | 'varLib' | 'jsonConfig' | 'userData'>;
const lines = (type: string, data: string): string =>
  `ECS_CLUSTER=prod\nECS_ENGINE_AUTH_TYPE=${type}\nECS_ENGINE_AUTH_DATA=${data}\n`;

/** Files in which they stand. */
const frames: readonly Frame[] = [
  (type, data) => ({ text: lines(type, data) }),
  (type, data) => ({ text: lines(type, data).replaceAll('\n', '\r\n') }),
  (type, data) => ({ text: lines(type, data).trimEnd() }),
  (type, data) => ({ text: `  ${lines(type, data).replaceAll('\n', '  \n\n')}# ECS_ENGINE_AUTH_DATA=x\n` }),
  (type, data) => ({ text: lines('docker', '{"first":1}') + lines(type, data) }),
  (type, data) => ({ text: lines(type, data) + lines(type, '{"quay.io":{}}') }),
  (type, data) => ({ text: '', varLib: lines(type, data) }),
  (type, data) => ({ text: `ECS_ENGINE_AUTH_TYPE=${type}`, varLib: lines('docker', data) }),
  (type, data) => ({ text: lines(type, data).replace('{', '{\n').replaceAll(',', ',\n') }),
  (type, data) => ({ text: 'ECS_CLUSTER=prod\r\nA=b', jsonConfig: json(type, data) }),
  (type, data) => ({ text: lines(type, data), jsonConfig: json('docker', '{"a.io":{}}') }),
  (type, data) => ({ text: '', userData: `{"ECSAgentConfiguration":${json(type, data)}}` }),
];

const json = (type: string, data: string): string =>
  `{"EngineAuthType":${JSON.stringify(type)},"EngineAuthData":${data === '' ? 'null' : data}}`;

/** Every data in every file, with types and registries taken in turn so that all pairs come up. */
export function makeCases(): readonly Case[] {
  return frames.flatMap((frame, at) =>
    datas.flatMap((data, index) =>
      types.flatMap((type, turn) => {
        const registry = registries[(at + index + turn) % registries.length] ?? 'ghcr.io';
        return [{ ...frame(type, data), registry, turn: (at + index) % 2 === 0, ...login }];
      }),
    ),
  );
}
