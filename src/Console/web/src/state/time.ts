const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const date = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: '2-digit' });

/** The day here, to be compared with another. */
export function dayOf(at: Date): string {
  return at.toDateString();
}

/** The time of day here; with the date when it is not today. */
export function localTime(iso: string, today: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const time = clock.format(at);
  return dayOf(at) === today ? time : `${date.format(at)}, ${time}`;
}

/** Date, time and offset from UTC, so that a note taken from the screen can be placed anywhere. */
export function fullTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const minutes = -at.getTimezoneOffset();
  const part = (value: number) => String(Math.floor(Math.abs(value))).padStart(2, '0');
  return `${date.format(at)}, ${clock.format(at)} (UTC${minutes < 0 ? '−' : '+'}${part(minutes / 60)}:${part(minutes % 60)})`;
}

/** A span in the two largest units that say enough: "42 s", "3 min 5 s", "2 h 10 min", "3 d 4 h". */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The next moment at which a clock here shows that time of day, "18:00"; null for what is no time. */
export function nextTime(time: string, now: Date): string | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  const at = new Date(now);
  at.setHours(Number(hours), Number(minutes), 0, 0);
  if (at <= now) at.setDate(at.getDate() + 1);
  return at.toISOString();
}
