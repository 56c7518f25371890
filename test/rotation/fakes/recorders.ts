import { RotateError } from '../../../src/errors.ts';
import type { Announcer, Executions, ReplyKind, RotationView } from '../../../src/rotation/ports.ts';
import type { RotationKey } from '../../../src/rotation/rules/rotation.ts';

/** Keeps what people were shown. A reply of one name is said once, as the port has it. */
export class RecordingAnnouncer implements Announcer {
  readonly shown: RotationView[] = [];
  readonly replies: { readonly kind: ReplyKind; readonly name: string; readonly view: RotationView }[] = [];

  /** The next message is not shown: the process dies before it. */
  dieOnce = false;
  /** Slack takes no message of this phase, so many times. */
  downFor: { readonly phase: string; times: number } | undefined;

  async show(view: RotationView): ReturnType<Announcer['show']> {
    const dies = this.dieOnce;
    this.dieOnce = false;
    if (dies) throw new Error('killed before it was told');
    if (this.downFor?.phase === view.rotation.state.phase && this.downFor.times > 0) {
      this.downFor.times -= 1;
      return undefined;
    }
    this.shown.push(view);
    return { channel: view.rotation.ask.channel, ts: '1.0' };
  }

  async reply(view: RotationView, kind: ReplyKind, name: string): Promise<void> {
    if (this.replies.some((said) => said.name === name && said.view.rotation.id === view.rotation.id)) return;
    this.replies.push({ kind, name, view });
  }

  get kinds(): ReplyKind[] {
    return this.replies.map(({ kind }) => kind);
  }

  /** Phases as shown, without repeats. */
  get phases(): string[] {
    const phases = this.shown.map(({ rotation }) => rotation.state.phase);
    return phases.filter((phase, at) => phase !== phases[at - 1]);
  }
}

export class RecordingExecutions implements Executions {
  readonly started: string[] = [];
  readonly rung: string[] = [];
  status: 'running' | 'ended' | 'none' = 'running';
  #fails = false;

  /** The next start fails. */
  failOnce(): void {
    this.#fails = true;
  }

  async start(key: RotationKey, generation: number): Promise<void> {
    const fails = this.#fails;
    this.#fails = false;
    if (fails) throw new RotateError('aws-failed', { action: 'lambda:InvokeFunction', problem: 'fault' });
    this.started.push(`${key.id} ${generation}`);
  }

  async statusOf(): Promise<'running' | 'ended' | 'none'> {
    return this.status;
  }

  async ring(callbackId: string): Promise<void> {
    this.rung.push(callbackId);
  }
}
