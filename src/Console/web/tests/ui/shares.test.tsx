// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShareView } from '../../src/realtime/contracts';
import { Desk } from '../../src/state/desk';
import type { DirectoryAgency, NewShare, RoomsPort } from '../../src/state/ports';
import { DeskContext } from '../../src/ui/contexts';
import { Frame } from '../../src/ui/frame/Frame';
import { FakeClock, FakeLive, noVoice, roomsPort, session, snapshot, summary } from '../fakes';
import { fillInBrowser } from './browser';

const own: DirectoryAgency = {
  agency: { id: 'hpd', name: 'Hartford Police', level: 'city', desk: null, language: null, mediaSecurity: null, recordingNotice: null, handling: null },
  channels: [{ id: 'north', name: 'Patrol North', resource: 'hpd/north' }],
  cameras: [{ id: 'gate', name: 'Gate', resource: 'hpd/gate' }],
};
const people = {
  directory: () => Promise.resolve({ ok: true, value: [own] } as const),
  addPerson: () => new Promise<never>(() => undefined),
  phones: () => Promise.resolve({ ok: true, value: [] } as const),
};
const share: ShareView = {
  id: 'share-1',
  resource: 'ctic/feed',
  name: 'Helicopter',
  leg: 'leg-9',
  lentBy: 'Pat',
  lentAt: '2026-03-01T11:00:00Z',
  kind: 'channel',
  direction: 'listen',
  ends: '2026-03-01T18:00:00Z',
  conditions: 'no recording',
};

describe('The lent resources', () => {
  let live: FakeLive;
  let desk: Desk;

  beforeEach(fillInBrowser);
  afterEach(() => {
    cleanup();
    desk.end();
  });

  async function show(rooms: Partial<RoomsPort>, shares: readonly ShareView[]): Promise<void> {
    live = new FakeLive();
    desk = new Desk({ ...session, role: 'dispatcher' }, { rooms: roomsPort(rooms), people, live, ...noVoice }, new FakeClock());
    render(
      <MantineProvider env="test">
        <DeskContext value={desk}>
          <Frame route={{ kind: 'room', code: '4201' }} onSignOut={() => Promise.resolve({ ok: true, value: undefined })} />
        </DeskContext>
      </MantineProvider>,
    );
    await act(async () => {
      await live.watched.at(-1)?.answer(snapshot(1, { shares }));
      await live.listed.at(-1)?.answer({ rooms: [summary('4201')], alerts: [] });
    });
  }

  it('say which way they are open, until when and on what condition, and go when they are withdrawn', async () => {
    await show({}, [share]);
    const row = screen.getByText('Helicopter').closest('li');
    expect(row?.textContent).toMatch(/Radio channel · Listen only · until/);
    expect(screen.getByText('Condition: no recording')).toBeTruthy();
    act(() => live.tell(2, [{ kind: 'shareGone', share: 'share-1' }]));
    expect(screen.queryByText('Helicopter')).toBeNull();
  });

  it('are lent with their terms; a camera has no direction', async () => {
    const lent: NewShare[] = [];
    await show({ lend: (_, what) => { lent.push(what); return Promise.resolve({ ok: true, value: share }); } }, []);
    const [form, user] = [screen.getByRole('form', { name: 'Lend a resource' }), userEvent.setup()];
    await user.click(within(form).getByRole('combobox', { name: 'Lend what is yours' }));
    await user.click(await screen.findByRole('option', { name: 'Gate (camera)' }));
    expect(within(form).queryByRole('combobox', { name: 'Direction' })).toBeNull();
    await user.type(within(form).getByRole('textbox', { name: 'Conditions' }), 'no recording');
    await user.click(within(form).getByRole('button', { name: 'Lend' }));
    expect(lent).toEqual([{ kind: 'camera', resource: 'hpd/gate', direction: null, ends: null, conditions: 'no recording' }]);
  });
});
