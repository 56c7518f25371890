/** Every Lambda function, by the name of its file in src/functions. serverless.yml has the same list; a test compares. */
export const functionNames = ['slack', 'desk', 'store', 'check', 'rotation', 'keeper'] as const;

export type FunctionName = (typeof functionNames)[number];

/** Largest bundle a function may have, in bytes. Slack waits 3 s for the first answer, cold start included. */
export const sizeLimits: Partial<Record<FunctionName, number>> = { slack: 2_000_000 };
