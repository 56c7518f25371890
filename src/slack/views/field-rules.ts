import type { Texts } from '../../text/catalogue.ts';

type Fields = Texts['refusals']['fields'];

/** A field as it will be used, or what is wrong with it, for the person. The text itself is never quoted. */
export type FieldResult = { readonly text: string } | { readonly wrong: string };

/** Full-width forms, and the ideographic blank: what a Japanese keyboard gives by mistake. */
const fullWidth = /[\uFF01-\uFF5E\u3000]/;

/** Blanks around a token come from copying and are taken off; what is in the middle is named. */
export function readToken(typed: string, fields: Fields): FieldResult {
  return readField(typed, fields.token, fields);
}

/** The same for a user name; a colon would end it in the login header (RFC 7617). */
export function readUserName(typed: string, fields: Fields): FieldResult {
  const result = readField(typed, fields.userName, fields);
  return 'text' in result && result.text.includes(':') ? { wrong: fields.colon } : result;
}

function readField(typed: string, name: string, fields: Fields): FieldResult {
  const text = typed.trim();
  if (text === '') return { wrong: fields.empty(name) };
  if (fullWidth.test(text)) return { wrong: fields.fullWidth(name) };
  if (/[\r\n\u2028\u2029]/.test(text)) return { wrong: fields.lineEnds(name) };
  return /\s/.test(text) ? { wrong: fields.blanks(name) } : { text };
}
