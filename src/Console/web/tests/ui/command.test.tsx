// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeaseView, LeaseWarning, RoomSnapshot } from '../../src/realtime/contracts';
import { Desk } from '../../src/state/desk';
import type { RoomsPort, Session } from '../../src/state/ports';
import { DeskContext } from '../../src/ui/contexts';
import { Frame } from '../../src/ui/frame/Frame';
import { FakeClock, FakeLive, noVoice, roomsPort, session, snapshot, summary } from '../fakes';
import { fillInBrowser } from './browser';

const people = { directory: () => Promise.resolve({ ok: true, value: [] } as const), addPerson: () => new Promise<never>(() => undefined), phones: () => Promise.resolve({ ok: true, value: [] } as const) };
const lease: LeaseView = { holder: { agency: 'hpd', name: 'Dana Ruiz' }, until: null, unattendedMinutes: 30, next: null, warnings: [], handover: null };
const warning: LeaseWarning = { kind: 'unattended', to: { agency: 'hpd', name: 'Dana Ruiz' }, escalated: false, since: '2026-03-01T11:00:00Z', seenBy: null };

function held(by: Partial<LeaseView>): RoomSnapshot {
  const room = snapshot(1);
  return { ...room, header: { ...room.header, lease: { ...lease, ...by } } };
}

describe('Command of a room', () => {
  let live: FakeLive;
  let desk: Desk;

  beforeEach(fillInBrowser);
  afterEach(() => {
    cleanup();
    desk.end();
  });

  async function show(rooms: Partial<RoomsPort>, room: RoomSnapshot, as: Session = { ...session, role: 'commander' }): Promise<void> {
    live = new FakeLive();
    desk = new Desk(as, { rooms: roomsPort(rooms), people, live, ...noVoice }, new FakeClock());
    render(
      <MantineProvider env="test">
        <DeskContext value={desk}>
          <Frame route={{ kind: 'room', code: '4201' }} onSignOut={() => Promise.resolve({ ok: true, value: undefined })} />
        </DeskContext>
      </MantineProvider>,
    );
    await act(async () => {
      await live.watched.at(-1)?.answer(room);
      await live.listed.at(-1)?.answer({ rooms: [summary('4201')], alerts: [] });
    });
  }

  it('warns aloud that nobody attends to the room, until somebody takes note', async () => {
    const noted: string[] = [];
    await show({ takeNote: (_, kind) => { noted.push(kind); return Promise.resolve({ ok: true, value: lease }); } }, held({ warnings: [warning] }));
    expect(screen.getByText(/nobody of the holding agency has looked, acted or talked for 30 minutes\. For Dana Ruiz, hpd\. Nothing closes by itself/).getAttribute('role')).toBe('alert');
    await userEvent.click(screen.getByRole('button', { name: 'I have it' }));
    expect(noted).toEqual(['unattended']);
    act(() => live.tell(2, [{ kind: 'header', header: held({}).header }]));
    expect(screen.queryByText(/Nothing closes by itself/)).toBeNull();
  });

  it('is taken by the one whom it is offered to, and by nobody else', async () => {
    const answers: boolean[] = [];
    const handover = { id: 'handover-1', to: { agency: 'hpd', name: session.name }, brief: 'Two suspects.', offeredBy: 'Chief', offeredAt: '2026-03-01T11:00:00Z' };
    await show({ answerCommand: (_, __, accept) => { answers.push(accept); return Promise.resolve({ ok: true, value: lease }); } }, held({ handover }));
    const offer = screen.getByRole('group', { name: 'Offer of command' });
    expect(within(offer).getByText('Two suspects.')).toBeTruthy();
    await userEvent.click(within(offer).getByRole('button', { name: 'Take command' }));
    expect(answers).toEqual([true]);
    act(() => live.tell(2, [{ kind: 'header', header: held({ handover: { ...handover, to: { agency: 'ctic', name: 'Pat' } } }).header }]));
    expect(screen.queryByRole('button', { name: 'Take command' })).toBeNull();
  });
});
