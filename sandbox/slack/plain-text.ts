/** Messages and views as plain text: for the terminal and for assertions. */
import type { Block, Cell, InlineText, RichText, RichTextPart } from './block-kit.ts';
import type { Control, Text } from './controls.ts';
import { type Directory, findChannel, findPerson } from './people.ts';

const NOBODY: Directory = { people: [], channels: [], userGroups: [] };

/**
 * Blocks as lines of plain text. Buttons stand in square brackets, table cells between bars, inputs as
 * `Label: ____`. Mentions get their names from `directory`, ids where it does not know them.
 */
export function plainText(
  blocks: readonly { readonly type: string }[],
  directory: Directory = NOBODY,
): string {
  // Callers may hold the SDK's wider block types; whatever the validator refuses shows as its type's name.
  return blocks.map((block) => blockText(block as Block, directory)).join('\n');
}

function blockText(block: Block, directory: Directory): string {
  const show = (text: Text) => textOf(text, directory);
  switch (block.type) {
    case 'header':
      return show(block.text);
    case 'section': {
      const texts = [...(block.text ? [block.text] : []), ...(block.fields ?? [])].map(show);
      return [...texts, ...(block.accessory ? [controlText(block.accessory)] : [])].join('\n');
    }
    case 'context':
      return block.elements.map(show).join(' · ');
    case 'actions':
      return block.elements.map(controlText).join(' ');
    case 'divider':
      return '---';
    case 'table':
      return block.rows.map((row) => row.map((cell) => cellText(cell, directory)).join(' | ')).join('\n');
    case 'input':
      return [
        `${show(block.label)}: ${controlText(block.element)}`,
        ...(block.hint ? [show(block.hint)] : []),
      ].join('\n');
    case 'rich_text':
      return richText(block, directory);
    default:
      return `[${(block satisfies never as { type: string }).type}]`;
  }
}

function controlText(control: Control): string {
  switch (control.type) {
    case 'button':
      return `[${control.text.text}]`;
    case 'overflow':
      return `[${control.options.map((option) => option.text.text).join(' | ')}]`;
    case 'static_select':
    case 'radio_buttons':
      return control.initial_option?.text.text ?? '____';
    case 'multi_static_select':
    case 'checkboxes':
      return control.initial_options?.map((option) => option.text.text).join(', ') ?? '____';
    case 'users_select':
      return control.initial_user ?? '____';
    case 'plain_text_input':
      return control.initial_value ?? '____';
    default:
      return control satisfies never;
  }
}

function cellText(cell: Cell, directory: Directory): string {
  if (cell.type === 'raw_number') return cell.text ?? String(cell.value);
  return cell.type === 'raw_text' ? cell.text : richText(cell, directory);
}

function richText(block: RichText, directory: Directory): string {
  return block.elements.map((part) => partText(part, directory)).join('\n');
}

function partText(part: RichTextPart, directory: Directory): string {
  const separator = part.type === 'rich_text_list' ? '\n' : '';
  return part.elements
    .map((element) =>
      'elements' in element ? `- ${partText(element, directory)}` : inlineText(element, directory),
    )
    .join(separator);
}

function inlineText(element: InlineText, directory: Directory): string {
  if (element.user_id) return personName(directory, element.user_id);
  if (element.usergroup_id) return groupName(directory, element.usergroup_id);
  if (element.channel_id) return channelName(directory, element.channel_id);
  return element.text ?? element.fallback ?? element.url ?? (element.name ? `:${element.name}:` : '');
}

function textOf(text: Text, directory: Directory): string {
  return text.type === 'plain_text' ? text.text : mrkdwnText(text.text, directory);
}

/** mrkdwn without its marks; dates show their fallback, links their label. */
export function mrkdwnText(text: string, directory: Directory = NOBODY): string {
  return text
    .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_all, id: string) => personName(directory, id))
    .replace(/<!subteam\^(\w+)(?:\|[^>]*)?>/g, (_all, id: string) => groupName(directory, id))
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (_all, id: string) => channelName(directory, id))
    .replace(/<([a-z]+:[^|>]+)(?:\|([^>]*))?>/g, (_all, url: string, label?: string) => label ?? url)
    .replace(/(^|[\s(])[*_~](?=\S)([^*_~\n]+)(?<=\S)[*_~](?=$|[\s.,:;!?)·])/gm, '$1$2')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function personName(directory: Directory, id: string): string {
  return `@${findPerson(directory, id)?.name ?? id}`;
}

function groupName(directory: Directory, id: string): string {
  return `@${directory.userGroups.find((group) => group.id === id)?.handle ?? id}`;
}

function channelName(directory: Directory, id: string): string {
  return `#${findChannel(directory, id)?.name ?? id}`;
}
