import type { Verb } from '../../../src/rotation/rules/story.ts';
import type { Action, RotationInput, Verbs } from '../../../src/rotation/workflow.ts';

/**
 * Verbs that answer from a script: each action and each look answers the next line; after the last one the story ends.
 * What was called is in `calls`.
 */
export class ScriptedVerbs implements Verbs {
  readonly calls: string[] = [];
  readonly act: Verbs['act'];
  readonly callbackIds: string[] = [];
  /** Called where a click could ring from now on. */
  onListen: (callbackId: string) => void = () => {};
  readonly #script: Verb[];
  readonly #failing = new Map<string, number>();

  constructor(script: readonly Verb[]) {
    this.#script = [...script];
    const verb = (action: Action) => async () => this.#next(action);
    this.act = {
      look: verb('look'),
      check: verb('check'),
      remind: verb('remind'),
      confirm: verb('confirm'),
      change: verb('change'),
      apply: verb('apply'),
      restart: verb('restart'),
      watch: verb('watch'),
      judge: verb('judge'),
      pause: verb('pause'),
      'follow-choice': verb('follow-choice'),
      'go-back': verb('go-back'),
      tidy: verb('tidy'),
    };
  }

  /** The next `times` calls of this action fail. */
  fail(action: Action | 'listen', times: number): this {
    this.#failing.set(action, times);
    return this;
  }

  async listen(_input: RotationInput, callbackId: string): Promise<void> {
    this.#call('listen');
    this.callbackIds.push(callbackId);
    this.onListen(callbackId);
  }

  async stumble(_input: RotationInput, reason: string): Promise<Verb> {
    this.calls.push(`stumble: ${reason}`);
    return this.#script.shift() ?? { do: 'end' };
  }

  async handOver({ id, generation }: RotationInput): Promise<void> {
    this.calls.push(`hand over ${id} ${generation}`);
  }

  #next(action: Action): Verb {
    this.#call(action);
    return this.#script.shift() ?? { do: 'end' };
  }

  #call(action: string): void {
    this.calls.push(action);
    const left = this.#failing.get(action) ?? 0;
    if (left === 0) return;
    this.#failing.set(action, left - 1);
    throw new Error(`${action} does not work`);
  }
}
