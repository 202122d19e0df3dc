/** The address when it is one that a browser opens as a page; null for anything else, which is shown as text. */
export function webLink(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** Where a room's whole record is taken, for people or for programs. */
export function recordLink(code: string, format: 'html' | 'json'): string {
  return `/api/rooms/${encodeURIComponent(code)}/record/export?format=${format}`;
}

/** Where a recorded segment is played and downloaded. */
export function recordingLink(code: string, segment: string): string {
  return `/api/rooms/${encodeURIComponent(code)}/recordings/${encodeURIComponent(segment)}`;
}
