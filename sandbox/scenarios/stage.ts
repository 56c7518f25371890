import type { TargetWorld } from '../aws/target-world.ts';
import type { SandboxClock } from '../clock.ts';
import { people } from '../estate/people.ts';
import type { Product } from '../product.ts';
import type { Message } from '../slack/state.ts';
import type { SubmitOutcome } from '../slack/submission-answers.ts';
import type { World } from '../world.ts';

export interface AskOptions {
  readonly by?: string;
  readonly token?: string;
  readonly userName?: string;
  readonly why?: 'planned' | 'expired' | 'leaked' | 'other';
  readonly redeploy?: 'all' | 'failing' | 'none';
  readonly entry?: 'here' | 'stored' | 'in-use';
  /** Ticks that services which cannot restart otherwise may run at half. */
  readonly halve?: boolean;
}

const channel = '#deploys';
/** Wall time that a person waits for something to appear. */
const patience = 15_000;

/** What a scenario can do and see: people in Slack, the world's knobs, and waiting. */
export class Stage {
  readonly world: World;
  readonly product: Product;
  readonly clock: SandboxClock;
  /** The new token, which the marker test replaces. */
  readonly newToken: string;
  readonly people = people;

  constructor(world: World, product: Product, newToken: string) {
    this.world = world;
    this.product = product;
    this.clock = world.clock;
    this.newToken = newToken;
  }

  /** Fills both forms as a person does. Answers what the last one said. */
  async ask(options: AskOptions = {}): Promise<SubmitOutcome> {
    const { by = people.aya, why = 'planned', redeploy = 'all', entry = 'here' } = options;
    const person = this.world.slack.as(by);
    const opened = await person.command('/ecs-rotate', '', channel);
    this.must(opened.kind === 'ok', `the command was answered: ${JSON.stringify(opened)}`);
    const form = await this.see('the form', () => this.world.slack.openView(by));
    const next = await person.submit(form.id, {
      why,
      redeploy,
      entry,
      ...(options.halve ? { halve: ['halve'] } : {}),
    });
    if (next.kind !== 'updated') return next;
    return this.enter(options);
  }

  /** Fills the last form, which is open. */
  enter({ by = people.aya, token = this.newToken, userName }: AskOptions = {}): Promise<SubmitOutcome> {
    const form = this.world.slack.openView(by);
    if (!form) throw new Error('no form is open');
    return this.world.slack.as(by).submit(form.id, { token, ...(userName ? { 'user-name': userName } : {}) });
  }

  /** Asks and expects the form to close. */
  async request(options: AskOptions = {}): Promise<void> {
    const outcome = await this.ask(options);
    this.must(
      outcome.kind === 'closed' || outcome.kind === 'updated',
      `the request was taken: ${JSON.stringify(outcome)}`,
    );
  }

  /** The newest rotation's message in the channel. */
  message(): Message | undefined {
    return this.world.slack
      .messages(channel)
      .filter(({ onlyFor }) => onlyFor === undefined)
      .at(-1);
  }

  /** All that the newest rotation's message shows now. */
  text(): string {
    const message = this.message();
    return message ? this.world.slack.textOf(message) : '';
  }

  /** Waits until the message shows this. */
  async shows(what: RegExp, wallMs = patience): Promise<Message> {
    return this.see(
      `the message to show ${what}`,
      () => {
        const message = this.message();
        return message && what.test(`${message.text}\n${this.text()}`) ? message : undefined;
      },
      wallMs,
    );
  }

  /** Waits until a reply in the thread says this. */
  async replies(what: RegExp, wallMs = patience): Promise<string> {
    return this.see(`a reply with ${what}`, () => this.replyTexts().find((text) => what.test(text)), wallMs);
  }

  replyTexts(): string[] {
    const message = this.message();
    return message ? this.world.slack.thread(message.ts).map((reply) => this.world.slack.textOf(reply)) : [];
  }

  /** Waits until this person is told this privately. */
  async tells(person: string, what: RegExp): Promise<string> {
    const told = () => this.world.slack.privateTo(person).map((message) => this.world.slack.textOf(message));
    return this.see(`${person} to be told ${what}`, () => told().find((text) => what.test(text)));
  }

  /** Presses a button of the rotation's message, and its confirm dialog. */
  async click(person: string, action: string, message: Message | undefined = this.message()): Promise<void> {
    if (!message) throw new Error('there is no message');
    await this.world.slack.as(person).click(message.ts, action, { confirm: true });
  }

  /** Presses a button of the newest reply that has it. */
  async clickReply(person: string, action: string): Promise<void> {
    const message = this.message();
    const replies = message ? this.world.slack.thread(message.ts) : [];
    const reply = replies.findLast(({ blocks }) =>
      JSON.stringify(blocks).includes(`"action_id":"${action}"`),
    );
    await this.click(person, action, reply ?? message);
  }

  /** Waits for the checks and approves as Ben. */
  async approve(person: string = people.ben): Promise<void> {
    const message = await this.shows(/waiting for approval/i);
    await this.click(person, 'approve', message);
  }

  target(id = 'prod'): TargetWorld {
    const target = this.world.targets.get(id);
    if (!target) throw new Error(`no target ${id}`);
    return target;
  }

  registry(host = 'ghcr.io') {
    const registry = this.world.registries.get(host);
    if (!registry) throw new Error(`no registry ${host}`);
    return registry;
  }

  /** Calls that AWS got, by operation, over all targets. */
  calls(operation: string): number {
    const all = [...this.world.targets.values()].flatMap(({ server }) => server.calls);
    return all.filter((call) => call.operation === operation && call.status === 200).length;
  }

  /** How many deployments a service has had since it was created, beyond its first. */
  deploymentsOf(service: string, target = 'prod'): number {
    const record = this.target(target)
      .ecs.services()
      .find(({ name }) => name === service);
    return (record?.serviceDeployments.length ?? 1) - 1;
  }

  see<T>(what: string, look: () => T | undefined | false | null, wallMs = patience): Promise<T> {
    return this.world.slack.waitFor(look, wallMs, what);
  }

  /** @throws Error naming what does not hold */
  must(holds: unknown, what: string): void {
    if (!holds)
      throw new Error(`it does not hold that ${what}\n${this.text()}\n${this.replyTexts().join('\n')}`);
  }
}
