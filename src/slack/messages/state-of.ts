import type { Phase, RotationState } from '../../rotation/rules/rotation.ts';

/** The state of a rotation in one phase. */
export type StateOf<P extends Phase> = Extract<RotationState, { phase: P }>;
