import { t } from '../../i18n.ts'
import { named } from '../../scheme-names.ts'
import type { Column } from '../ui/data-table.ts'

/** The columns that every table of units has. */
export const unitColumn = (): Column<{ readonly unit: string }> => ({
  key: 'unit',
  label: t('vocabulary.unit'),
  value: ({ unit }) => unit,
  phone: 'title',
})

export const rankColumn = (): Column<{ readonly rank: number | null }> => ({
  key: 'rank',
  label: t('vocabulary.rank'),
  value: ({ rank }) => rank,
  kind: 'number',
})

export const compositeColumn = (interim = false): Column<{ readonly composite: string | null }> => ({
  key: 'composite',
  label: t(interim ? 'vocabulary.interim' : 'vocabulary.composite'),
  value: ({ composite }) => composite,
  kind: 'points',
  none: t('vocabulary.pending'),
})

export const gradeColumn = (): Column<{ readonly grade: string | null }> => ({
  key: 'grade',
  label: t('vocabulary.grade'),
  value: ({ grade }) => grade && named(grade),
  none: t('vocabulary.pending'),
})
