import { plainEstate, serviceOf } from '../estate/plain.ts';
import { changedOnce, labelsAreGone } from './holdings.ts';
import type { Scenario } from './scenario.ts';

/** Two secrets with one login, in two targets: checked, approved, the first service, groups, proved. */
export const good: Scenario = {
  name: 'good',
  title: 'Two secrets get a new login; every service restarts and is seen to pull with it.',
  outcome: 'done',
  async play(stage) {
    await stage.request();
    await stage.shows(/waiting for approval/i);
    stage.must(
      /5 of 5 services restart|All 5 services restart|5 services restart/i.test(stage.text()),
      'it says what restarts',
    );
    await stage.approve();
    await stage.shows(/You can revoke the old one/, 20_000);
    for (const name of ['mailer', 'api', 'web', 'worker']) {
      stage.must(stage.deploymentsOf(name) === 1, `${name} was restarted once`);
    }
    stage.must(stage.calls('UpdateSecretVersionStage') >= 2, 'both secrets were changed');
    const value = stage
      .target()
      .secrets.versionsOf('prod/ghcr-pull')
      .find(({ labels }) => labels.includes('AWSCURRENT'));
    stage.must(value?.value?.includes('"owner":"platform"'), 'the other keys of the secret are kept');
  },
};

const services = ['mailer', 'api', 'web', 'worker'];

/** A host that has the very digest never asks the registry with a login: it runs, and proves nothing. */
export const pinnedCached: Scenario = {
  name: 'pinned-cached',
  title: 'A service pinned to a digest that its hosts have cached: it runs, and is never called proved.',
  outcome: 'finished',
  estate: (newToken) => {
    const image = 'ghcr.io/acme/pinned-api:3@running';
    const containers = [{ name: 'pinned-api', image, secret: 'prod/ghcr-pull' }];
    return plainEstate({ newToken, more: [serviceOf('pinned-api', 'prod-core', 2, { containers })] });
  },
  async play(stage) {
    await stage.request();
    await stage.shows(/waiting for approval/i);
    const asked = () => stage.registry().requests.filter(({ path }) => path.includes('/pinned-api/')).length;
    const before = asked();
    await stage.approve();
    await stage.shows(
      /Finished, 1 not proven yet\. 5 pulled\. Left: pinned-api\. Do not revoke the old login yet\. Nothing is down\./,
    );
    stage.must(
      /Not proven yet pinned-api: its host may have kept the image, so the registry was perhaps not asked/.test(
        stage.text(),
      ),
      'it says why pinned-api is not proved',
    );
    stage.must(asked() === before, 'no host asked the registry for it');
    stage.must(!/Pulled pinned-api/.test(stage.text()), 'it does not claim that pinned-api pulled');
    changedOnce(stage, [...services, 'pinned-api']);
    await labelsAreGone(stage);
  },
};

/** The tag means a newer build by now: a restart would be a deployment that nobody asked for. */
export const movedTag: Scenario = {
  name: 'moved-tag',
  title: 'A service whose tag points to a newer build is left out, so that no new code is shipped.',
  outcome: 'finished',
  estate: (newToken) => ({
    ...plainEstate({ newToken, more: [serviceOf('report-web', 'prod-web', 1)] }),
    movedTags: ['ghcr.io/acme/report-web:1.4'],
  }),
  async play(stage) {
    await stage.request();
    await stage.shows(
      /Note\s+report-web would start a newer build of \S*acme\/report-web:1\.4, so it is left out and switches at its next deployment/,
    );
    stage.must(/5 of 6 services restart/.test(stage.text()), 'it counts without report-web');
    await stage.approve();
    await stage.shows(
      /Finished, 1 not proven yet\. 5 pulled\. Left: report-web\. Do not revoke the old login yet\./,
    );
    changedOnce(stage, services);
    stage.must(stage.deploymentsOf('report-web') === 0, 'report-web was not restarted');
    await labelsAreGone(stage);
  },
};

/** S8, as the AWS article has a person do it: minimum healthy percent 50, for one that could not restart otherwise, and not for good. */
export const half: Scenario = {
  name: 'half',
  title:
    'A service that may neither lose nor gain a task runs at half while it restarts, as ticked; then not.',
  outcome: 'done',
  estate: (newToken) =>
    plainEstate({
      newToken,
      more: [serviceOf('batch', 'prod-web', 2, { minimumHealthyPercent: 99, maximumPercent: 100 })],
    }),
  async play(stage) {
    const settings = () =>
      stage
        .target()
        .ecs.services()
        .find(({ name }) => name === 'batch')?.configuration;
    await stage.request({ halve: true });
    await stage.shows(/batch cannot restart otherwise, so it runs at half while it does/);
    await stage.approve();
    await stage.see('batch to run at half', () => settings()?.minimumHealthyPercent === 50, 15_000);
    await stage.shows(/You can revoke the old one/, 20_000);
    stage.must(stage.deploymentsOf('batch') === 1, 'batch was restarted once');
    const { minimumHealthyPercent, maximumPercent } = settings() ?? {};
    stage.must(minimumHealthyPercent === 99 && maximumPercent === 100, 'batch has its own settings again');
  },
};
