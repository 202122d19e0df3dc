import { useCallback, useEffect, useState } from 'react';
import { parseRoute, type Route, routePath } from '../state/route';

const here = () => parseRoute(window.location.pathname, window.location.hash);

/** Where in the console one is, in step with the browser's history. */
export function useRoute(): [Route, (route: Route) => void] {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const moved = () => setRoute(here());
    window.addEventListener('popstate', moved);
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('popstate', moved);
      window.removeEventListener('hashchange', moved);
    };
  }, []);
  const navigate = useCallback((to: Route) => {
    window.history.pushState(null, '', routePath(to));
    setRoute(to);
  }, []);
  return [route, navigate];
}
