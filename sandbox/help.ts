import type { HelpSection } from './slack/page-extras.ts';
import type { World } from './world.ts';

/** What the page tells a newcomer: who is who, which logins the registries accept, and three stories to try. */
export function helpOf(world: World): HelpSection[] {
  return [
    {
      title: 'Three stories to try',
      stories: [
        {
          title: 'A login is replaced',
          steps: [
            'As Aya, type /ecs-rotate in #deploys and press Next.',
            'Type a wrong token first: the field says what is wrong. Then the new token of acme-pull from below.',
            'Switch to Ben (top right) and press Approve. Watch the services restart and be proved.',
          ],
        },
        {
          title: 'The registry says no in the middle',
          steps: [
            'Ask for a new login as above, and approve it as Ben.',
            'At once, take the right to read acme/mailer away (Break it).',
            'mailer cannot pull: the rotation goes back by itself and says why in the thread.',
          ],
        },
        {
          title: 'A token that may not read everything',
          steps: [
            'Ask with "acme-pull, token without mailer": there is no Approve button.',
            'Grant the right (Break it), then press Check Again. Nothing is typed again.',
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
      .map(({ id, password, rights }) => [`${host}: ${id}. Reads ${rights.join(', ')}`, password]),
  );
  return { columns: ['Login', 'Token'], rows, copyColumn: 1 };
}
