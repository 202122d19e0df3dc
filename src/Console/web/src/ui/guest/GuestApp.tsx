import { Button, Center, Loader } from '@mantine/core';
import type { GuestVisit } from '../../state/guest/guestVisit';
import { ProblemText } from '../common/ProblemText';
import { DeskContext } from '../contexts';
import { useStore } from '../useStore';
import { Card } from '../visit/Card';
import { GuestRoom } from './GuestRoom';
import { Offer } from './Offer';

/** Where a link leads: who invites and why, and then the room. */
export function GuestApp({ visit }: { visit: GuestVisit }) {
  const view = useStore(visit.view);
  switch (view.kind) {
    case 'checking':
      return (
        <Center h="100%">
          <Loader aria-label="Looking at the invitation" />
        </Center>
      );
    case 'offer':
      return <Offer visit={visit} offer={view.offer} />;
    case 'refused':
      return (
        <Card title="Invitation">
          <ProblemText problem={view.problem} />
          <Button variant="default" onClick={() => void visit.check()}>
            Try again
          </Button>
        </Card>
      );
    case 'declined':
      return <Card title="You declined" text="Whoever invited you sees that, with your reason. You can close this page." />;
    case 'over':
      return <Card title="Your visit is over" text={view.cause === null ? 'You are no longer in the room.' : `You are no longer in the room: ${view.cause}`} />;
    case 'in':
      return (
        <DeskContext value={view.desk}>
          <GuestRoom visit={visit} />
        </DeskContext>
      );
  }
}
