import { isGain, type LedgerKind, type Severity } from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'
import { points } from '../result/exact-text.ts'
import { vetoWords } from '../scheme/veto-words.ts'

/** What recording under a kind takes or gives, when, by which clause, and what it vetoes. */
export function kindNoteOf(kind: LedgerKind, severity: Severity): string {
  const { trigger, clause, vetoes } = kind
  const worth = points(severity.points)
  const told = isGain(kind)
    ? t('finding.record.gainNote', { points: worth, clause })
    : t('finding.record.kindNote', {
        points: worth,
        trigger: t(`vocabulary.trigger.kind.${trigger}`),
        clause,
      })
  return vetoes.length > 0 ? `${told} ${t('finding.record.vetoNote', { vetoes: vetoWords(vetoes) })}` : told
}
