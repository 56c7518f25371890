import { readEngineAuth } from '../../../src/credentials/agent/ecs-config.ts';
import { config, dockercfg } from './example-config.ts';

const ghcr = dockercfg({ 'ghcr.io': 'u:p' });
const quay = dockercfg({ 'quay.io': 'u:p' });
const jsonOf = (data: string, type = 'dockercfg') => `{"EngineAuthType":"${type}","EngineAuthData":${data}}`;
const type = 'ECS_ENGINE_AUTH_TYPE=dockercfg\n';

describe('lines of ecs.config', () => {
  it('that repeat a setting: the last wins', () => {
    const text = `${config(quay)}ECS_ENGINE_AUTH_DATA=${ghcr}\nECS_ENGINE_AUTH_TYPE=dockercfg\n`;
    expect(readEngineAuth(text)).toMatchObject({
      registries: ['ghcr.io'],
      problems: [
        { name: 'line-repeated', source: 'ecs.config', line: 2 },
        { name: 'line-repeated', source: 'ecs.config', line: 3 },
      ],
    });
  });

  it.each([
    ['line-misnamed', `export ECS_ENGINE_AUTH_DATA=${ghcr}`],
    ['line-misnamed', `ECS_ENGINE_AUTH_DATA = ${ghcr}`],
    ['line-misnamed', `"ECS_ENGINE_AUTH_DATA"=${ghcr}`],
    ['line-misnamed', `ecs_engine_auth_data=${ghcr}`],
    ['line-misnamed', `ECS_ENGINE_AUTH_DATA: ${ghcr}`],
    ['line-commented', `#ECS_ENGINE_AUTH_DATA=${ghcr}`],
    ['line-commented', `# ECS_ENGINE_AUTH_DATA=${ghcr}`],
    ['byte-order-mark', `\uFEFFECS_ENGINE_AUTH_DATA=${ghcr}`],
  ])('%s: %j sets nothing', (name, line) => {
    const { registries, problems } = readEngineAuth(`${line}\n${type}`);
    expect(registries).toEqual([]);
    expect(problems[0]).toEqual({ name, source: 'ecs.config', line: 1 });
  });

  it('about other settings are no problem', () => {
    expect(readEngineAuth('#ECS_CLUSTER=x\nECS_ENGINE_AUTH_DATABASE=1\nexport FOO=1\n').problems).toEqual([]);
  });

  it('are not continued by a backslash', () => {
    const text = `${type}ECS_ENGINE_AUTH_DATA={ \\\n"ghcr.io":{} }\n`;
    expect(readEngineAuth(text).problems).toMatchObject([{ name: 'data-spans-lines', line: 2 }]);
  });

  it('end at LF alone: what a CR stands in is one line', () => {
    expect(readEngineAuth(`ECS_ENGINE_AUTH_TYPE=dockercfg\rECS_ENGINE_AUTH_DATA=${ghcr}`)).toMatchObject({
      type: 'unknown',
      registries: [],
    });
  });
});

