import { language, t } from '../../i18n.ts'
import { zhCN } from '../../locales/zh-CN.ts'

type DeedKey = keyof typeof zhCN.operation.deeds
/** Texts are keyed by deeds, whose dots would be places of their own. */
const keys = Object.keys(zhCN.operation.deeds) as DeedKey[]

/** What a deed is called; one that only another release knows stands as it is. */
export const deedWords = (deed: string): string => {
  const key = keys.find((known) => known.replaceAll('_', '.') === deed)
  return key === undefined ? deed : t(`operation.deeds.${key}`)
}

/** Every deed that can be searched for, by its words. */
export const deedChoices = (): { readonly value: string; readonly label: string }[] =>
  keys
    .map((key) => ({ value: key.replaceAll('_', '.'), label: t(`operation.deeds.${key}`) }))
    .sort((a, b) => a.label.localeCompare(b.label, language()))

type Detail = Readonly<Record<string, unknown>>
const isDetail = (value: unknown): value is Detail =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** What an entry says beyond its deed, a piece a line; what was changed, as it was and as it became. */
export function detailLines(detail: unknown): string[] {
  if (detail === null || detail === undefined) return []
  if (!isDetail(detail)) return [valueWords(detail)]
  const { from, to, ...rest } = detail
  const isChange = isDetail(from) && isDetail(to)
  const others = Object.entries(isChange ? rest : detail).filter(([, value]) => value !== null)
  const changes = isChange ? Object.keys({ ...from, ...to }) : []
  return [
    ...changes.map((name) => {
      const [was, is] = [from, to].map((side) => valueWords(isDetail(side) ? (side[name] ?? null) : null))
      return `${name}: ${was} → ${is}`
    }),
    ...others.map(([name, value]) => `${name}: ${valueWords(value)}`),
  ]
}
