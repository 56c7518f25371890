import type { ImageTry, Login, Registry } from '../../../src/rotation/ports.ts';
import { repositoryOf } from '../../../src/rotation/rules/plan.ts';

interface Account {
  readonly login: Login;
  /** Repositories it may not read. */
  readonly denied: Set<string>;
  /** Repositories it is told do not exist. */
  readonly hidden: Set<string>;
}

/** A registry with accounts and rights. Counts what it is asked. */
export class FakeRegistry implements Registry {
  readonly #accounts: Account[] = [];
  readonly publicImages = new Set<string>();
  readonly missing = new Set<string>();
  readonly digests = new Map<string, string>();
  readonly calls: string[] = [];
  /** Answered instead of anything else, where set. */
  fault: ImageTry | undefined;

  readonly #answers: { readonly login: Login; readonly answer: ImageTry }[] = [];

  /** Whatever is asked with this login is answered so. */
  answerFor(login: Login, answer: ImageTry): void {
    this.#answers.push({ login, answer });
  }

  accept(login: Login): void {
    this.revoke(login);
    this.#accounts.push({ login, denied: new Set(), hidden: new Set() });
  }

  revoke(login: Login): void {
    const at = this.#accounts.findIndex((account) => isSame(account.login, login));
    if (at >= 0) this.#accounts.splice(at, 1);
  }

  deny(login: Login, image: string): void {
    this.#account(login)?.denied.add(repositoryOf(image));
  }

  /** Not permitted, as many registries put it. */
  hide(login: Login, image: string): void {
    this.#account(login)?.hidden.add(repositoryOf(image));
  }

  allow(login: Login, image: string): void {
    this.#account(login)?.denied.delete(repositoryOf(image));
  }

  hostOf(image: string): string {
    return image.split('/')[0] ?? image;
  }

  async tryImage(image: string, login: Login | null): Promise<ImageTry> {
    this.calls.push(`${login ? 'login' : 'nobody'} ${image}`);
    return this.answer(image, login);
  }

  /** The same as a host's agent meets it, which is no call of ours. */
  answer(image: string, login: Login | null): ImageTry {
    if (this.fault) return this.fault;
    const insisted = this.#answers.find((one) => login !== null && isSame(one.login, login));
    if (insisted) return insisted.answer;
    const repository = repositoryOf(image);
    const digest = this.digests.get(image);
    const readable: ImageTry = { answer: 'readable', ...(digest ? { digest } : {}) };
    if (this.publicImages.has(repository) && login === null) return readable;
    const account = login ? this.#account(login) : undefined;
    if (!account) return { answer: 'login-refused' };
    if (this.missing.has(repository) || account.hidden.has(repository)) return { answer: 'not-found' };
    return account.denied.has(repository) ? { answer: 'not-permitted' } : readable;
  }

  async tryLogin(_host: string, login: Login): ReturnType<Registry['tryLogin']> {
    this.calls.push('try-login');
    if (this.fault) return this.fault.answer === 'unreachable' ? 'unreachable' : 'undecided';
    return this.#account(login) ? 'accepted' : 'refused';
  }

  #account(login: Login): Account | undefined {
    return this.#accounts.find((account) => isSame(account.login, login));
  }
}

function isSame(a: Login, b: Login): boolean {
  return a.userName === b.userName && a.password.equals(b.password);
}
