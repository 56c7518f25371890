import type { ModalView } from '@slack/types';
import type { Texts } from '../../text/catalogue.ts';
import { section } from '../blocks.ts';
import { modal } from './inputs.ts';

/** A view that only says something, such as that logins are being looked for. */
export function noticeView(texts: Texts, sentence: string, title: string = texts.form.title): ModalView {
  return modal({ callbackId: 'notice', title, close: texts.form.close, blocks: [section(sentence)] });
}
