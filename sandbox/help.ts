import { shownLogin } from './login-names.ts';
import type { HelpSection } from './slack/page-extras.ts';
import type { World } from './world.ts';

/** What the page tells a newcomer: three stories to try, which logins the registries accept, and who is who. */
export function helpOf(world: World): HelpSection[] {
  return [
    {
      title: 'Three stories to try',
      stories: [
        {
          title: 'A login is replaced',
          steps: [
            'As Aya, type `/ecs-rotate` in #deploys and press *Next*.',
            'Type any wrong token: the field says what is wrong. Then copy *acme-pull, new token* from below.',
            'Press *Approve* as Aya: somebody else must. Switch to Ben (top right), press *Approve*, then *Start*.',
            'Watch the services restart one group after the other. At the end it says what is not proven, and why.',
          ],
        },
        {
          title: 'The registry says no in the middle',
          steps: [
            'As Aya, ask again with *acme-pull, another new token*.',
            'As Ben, approve. At once press *The new token loses acme/mailer* under Break it.',
            'mailer-staging cannot pull. The old login is put back by itself; the reason is in the thread.',
          ],
        },
        {
          title: 'A token that may not read everything',
          steps: [
            'As Aya, ask with *acme-pull, token without mailer*. It cannot start: there is no Approve.',
            'Press *Every token may read acme/mailer* under Break it, then *Check Again*. Nothing is typed again.',
          ],
        },
      ],
    },
    { title: 'Logins that the registries accept', table: loginsTable(world) },
    {
      title: 'Who is who',
      text: 'Aya asks, and is on call. Ben and Chika are @platform-approvers. Omar has no rights here, and Gus is a guest.',
    },
    {
      title: 'What is real here',
      text: 'The bot is the code that runs on AWS Lambda. Slack, AWS and the registries are stand-ins on this machine; images are really pulled over HTTP. Nothing here leaves it.',
    },
  ];
}

function loginsTable(world: World): NonNullable<HelpSection['table']> {
  const rows = [...world.registries].flatMap(([host, registry]) =>
    registry.users
      .list()
      .map(({ id, password, rights }) => [`*${shownLogin(id)}* · ${host} · ${readsOf(rights)}`, password]),
  );
  return { columns: ['Login', 'Token'], rows, copyColumn: 1 };
}

function readsOf(rights: readonly string[]): string {
  return rights.length > 3 ? `reads ${rights.length} repositories` : `reads ${rights.join(', ')}`;
}
