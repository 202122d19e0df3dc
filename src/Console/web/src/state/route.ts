/** Where in the console one is. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'room'; readonly code: string }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'directory' }
  | { readonly kind: 'setup'; readonly token: string }
  | { readonly kind: 'welcome'; readonly token: string };

/** Reads an address; one that leads nowhere leads home. */
export function parseRoute(path: string, fragment: string): Route {
  const [first, second] = path.split('/').filter((part) => part !== '').map(decode);
  const token = fragment.replace(/^#/, '');
  if (first === 'rooms' && second) return { kind: 'room', code: second };
  if (first === 'alerts') return { kind: 'alerts' };
  if (first === 'directory') return { kind: 'directory' };
  if (first === 'setup') return { kind: 'setup', token };
  if (first === 'welcome') return { kind: 'welcome', token };
  return { kind: 'home' };
}

/** The address of a place in the console; a one-time token is never written back. */
export function routePath(route: Route): string {
  switch (route.kind) {
    case 'home':
      return '/';
    case 'room':
      return `/rooms/${encodeURIComponent(route.code)}`;
    case 'alerts':
    case 'directory':
    case 'setup':
    case 'welcome':
      return `/${route.kind}`;
  }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign that escapes nothing: an address that somebody typed.
    return undefined;
  }
}
