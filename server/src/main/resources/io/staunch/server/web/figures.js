// Figures as people read them: three digits, a unit, no jumping width.

function threeDigits(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (Math.abs(value) >= 1023.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${units[unit]}`;
}

export function count(value) {
  return Math.abs(value) < 10 && !Number.isInteger(value) ? threeDigits(value) : Math.round(value).toLocaleString('en');
}

export function inUnit(unit, value) {
  switch (unit) {
    case 'bytes': return bytes(value);
    case 'count': return count(value);
    case 'per second': return `${count(value)}/s`;
    case 'seconds': return shortTime(value * 1000);
    case 'ratio': return `${threeDigits(value * 100)} %`;
    default: return `${threeDigits(value)} ${unit}`;
  }
}

// Growth a minute where an hour's figure would be hard to picture.
export function rate(unit, perHour) {
  const often = Math.abs(perHour) > (unit === 'bytes' ? 60 * 1024 : 120);
  return `${inUnit(unit, often ? perHour / 60 : perHour)} ${often ? 'a minute' : 'an hour'}`;
}

// `12.5 to 17.0 MiB a minute`: the unit once where both have it.
export function rates({ unit, rateLow, rateHigh }) {
  if (rateLow === undefined) return '';
  const [low, high] = [rate(unit, rateLow), rate(unit, rateHigh)];
  const [figure, rest] = [low.slice(0, low.indexOf(' ')), low.slice(low.indexOf(' '))];
  return high.endsWith(rest) ? `${figure} to ${high}` : `${low} to ${high}`;
}

export function duration(seconds) {
  if (seconds < 0) return 'now';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) {
    const minutes = Math.floor(seconds / 60) % 60;
    return `${Math.floor(seconds / 3600)} h${minutes ? ` ${minutes} min` : ''}`;
  }
  return `${Math.floor(seconds / 86400)} days`;
}

export function shortTime(millis) {
  return millis < 1000 ? `${Math.round(millis)} ms` : millis < 60000 ? `${threeDigits(millis / 1000)} s` : duration(millis / 1000);
}

const local = options => new Intl.DateTimeFormat('en-GB', { ...options, hour12: false });
const SECONDS = local({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const MINUTES = local({ hour: '2-digit', minute: '2-digit' });
const DAYS = local({ day: 'numeric', month: 'short' });
const WHOLE = local({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export const clock = time => SECONDS.format(new Date(time));
export const hour = time => MINUTES.format(new Date(time));
export const day = time => DAYS.format(new Date(time));
export const when = time => WHOLE.format(new Date(time));

export const short = type => type.replace(/(^|[^\w.])(?:[a-z_]\w*\.)+(?=[A-Z])/g, '$1');
export const library = purl => purl.replace(/^pkg:\w+\//, '').split('/').pop().replace('@', ' ');
export const capital = text => text && (text === 'rss' ? 'RSS' : text[0].toUpperCase() + text.slice(1));

// The class of what an exhaustion leaves of the time: what is expected, not before, not after.
export function timeLeft(verdict, now = Date.now()) {
  if (!verdict?.exhaustion) return null;
  const left = iso => duration((Date.parse(iso) - now) / 1000);
  return {
    expected: left(verdict.exhaustion),
    range: verdict.exhaustionEarliest && `${left(verdict.exhaustionEarliest)} to ${verdict.exhaustionLatest ? left(verdict.exhaustionLatest) : 'open'}`,
  };
}
