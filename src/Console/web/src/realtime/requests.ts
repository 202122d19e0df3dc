import type { Problem, Result } from '../state/ports';

// Longer than the hub's own limit for a command, so that its answer is heard rather than guessed.
const answerWithin = 15_000;
const retryPauses = [500, 1500];

interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  /** Goes on when the page is left. */
  readonly outlivesPage?: boolean;
}

/** Asks the hub and answers with a value or with the reason why not; it never throws. */
export async function request<T>(asked: Request): Promise<Result<T>> {
  // The key makes a repeated attempt the same command: what was done once is not done twice.
  const key = newKey();
  let answer = await attempt<T>(asked, key);
  for (const pause of retryPauses) {
    if (answer.ok || answer.problem.code !== unreached) break;
    await new Promise((resolve) => setTimeout(resolve, pause));
    answer = await attempt<T>(asked, key);
  }
  return answer;
}

/** The same answer without its value. */
export function done(answer: Result<unknown>): Result<void> {
  return answer.ok ? { ok: true, value: undefined } : answer;
}

export const unreached = 'console.unreached';

async function attempt<T>({ method, path, body, outlivesPage = false }: Request, key: string): Promise<Result<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'POST' ? { 'Idempotency-Key': key } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      redirect: 'error',
      keepalive: outlivesPage,
      signal: AbortSignal.timeout(answerWithin),
    });
    text = await response.text();
  } catch {
    return refused({ status: 0, code: unreached, text: 'The hub was not reached. It may still have done it; look before you ask again.', field: null });
  }
  const value = parse(text);
  if (response.ok) return { ok: true, value: value as T };
  return refused(problemOf(response.status, value));
}

function refused(problem: Problem): { ok: false; problem: Problem } {
  return { ok: false, problem };
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's own error page, for example; the status says what there is to say.
    return undefined;
  }
}

/** Reads RFC 9457 problem details, and makes do when they are not there. */
function problemOf(status: number, body: unknown): Problem {
  const details = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string) => (typeof details[name] === 'string' && details[name] !== '' ? details[name] : null);
  return {
    status,
    code: text('code') ?? `http.${status}`,
    text: text('detail') ?? text('title') ?? `The hub answered with status ${status}.`,
    field: text('field'),
  };
}

/** Random without crypto.randomUUID, which a page on plain http in a local network does not have. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
