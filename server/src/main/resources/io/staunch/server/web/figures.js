// Figures as people read them: three digits, a unit, no jumping width.

function threeDigits(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function bytes(value) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : threeDigits(value)} ${units[unit]}`;
}

export function count(value) {
  return Math.round(value).toLocaleString('en');
}

export function inUnit(unit, value) {
  switch (unit) {
    case 'bytes': return bytes(value);
    case 'count': return count(value);
    default: return `${threeDigits(value)} ${unit}`;
  }
}

// Growth a minute where an hour's figure would be hard to picture.
export function rate(unit, perHour) {
  const often = Math.abs(perHour) > (unit === 'bytes' ? 60 * 1024 : 120);
  return `${inUnit(unit, often ? perHour / 60 : perHour)} ${often ? 'a minute' : 'an hour'}`;
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

export function clock(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
}
