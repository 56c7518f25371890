import type { ModalView } from '@slack/types';
import type { Texts } from '../../text/catalogue.ts';
import { section } from '../blocks.ts';
import { input, modal } from './inputs.ts';
import { type ReasonMetadata, writeMetadata } from './metadata.ts';

export const denyFormId = 'deny-form';
export const emergencyFormId = 'emergency-form';
export const reasonField = 'reason';

/** Asks for an optional word to the person who asked. */
export function denyForm(texts: Texts, metadata: ReasonMetadata): ModalView {
  const { approval } = texts;
  return modal({
    callbackId: denyFormId,
    title: approval.denyTitle,
    close: approval.keep,
    submit: approval.deny,
    metadata: writeMetadata(metadata),
    blocks: [reasonInput(approval.denyNote, 500, { optional: true, hintText: approval.denyHint })],
  });
}

/** Says what a start without approval does, and asks why. */
export function emergencyForm(texts: Texts, metadata: ReasonMetadata, services: number): ModalView {
  const { approval } = texts;
  return modal({
    callbackId: emergencyFormId,
    title: approval.emergencyTitle,
    close: approval.keep,
    submit: approval.start,
    metadata: writeMetadata(metadata),
    blocks: [section(approval.emergencyText(services)), reasonInput(approval.emergencyReason, 500)],
  });
}

function reasonInput(label: string, max: number, more: Parameters<typeof input>[3] = {}) {
  const element = {
    type: 'plain_text_input' as const,
    action_id: reasonField,
    multiline: true,
    max_length: max,
  };
  return input(reasonField, label, element, more);
}
