import { t } from '../../i18n.ts'
import type { FindingDetail } from '../../api/result.ts'
import type { Facet } from '../ui/TwoVersions.vue'
import { choicesIn, type Choice } from './case-choices.ts'
import { stepTitle } from './finding-course.ts'

/** What somebody typed, and what has happened to the finding since the form was opened, for TwoVersions. */
export function caseVersions(
  { choice, reason, files }: { readonly choice: Choice; readonly reason: string; readonly files: number },
  known: FindingDetail['facts'],
  current: FindingDetail,
) {
  const step = t(`finding.casework.step.${choice}`)
  const late = !choicesIn(current.legal).includes(choice)
  const seen = new Set(known.map(({ id }) => id))
  const mine: Facet[] = [
    { label: step, text: reason || t('finding.casework.conflict.noReason') },
    ...(files > 0
      ? [{ label: t('evidence.title'), text: t('finding.casework.conflict.files', { n: files }) }]
      : []),
  ]
  const theirs = current.facts
    .filter(({ id }) => !seen.has(id))
    .map((fact): Facet => ({
      label: [stepTitle(fact), fact.on, fact.by?.unit, fact.by?.name].filter(Boolean).join(' '),
      text: fact.reason ?? t('finding.casework.conflict.noReason'),
    }))
  return {
    mine,
    theirs,
    late,
    title: t('finding.casework.conflict.title'),
    text: t('finding.casework.conflict.text'),
    mineTitle: t('finding.casework.conflict.mine'),
    theirsTitle: [
      t('finding.casework.conflict.theirs'),
      t(`finding.ledger.status.${current.status}`),
      ...(current.appealed ? [t('finding.ledger.appealed')] : []),
    ].join(' · '),
    keepMine: late
      ? t('finding.casework.conflict.notPossible', { step })
      : t('finding.casework.conflict.sendAnyway'),
    keepTheirs: t('finding.casework.conflict.keepTheirs'),
    seek: true,
  }
}
