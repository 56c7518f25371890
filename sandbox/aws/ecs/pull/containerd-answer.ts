import type { RegistryAnswer } from './ask-registry.ts';

/**
 * What came of a pull by containerd: the digest, or its words, the phase that failed, and whether the
 * answer may pass (429, 5xx, no connection), which decides about another try.
 */
export type ContainerdAnswer =
  | { readonly digest: string }
  | { readonly error: string; readonly phase: 'resolve' | 'platform' | 'copy'; readonly passing: boolean };

export type Answered = Extract<RegistryAnswer, { status: number }>;
export type Refusal = Extract<ContainerdAnswer, { error: string }>;

/** A refusal in the resolving phase. */
export const refuse = (error: string, passing = false): Refusal => ({ error, phase: 'resolve', passing });

/** Whether a status is worth another try. */
export const mayPass = (status: number): boolean => status === 429 || status >= 500;
