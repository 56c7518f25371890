import { apply } from './steps/apply.ts';
import { change } from './steps/change.ts';
import { check, confirm } from './steps/check.ts';
import { handOver, stumble, tidy } from './steps/end.ts';
import { restart } from './steps/restart.ts';
import { followChoice, goBack, judgeTrouble, pauseHere } from './steps/trouble.ts';
import { listen, look, remind } from './steps/wait.ts';
import { watch } from './steps/watch.ts';
import type { StoryDeps } from './story-deps.ts';
import type { Verbs } from './workflow.ts';

/** The steps of the story, given what they need of the world. */
export function createVerbs(deps: StoryDeps): Verbs {
  return {
    act: {
      look: (input) => look(deps, input),
      check: (input) => check(deps, input),
      remind: (input) => remind(deps, input),
      confirm: (input) => confirm(deps, input),
      change: (input) => change(deps, input),
      apply: (input) => apply(deps, input),
      restart: (input) => restart(deps, input),
      watch: (input) => watch(deps, input),
      judge: (input) => judgeTrouble(deps, input),
      pause: (input) => pauseHere(deps, input),
      'follow-choice': (input) => followChoice(deps, input),
      'go-back': (input) => goBack(deps, input),
      tidy: (input) => tidy(deps, input),
    },
    listen: (input, callbackId) => listen(deps, input, callbackId),
    stumble: (input, reason) => stumble(deps, input, reason),
    handOver: (input) => handOver(deps, input),
  };
}
