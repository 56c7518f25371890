/** What the console and people put before a reason when they quote it. Alternatives never overlap: linear. */
const quotedBefore = /^(?:["'`>* ]|(?:status|stopped) reason:? |(?:running|stopped) \()+/;

const placement = 'was unable to place a task. reason: ';

/**
 * A reason text in the one form the rules are written for: straight quotes (AWS writes "can’t" since 2024),
 * single blanks, lower case (ECS capitalises the first letter of what the agent said), and without the
 * "(service api) was unable to place a task. Reason:" of a service event.
 */
export function normaliseReason(reason: string): string {
  const text = reason.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim().toLowerCase();
  return withoutPlacement(text).replace(quotedBefore, '');
}

function withoutPlacement(text: string): string {
  const at = text.startsWith('(service ') ? text.indexOf(placement) : -1;
  return at < 0 ? text : text.slice(at + placement.length);
}
