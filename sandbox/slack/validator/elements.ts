/** Interactive elements the product uses, and the blocks each may stand in. */
import { isDeepStrictEqual } from 'node:util';
import {
  both,
  byType,
  type Check,
  type Fields,
  flag,
  isObject,
  list,
  number,
  object,
  string,
  word,
  wrong,
} from './check.ts';
import { choiceOption, confirmDialog, optionGroups, plainText, selectOption } from './composition.ts';

const ID = string(255);
const CONFIRM: Fields = { confirm: confirmDialog };
const FOCUS: Fields = { focus_on_load: flag };
const MENU: Fields = { ...CONFIRM, ...FOCUS, placeholder: plainText(150) };

const button = object(
  { text: plainText(75), action_id: ID },
  {
    ...CONFIRM,
    value: string(2000),
    url: string(3000),
    style: word('primary', 'danger'),
    accessibility_label: string(75),
  },
);

const overflow = object({ action_id: ID, options: list(1, 5, selectOption) }, CONFIRM);

const staticSelect = menu({ initial_option: selectOption });

const multiStaticSelect = menu({
  initial_options: list(1, 100, selectOption),
  max_selected_items: number(1, 100),
});

const usersSelect = object({ action_id: ID }, { ...MENU, initial_user: string(255) });

const checkboxes = initialAmongOptions(
  object(
    { action_id: ID, options: list(1, 10, choiceOption) },
    { ...CONFIRM, ...FOCUS, initial_options: list(1, 10, choiceOption) },
  ),
);

const radioButtons = initialAmongOptions(
  object(
    { action_id: ID, options: list(1, 10, choiceOption) },
    { ...CONFIRM, ...FOCUS, initial_option: choiceOption },
  ),
);

const plainTextInput = object(
  { action_id: ID },
  {
    ...FOCUS,
    placeholder: plainText(150),
    initial_value: string(3000, 0),
    multiline: flag,
    min_length: number(0, 3000),
    max_length: number(1, 3000),
    dispatch_action_config: object({
      trigger_actions_on: list(1, 2, word('on_enter_pressed', 'on_character_entered')),
    }),
  },
);

const MENUS: Fields = {
  static_select: staticSelect,
  multi_static_select: multiStaticSelect,
  users_select: usersSelect,
  checkboxes,
  radio_buttons: radioButtons,
};

/** Elements of an actions block; Slack keeps multi-selects out of it. */
export const actionElement: Check = byType({
  ...MENUS,
  multi_static_select: (_value, pointer) =>
    wrong(`${pointer}/type`, 'multi_static_select is not allowed in actions'),
  button,
  overflow,
});

/** The accessory of a section. */
export const accessory: Check = byType({ ...MENUS, button, overflow });

/** The element of an input block. */
export const inputElement: Check = byType({ ...MENUS, plain_text_input: plainTextInput });

function menu(initial: Fields): Check {
  const fields = { ...MENU, ...initial, options: list(1, 100, selectOption), option_groups: optionGroups };
  return initialAmongOptions(both(object({ action_id: ID }, fields), optionsOrGroups));
}

function optionsOrGroups(value: unknown, pointer: string) {
  const given = isObject(value) && (value.options === undefined) !== (value.option_groups === undefined);
  return given ? [] : wrong(pointer, 'needs either options or option_groups');
}

/** What is chosen at first must be one of the options, equal in every field; option values must be unique. */
function initialAmongOptions(check: Check): Check {
  return both(check, (value, pointer) => {
    if (!isObject(value)) return [];
    const options = [...entries(value.options), ...entries(value.option_groups).flatMap(optionsOf)];
    const values = options.map((option) => (isObject(option) ? option.value : undefined));
    const initial = [
      ...entries(value.initial_options),
      ...(value.initial_option ? [value.initial_option] : []),
    ];
    return [
      ...(new Set(values).size < values.length
        ? wrong(`${pointer}/options`, 'two options have the same value')
        : []),
      ...(initial.every((chosen) => options.some((option) => isDeepStrictEqual(option, chosen)))
        ? []
        : wrong(pointer, 'what is chosen at first is not among the options')),
    ];
  });
}

function optionsOf(group: unknown): unknown[] {
  return isObject(group) ? entries(group.options) : [];
}

function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
