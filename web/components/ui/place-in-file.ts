import { t } from '../../i18n.ts'

/** Where something stands in a file: its sheet, row and column, as far as it has one: `考核对象 · 第 3 行 · 单位`. */
export const placeInFile = ({
  sheet,
  row,
  column,
}: {
  readonly sheet?: string | null | undefined
  readonly row?: number | null | undefined
  readonly column?: string | null | undefined
}): string =>
  [sheet, typeof row === 'number' && t('states.rowNumber', { row }), column].filter(Boolean).join(' · ')
