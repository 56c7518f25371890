import type { PausedChoice, Rotation, RotationKey } from '../../../src/rotation/rules/rotation.ts';
import type { Verb } from '../../../src/rotation/rules/story.ts';
import { approve, choose, stop, type Transition } from '../../../src/rotation/rules/transitions.ts';
import type { World } from './world.ts';

/** Does what the workflow does, until it waits for a click or has ended; a failing action is tried three times. */
export class Driver {
  readonly world: World;
  readonly key: RotationKey;
  /** Every verb in the order it was done. */
  readonly done: string[] = [];
  #waits = 0;

  constructor(world: World, key: RotationKey) {
    this.world = world;
    this.key = key;
  }

  /** Goes on until a person or the clock is needed. `before` is called before each verb. */
  async go(before: (verb: Verb['do']) => void | Promise<void> = () => {}): Promise<Rotation> {
    let verb = await this.#act('look');
    for (let turns = 0; turns < 300; turns++) {
      await before(verb.do);
      if (verb.do === 'end') return this.rotation();
      if (verb.do === 'decide') return this.#listen();
      if (verb.do === 'settle') this.world.clock.advance(verb.seconds * 1000);
      verb = await this.#act(verb.do === 'settle' ? 'look' : verb.do);
    }
    throw new Error(`never ends: ${this.done.slice(-12).join(', ')}`);
  }

  async rotation(): Promise<Rotation> {
    const rotation = await this.world.ledger.read(this.key);
    if (!rotation) throw new Error('no rotation');
    return rotation;
  }

  /** A click: one conditional write, then the story goes on. */
  async click<R>(transition: (rotation: Rotation) => Transition<R>): Promise<Rotation> {
    const answer = await this.world.ledger.change(this.key, transition);
    if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
    return this.go();
  }

  /** Approves, and goes on with something happening before a verb. */
  async approveThen(before: (verb: Verb['do']) => void | Promise<void>): Promise<Rotation> {
    const at = this.now;
    await this.world.ledger.change(this.key, (rotation) =>
      approve(rotation, { by: 'U_BEN', at, fingerprint: fingerprintOf(rotation) }),
    );
    return this.go(before);
  }

  /** Presses Stop, whatever comes of it. */
  async stop(by = 'U_AYA'): Promise<void> {
    await this.world.ledger.change(this.key, (rotation) => stop(rotation, { by, at: this.now }));
  }

  approve(by = 'U_BEN'): Promise<Rotation> {
    return this.click((rotation) =>
      approve(rotation, { by, at: this.now, fingerprint: fingerprintOf(rotation) }),
    );
  }

  choose(does: PausedChoice, by = 'U_AYA'): Promise<Rotation> {
    return this.click((rotation) => choose(rotation, { by, at: this.now, does }));
  }

  /** Time goes by and nobody clicks. */
  letPass(ms: number): Promise<Rotation> {
    this.world.clock.advance(ms);
    return this.go();
  }

  get now(): number {
    return this.world.clock.now();
  }

  /** What each service is said to have done. */
  async verdicts(): Promise<Record<string, string>> {
    const records = await this.world.ledger.consumers(this.key);
    return Object.fromEntries(
      records.map(({ consumer, verdict }) => [
        consumer.name,
        verdict.is === 'unproven' ? verdict.because : verdict.is,
      ]),
    );
  }

  async #act(action: Exclude<Verb['do'], 'decide' | 'settle' | 'end'> | 'look'): Promise<Verb> {
    const input = { ...this.key, generation: 1 };
    this.done.push(action);
    for (let tries = 1; ; tries++) {
      try {
        return await this.world.verbs.act[action](input);
      } catch (error) {
        if (tries === 3) return this.world.verbs.stumble(input, String(error));
      }
    }
  }

  async #listen(): Promise<Rotation> {
    this.#waits += 1;
    await this.world.verbs.listen({ ...this.key, generation: 1 }, `callback-${this.#waits}`);
    return this.rotation();
  }
}

export function fingerprintOf({ state }: Rotation): string {
  return state.phase === 'waiting' ? state.fingerprint : '';
}

/** Stores the login and goes on until approval is asked for, or the checks stop it. */
export async function begun(world: World, parts: Parameters<World['begin']>[0] = {}): Promise<Driver> {
  const driver = new Driver(world, await world.begin(parts));
  await driver.go();
  return driver;
}
