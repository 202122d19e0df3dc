import { Button, Center, Loader, Stack } from '@mantine/core';
import type { Visit } from '../state/visit';
import { ProblemText } from './common/ProblemText';
import { DeskContext, NavigationContext } from './contexts';
import { Frame } from './frame/Frame';
import { useRoute } from './useRoute';
import { useStore } from './useStore';
import { SetUp } from './visit/SetUp';
import { SignIn } from './visit/SignIn';
import { Welcome } from './visit/Welcome';

export function App({ visit }: { visit: Visit }) {
  const view = useStore(visit.view);
  const [route, navigate] = useRoute();

  // A one-time link is meant for whoever opened it, also in a browser where somebody else is signed in.
  if (route.kind === 'setup') return <SetUp visit={visit} token={route.token} onDone={() => navigate({ kind: 'home' })} />;
  if (route.kind === 'welcome') return <Welcome visit={visit} token={route.token} onDone={() => navigate({ kind: 'home' })} />;

  switch (view.kind) {
    case 'checking':
      return (
        <Center h="100%">
          <Loader aria-label="Looking whether you are signed in" />
        </Center>
      );
    case 'unreachable':
      return (
        <Center h="100%">
          <Stack maw={420}>
            <ProblemText problem={view.problem} />
            <Button onClick={() => void visit.check()}>Try again</Button>
          </Stack>
        </Center>
      );
    case 'signedOut':
      return <SignIn visit={visit} expired={view.expired} />;
    case 'signedIn':
      return (
        <DeskContext value={view.desk}>
          <NavigationContext value={navigate}>
            <Frame route={route} onSignOut={() => visit.signOut()} />
          </NavigationContext>
        </DeskContext>
      );
  }
}
