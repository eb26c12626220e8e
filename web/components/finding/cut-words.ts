import { ledgersOf, type Scheme } from '#assessment/rule/scheme'
import type { LedgerEntry } from '#assessment/score/scorecard'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { brief, points } from '../result/exact-text.ts'

/** What a cap took of an entry's points: `本归口已扣完 10 分，此项未再扣`; empty where none did. */
export function cutWords(
  { kind: key, effect, cutBy, points: counted, fullPoints }: LedgerEntry,
  scheme: Pick<Scheme, 'components' | 'adjustments'>,
): string {
  if (cutBy === null) return ''
  const ledger = ledgersOf(scheme).find((each) => each.ledger.kinds.some((kind) => kind.key === key))?.ledger
  const kind = ledger?.kinds.find((each) => each.key === key)
  const area = ledger?.areas.find((each) => each.key === kind?.area)
  const cap = (cutBy === 'kind' ? kind?.cap : area?.cap) ?? 0
  return t(`finding.ledger.cut.${effect}.${counted === 0 ? 'nothing' : 'part'}`, {
    by:
      cutBy === 'kind'
        ? t('finding.ledger.cut.kind')
        : t('finding.ledger.cut.area', { name: named(area?.name ?? '') }),
    cap: brief(points(cap)),
    counted: brief(points(counted)),
    full: brief(points(fullPoints)),
  })
}
