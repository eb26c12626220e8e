import type { LedgerKind } from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'

/** How long a kind gives for rectifying: `15 个工作日`; empty without a kind. */
export const allowanceOf = (kind: LedgerKind | undefined): string =>
  kind ? t(`finding.record.${kind.rectifyWithin.count}`, { n: kind.rectifyWithin.days }) : ''
