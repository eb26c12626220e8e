import type { Veto } from '#assessment/rule/scheme'
import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import { pointsText } from './scheme-draft.ts'

/** What a veto does, as people read it: `最高合格`, `综合成绩最高 59 分`, `排在末位`. */
function oneVeto(veto: Veto): string {
  switch (veto.type) {
    case 'grade':
      return t('scheme.veto.grade', { grade: named(veto.grade) })
    case 'at-most':
      return t('scheme.veto.at-most', { composite: pointsText(veto.composite) })
    case 'last':
      return t('scheme.veto.last')
  }
}
/** All that some vetoes do. */
export const vetoWords = (vetoes: readonly Veto[]): string => vetoes.map(oneVeto).join(t('scheme.veto.and'))
