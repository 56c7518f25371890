import { App, ExpressReceiver } from '@slack/bolt';
import serverless from 'serverless-http';

const receiver = new ExpressReceiver({ signingSecret: 'none', processBeforeResponse: true });
const app = new App({ receiver, authorize: async () => ({}) });
app.command('/empty', async ({ ack }) => ack());

/** The frame of the slack function around a command that does nothing. */
export const handler = serverless(receiver.app);
