/** What the sandbox adds to the imitation: a help panel, knobs that break things, and a look at AWS. */

/** A panel that tells a newcomer what to do. Texts are mrkdwn. */
export interface HelpSection {
  readonly title: string;
  readonly text?: string;
  readonly table?: {
    readonly columns: readonly string[];
    readonly rows: readonly (readonly string[])[];
    /** The index of a column whose cells can be copied with a button. */
    readonly copyColumn?: number;
  };
  readonly stories?: readonly { readonly title: string; readonly steps: readonly string[] }[];
}

export interface Knob {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  readonly kind: 'button' | 'toggle' | 'number';
  readonly value?: boolean | number;
  readonly hint?: string;
}

/** One line of the AWS strip. */
export interface ServiceStatus {
  readonly cluster: string;
  readonly name: string;
  readonly running: number;
  readonly desired: number;
  /** Which login its tasks pulled with, in words, such as "old login". */
  readonly login?: string;
  readonly tone?: 'good' | 'working' | 'bad';
  readonly note?: string;
}

export interface Status {
  /** Single facts in front, such as the login in use. */
  readonly facts?: readonly { readonly label: string; readonly value: string }[];
  readonly services: readonly ServiceStatus[];
}

/** One line of what the composer suggests after a slash. */
export interface CommandHint {
  /** Such as `/ecs-rotate`. */
  readonly command: string;
  /** What may follow, such as `status [login]`. */
  readonly usage?: string;
  readonly description: string;
}

export interface PageExtras {
  readonly commands?: readonly CommandHint[];
  /** Read anew whenever a page opens, where it is a function. */
  readonly help?: readonly HelpSection[] | (() => readonly HelpSection[]);
  /** Knobs as they stand now. */
  readonly knobs?: readonly Knob[] | (() => readonly Knob[]);
  /** Turns a knob. What it throws is shown on the page. */
  readonly onKnob?: (id: string, value: unknown) => void | Promise<void>;
  readonly status?: () => Status | Promise<Status>;
}
