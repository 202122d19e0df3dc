import { Badge, Button, Group, Loader, Stack, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { hasRole } from '../../state/authority';
import { webLink } from '../../state/links';
import type { DirectoryAgency } from '../../state/ports';
import { levelWords } from '../../state/words';
import { ProblemText } from '../common/ProblemText';
import { useDesk } from '../contexts';
import { useStore } from '../useStore';
import { AddPersonDialog } from './AddPersonDialog';

/** The agencies, and what each offers to lend. */
export function DirectoryPage() {
  const desk = useDesk();
  const view = useStore(desk.directory.view);
  const [adding, setAdding] = useState(false);
  useEffect(() => {
    void desk.directory.read();
    void desk.directory.readPhones();
  }, [desk]);
  return (
    <Stack gap="sm">
      <Group>
        <Title order={1} size="h3" style={{ flex: 1 }}>
          Directory
        </Title>
        {hasRole(desk.session, 'administrator') && <Button onClick={() => setAdding(true)}>Add person</Button>}
      </Group>
      {view.kind === 'loading' && <Loader size="sm" aria-label="Reading the directory" />}
      {view.kind === 'failed' && <ProblemText problem={view.problem} />}
      {view.kind === 'shown' &&
        ownFirst(view.agencies, desk.session.agency).map((each) => (
          <Agency key={each.agency.id} entry={each} own={each.agency.id === desk.session.agency} />
        ))}
      {adding && <AddPersonDialog onClose={() => setAdding(false)} />}
    </Stack>
  );
}

function ownFirst(agencies: readonly DirectoryAgency[], own: string): readonly DirectoryAgency[] {
  return [...agencies].sort(
    (a, b) => Number(b.agency.id === own) - Number(a.agency.id === own) || a.agency.name.localeCompare(b.agency.name),
  );
}

function Agency({ entry, own }: { entry: DirectoryAgency; own: boolean }) {
  const known = useStore(useDesk().directory.phones);
  const phones = own ? (known ?? []) : [];
  const empty =
    entry.channels.length === 0 && entry.cameras.length === 0 && !entry.people?.length && !entry.destinations?.length && phones.length === 0 && !entry.agency.desk;
  return (
    <section className="panel" aria-label={entry.agency.name}>
      <header>
        <h2>
          {entry.agency.name} <span className="mono quiet">{entry.agency.id}</span>
        </h2>
        {own && <Badge radius="sm">Your agency</Badge>}
        <span className="quiet">{levelWords[entry.agency.level]}</span>
      </header>
      <div className="body">
        {empty && <span className="quiet">Offers nothing in the directory.</span>}
        <Group align="flex-start" gap="xl">
          {entry.agency.desk && (
            <Listing title="Duty desk">
              <li>
                <span className="mono">{entry.agency.desk}</span> {entry.agency.language && <span className="quiet">asked in {entry.agency.language}</span>}
              </li>
            </Listing>
          )}
          {entry.channels.length > 0 && (
            <Listing title="Channels">
              {entry.channels.map((channel) => (
                <li key={channel.id}>
                  {channel.name} <span className="mono quiet">{channel.resource}</span>
                </li>
              ))}
            </Listing>
          )}
          {entry.cameras.length > 0 && (
            <Listing title="Cameras">
              {entry.cameras.map((camera) => (
                <li key={camera.id}>
                  <Camera name={camera.name} url={camera.url} /> {camera.place?.text && <span className="quiet">{camera.place.text}</span>}
                </li>
              ))}
            </Listing>
          )}
          {entry.people && entry.people.length > 0 && (
            <Listing title="People">
              {entry.people.map((person) => (
                <li key={person.id}>
                  {person.name} <span className="quiet">{[person.role, person.email, person.sip].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
            </Listing>
          )}
          {phones.length > 0 && (
            <Listing title="Phones">
              {phones.map((phone) => (
                <li key={phone.id}>
                  {phone.name} <span className="mono quiet">sip:{phone.user}@hub</span>{' '}
                  <span style={{ color: phone.registered ? 'var(--talk)' : 'var(--warn)' }}>{phone.registered ? 'Registered' : 'Not registered'}</span>
                </li>
              ))}
            </Listing>
          )}
          {entry.destinations && entry.destinations.length > 0 && (
            <Listing title="May also call">
              {entry.destinations.map((destination) => (
                <li key={destination.id}>
                  <span className="mono">{destination.pattern}</span> {destination.name && <span className="quiet">{destination.name}</span>}
                </li>
              ))}
            </Listing>
          )}
        </Group>
      </div>
    </section>
  );
}

function Camera({ name, url }: { name: string; url: string | null | undefined }) {
  const link = webLink(url);
  return link ? (
    <a href={link} target="_blank" rel="noopener noreferrer" style={{ color: 'var(--mantine-color-anchor)' }}>
      {name}
    </a>
  ) : (
    <>{name}</>
  );
}

function Listing({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3 style={{ margin: 0, fontSize: 14 }} className="quiet">
        {title}
      </h3>
      <ul className="rows">{children}</ul>
    </div>
  );
}
