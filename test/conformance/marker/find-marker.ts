/** The forms in which a value could leak, and where they stand in a text. */

/** What to look for: every form of a password, alone and joined with its user name. */
export function formsOf(userName: string, password: string): ReadonlyMap<string, string> {
  const forms = new Map([
    ['raw', password],
    ['percent-escaped', encodeURIComponent(password)],
    ['form-escaped', new URLSearchParams({ v: password }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(password).slice(1, -1)],
    ['JSON-escaped twice', JSON.stringify(JSON.stringify(password).slice(1, -1)).slice(1, -1)],
    ['hex', Buffer.from(password).toString('hex')],
  ]);
  for (const [name, text] of [
    ['password', password],
    ['login', `${userName}:${password}`],
  ] as const) {
    for (const offset of [0, 1, 2])
      forms.set(`base64 of the ${name} at offset ${offset}`, inBase64(text, offset));
  }
  return forms;
}

/** The names of the forms that stand in a text. */
export function findForms(text: string, forms: ReadonlyMap<string, string>): string[] {
  return [...forms].filter(([, form]) => text.includes(form)).map(([name]) => name);
}

/**
 * The characters that depend on `text` alone, wherever it begins in what is encoded: base64 takes three bytes at a time,
 * so there are three ways to begin, and the first and last characters may depend on the neighbours.
 */
function inBase64(text: string, offset: number): string {
  const encoded = Buffer.from('x'.repeat(offset) + text)
    .toString('base64')
    .replace(/=+$/, '');
  return encoded.slice(offset === 0 ? 0 : offset + 1, -2);
}
