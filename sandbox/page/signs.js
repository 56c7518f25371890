import { el } from './dom.js';

// Plain signs rather than emoji: they look the same on a machine without an emoji font.
const SIGNS = {
  white_check_mark: ['✔', 'good'],
  heavy_check_mark: ['✔', 'good'],
  large_green_circle: ['●', 'good'],
  x: ['✖', 'bad'],
  no_entry: ['✖', 'bad'],
  red_circle: ['●', 'bad'],
  rotating_light: ['⚠', 'bad'],
  warning: ['⚠', 'warning'],
  large_yellow_circle: ['●', 'warning'],
  hourglass_flowing_sand: ['◔', 'calm'],
  information_source: ['ℹ', 'calm'],
  arrows_counterclockwise: ['↻', 'calm'],
  leftwards_arrow_with_hook: ['↩', 'calm'],
  double_vertical_bar: ['‖', 'calm'],
  white_circle: ['○', 'calm'],
};

/** The sign for an emoji's name; undefined where this page has none. */
export function signNode(name) {
  const sign = SIGNS[name];
  return (
    sign &&
    el('span', { class: `sign-${sign[1]}`, role: 'img', 'aria-label': name.replaceAll('_', ' ') }, sign[0])
  );
}

/** A plain text with emoji names replaced by their signs, where there is one. */
export function withSigns(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (all, name) => SIGNS[name]?.[0] ?? all);
}
