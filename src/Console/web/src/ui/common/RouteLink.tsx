import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Route, routePath } from '../../state/route';
import { useNavigate } from '../contexts';

/** A link within the console; with a modifier key the browser's own way. */
export function RouteLink({ to, className, current, children }: { to: Route; className?: string; current?: boolean; children: ReactNode }) {
  const navigate = useNavigate();
  return (
    <Anchor
      href={routePath(to)}
      underline="hover"
      {...(className ? { className, unstyled: true } : {})}
      {...(current ? { 'aria-current': 'page' as const } : {})}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </Anchor>
  );
}
