import type { InviteTerms } from '../../realtime/contracts';
import { retentionWords } from '../../state/words';

/** What one should know before one accepts. */
export function Terms({ terms }: { terms: InviteTerms | null }) {
  if (terms === null) return null;
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 12, margin: 0 }}>
      <dt className="quiet">Handling</dt>
      <dd style={{ margin: 0 }}>{terms.handling ?? 'Nothing laid down'}</dd>
      <dt className="quiet">Retention</dt>
      <dd style={{ margin: 0 }}>{retentionWords(terms)}</dd>
    </dl>
  );
}
