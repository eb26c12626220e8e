import { t } from '../../i18n.ts'

interface Change<Value> {
  readonly from: Value | null
  readonly to: Value | null
}

const said = (value: string | number | null): string =>
  value === null ? t('vocabulary.pending') : String(value)

/** What something was and what it becomes; once where it stays. */
export const changeText = ({ from, to }: Change<string | number>): string =>
  from === to ? said(to) : `${said(from)} → ${said(to)}`

/** A mark as people read it: no blanks where it is missing. */
export const markText = (mark: string | null): string => mark ?? '—'
