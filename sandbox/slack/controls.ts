/** Text objects and the controls a person can use, as far as the validator lets them in. */

export interface Text {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export interface Option {
  readonly text: Text;
  readonly value: string;
  readonly description?: Text;
}

export interface ConfirmDialog {
  readonly title: Text;
  readonly text: Text;
  readonly confirm: Text;
  readonly deny: Text;
  readonly style?: 'primary' | 'danger';
}

interface Interactive {
  readonly action_id: string;
  readonly confirm?: ConfirmDialog;
}

export interface Button extends Interactive {
  readonly type: 'button';
  readonly text: Text;
  readonly value?: string;
  readonly url?: string;
  readonly style?: 'primary' | 'danger';
}

export interface Overflow extends Interactive {
  readonly type: 'overflow';
  readonly options: readonly Option[];
}

export interface SingleChoice extends Interactive {
  readonly type: 'static_select' | 'radio_buttons';
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: Text; readonly options: readonly Option[] }[];
  readonly initial_option?: Option;
  readonly placeholder?: Text;
}

export interface ManyChoices extends Interactive {
  readonly type: 'multi_static_select' | 'checkboxes';
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: Text; readonly options: readonly Option[] }[];
  readonly initial_options?: readonly Option[];
  readonly placeholder?: Text;
}

export interface UsersSelect extends Interactive {
  readonly type: 'users_select';
  readonly initial_user?: string;
  readonly placeholder?: Text;
}

export interface TextInput extends Interactive {
  readonly type: 'plain_text_input';
  readonly multiline?: boolean;
  readonly initial_value?: string;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly placeholder?: Text;
}

export type Control = Button | Overflow | SingleChoice | ManyChoices | UsersSelect | TextInput;

/** All options of a choice, groups or not. */
export function optionsOf(control: SingleChoice | ManyChoices | Overflow): readonly Option[] {
  if (control.type === 'overflow') return control.options;
  return [...(control.options ?? []), ...(control.option_groups ?? []).flatMap((group) => group.options)];
}
