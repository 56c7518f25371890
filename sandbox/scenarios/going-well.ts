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
