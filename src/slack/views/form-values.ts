import * as z from 'zod';

const option = z.object({ value: z.string() });

/** A field's value as Slack sends it; only what is used. */
const field = z.object({
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
});

const values = z.record(z.string(), z.record(z.string(), field));

const choices = {
  why: z.enum(['planned', 'expired', 'leaked', 'other']),
  redeploy: z.enum(['all', 'failing', 'none']),
  entry: z.enum(['here', 'stored', 'in-use']),
};

/** What a view holds, by block and action id. */
export type ViewValues = z.infer<typeof values>;

/** Reads `view.state.values`. Throws where Slack sent something else. */
export function readValues(state: unknown): ViewValues {
  return values.parse(state);
}

/** The choices of form 1. Throws for a word that is none of the form's. */
export function readLoginForm(state: unknown) {
  const all = readValues(state);
  const where = Object.entries(all).find(([block]) => block.startsWith('where:'));
  return {
    login: all.login?.login?.selected_option?.value,
    filter: all.find?.find?.value?.trim() || undefined,
    whereBlock: where?.[0] ?? 'login',
    whereOf: where?.[0].slice('where:'.length),
    where: (where?.[1].where?.selected_options ?? []).map(({ value }) => value),
    why: choices.why.parse(chosen(all, 'why')),
    redeploy: choices.redeploy.parse(chosen(all, 'redeploy')),
    halve: (all.halve?.halve?.selected_options ?? []).length > 0,
    entry: choices.entry.parse(chosen(all, 'entry')),
    note: withoutControls(text(all, 'note', 'note')) || undefined,
  };
}

/** One text of a view; empty where nothing was typed. */
export function text(all: ViewValues, block: string, action: string): string {
  return all[block]?.[action]?.value ?? '';
}

function chosen(all: ViewValues, name: string): string | undefined {
  return all[name]?.[name]?.selected_option?.value;
}

function withoutControls(typed: string): string {
  return typed.replace(/\p{Cc}+/gu, ' ').trim();
}
