const TOKENS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

/** Slack's date format, such as `{date_short_pretty} at {time}`, in the viewer's zone. `now` is in milliseconds. */
export function formatDate(unixSeconds, format, now) {
  const date = new Date(unixSeconds * 1000);
  return format.replace(/\{(\w+)\}/g, (token, name) => formatToken(date, name, now) ?? token);
}

/** The time of a message's timestamp. */
export function formatTime(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString('en', TOKENS.time);
}

function formatToken(date, name, now) {
  const pretty = name.endsWith('_pretty');
  const options = TOKENS[pretty ? name.slice(0, -'_pretty'.length) : name];
  if (!options) return undefined;
  return (pretty && nearDay(date, now)) || date.toLocaleString('en', options);
}

function nearDay(date, now) {
  const days = Math.round((startOfDay(date) - startOfDay(new Date(now))) / 86_400_000);
  return { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' }[days];
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
