import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { request } from '../../src/realtime/requests';
import { restRooms, restSession } from '../../src/realtime/restHub';

const asked: { path: string; init: RequestInit }[] = [];
let answers: (() => Promise<Response>)[];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({ path, init });
    return (answers.shift() ?? fails)();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const fails = () => Promise.reject(new TypeError('Failed to fetch'));
const says = (status: number, body: string) => () => Promise.resolve(new Response(body, { status }));
const keys = () => asked.map(({ init }) => new Headers(init.headers).get('Idempotency-Key'));

it('repeats what was not answered as the same command, and no more than twice', async () => {
  answers = [fails, fails, says(201, '{"id":"line-1"}')];
  const answer = restRooms.chat('4201', 'Copy');
  await vi.runAllTimersAsync();

  expect(await answer).toEqual({ ok: true, value: undefined });
  expect(new Set(keys()).size).toBe(1);
  expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);

  answers = [];
  const refused = restRooms.chat('4201', 'Copy');
  await vi.runAllTimersAsync();
  expect(await refused).toMatchObject({ ok: false, problem: { status: 0, code: 'console.unreached' } });
  expect(asked).toHaveLength(6);
});

it('gives another attempt of an operator another key', async () => {
  answers = [says(201, '{}'), says(201, '{}')];
  await restRooms.chat('4201', 'Copy');
  await restRooms.chat('4201', 'Copy');

  expect(new Set(keys()).size).toBe(2);
});

it('reads the hub’s refusal with its field', async () => {
  answers = [says(400, '{"title":"That was not understood","detail":"Write the address as sip:name@host.","code":"leg.uri","field":"uri","status":400}')];

  expect(await restRooms.dial('4201', { uri: 'x', name: null, ask: false, purpose: null })).toEqual({
    ok: false,
    problem: { status: 400, code: 'leg.uri', text: 'Write the address as sip:name@host.', field: 'uri' },
  });
});

it('makes do with an answer that is no problem document', async () => {
  answers = [says(502, '<html>Bad gateway</html>')];

  expect(await request({ method: 'GET', path: '/api/rooms' })).toMatchObject({ ok: false, problem: { status: 502, code: 'http.502' } });
});

it('takes nobody being signed in for an answer', async () => {
  answers = [says(401, '{"code":"session.required"}')];

  expect(await restSession.session()).toEqual({ ok: true, value: null });
});

it('keeps a code that somebody typed inside its part of the address', async () => {
  answers = [says(200, '[]')];
  await restRooms.record('../alerts?x', 5, 100);

  expect(asked[0]?.path).toBe('/api/rooms/..%2Falerts%3Fx/record?after=5&count=100');
});