describe('what lies beneath', () => {
  it('fills fields one by one: /var/lib, JSON config file, user data', () => {
    expect(readEngineAuth(type, { varLib: `ECS_ENGINE_AUTH_DATA=${ghcr}` }).registries).toEqual(['ghcr.io']);
    expect(readEngineAuth(type, { jsonConfig: jsonOf(ghcr, 'docker') }).registries).toEqual(['ghcr.io']);
    const userData = `{"ECSAgentConfiguration":${jsonOf(ghcr)}}`;
    expect(readEngineAuth('', { userData })).toMatchObject({ type: 'dockercfg', registries: ['ghcr.io'] });
    const mixed = { jsonConfig: '{"EngineAuthType":"dockercfg"}', userData };
    expect(readEngineAuth('', mixed)).toMatchObject({ registries: ['ghcr.io'], problems: [] });
  });

  it('is hidden by what stands above it, and said', () => {
    const beneath = {
      varLib: config(quay),
      jsonConfig: jsonOf(quay),
      userData: `{"ECSAgentConfiguration":${jsonOf(quay)}}`,
    };
    const { registries, problems } = readEngineAuth(config(ghcr), beneath);
    expect(registries).toEqual(['ghcr.io']);
    expect(problems).toEqual([
      { name: 'hides-another', source: 'var-lib', line: 3 },
      { name: 'hides-another', source: 'json-config' },
      { name: 'hides-another', source: 'user-data' },
    ]);
  });

  it('comes to light behind an empty line, save in /var/lib, which that line overlays', () => {
    const empty = config('');
    expect(readEngineAuth(empty, { jsonConfig: jsonOf(ghcr) }).registries).toEqual(['ghcr.io']);
    const { registries, problems } = readEngineAuth(empty, { varLib: config(quay) });
    expect(registries).toEqual([]);
    expect(problems.map(({ name }) => name)).toEqual(['hides-another', 'data-missing']);
  });

  it('is told with its file where a line of /var/lib is at fault', () => {
    expect(readEngineAuth(type, { varLib: 'A=1\nECS_ENGINE_AUTH_DATA={' }).problems).toMatchObject([
      { name: 'data-not-json', source: 'var-lib', line: 2 },
    ]);
  });

  it('takes names of JSON members in any case, the last of several, and null for nothing', () => {
    const jsonConfig = `{"engineauthtype":"docker","ENGINEAUTHTYPE":"dockercfg","EngineAuthType":null,"engineAuthData":${ghcr}}`;
    expect(readEngineAuth('', { jsonConfig })).toMatchObject({ type: 'dockercfg', registries: ['ghcr.io'] });
    const emptied = `{"EngineAuthData":${ghcr},"engineauthdata":null}`;
    expect(readEngineAuth(type, { jsonConfig: emptied }).registries).toEqual([]);
  });

  it('wants an object in JSON, not a text that holds one', () => {
    const jsonConfig = jsonOf(JSON.stringify(ghcr));
    expect(readEngineAuth('', { jsonConfig })).toMatchObject({
      registries: [],
      problems: [{ name: 'data-in-string', source: 'json-config' }],
    });
  });

  it.each(['{', '[]', '"x"', '{"EngineAuthType":1}'])(
    'keeps the agent from starting where the JSON config file is %s',
    (jsonConfig) => {
      expect(readEngineAuth(config(ghcr), { jsonConfig })).toMatchObject({
        registries: [],
        problems: [{ name: 'json-config-broken', source: 'json-config' }],
      });
    },
  );

  it.each(['', ' \n', 'null', '{}', '{"Cluster":"prod"}'])(
    'is nothing where the JSON config file is %j',
    (jsonConfig) => {
      expect(readEngineAuth(config(ghcr), { jsonConfig })).toEqual(readEngineAuth(config(ghcr)));
    },
  );

  it('is another file where a line names one', () => {
    const text = `ECS_AGENT_CONFIG_FILE_PATH=/opt/agent.json\n${type}`;
    expect(readEngineAuth(text, { jsonConfig: jsonOf(ghcr) })).toMatchObject({
      registries: [],
      problems: [{ name: 'json-config-elsewhere', line: 1 }, { name: 'data-missing' }],
    });
  });

  it.each(['#!/bin/sh\necho ECS_ENGINE_AUTH_DATA=x', 'null', '[1]', '{"other":1}'])(
    'is no concern of the agent where user data is %j',
    (userData) => {
      expect(readEngineAuth(config(ghcr), { userData })).toEqual(readEngineAuth(config(ghcr)));
    },
  );

  it('says where user data was meant for the agent and cannot be read', () => {
    const userData = '{"ECSAgentConfiguration":{"EngineAuthType":1}}';
    expect(readEngineAuth(config(ghcr), { userData })).toMatchObject({
      registries: ['ghcr.io'],
      problems: [{ name: 'user-data-ignored', source: 'user-data' }],
    });
  });
});
