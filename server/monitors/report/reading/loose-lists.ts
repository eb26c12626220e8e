import type { Quantity } from './quantities.ts'
import { exact } from './verdicts.ts'

/** Fields of disclosure that lists name in different words. */
const fields: readonly RegExp[] = [
  /财政|预算|决算|三公/,
  /人事|任免|招考|招聘/,
  /规范性文件/,
  /行政许可|审批/,
  /处罚/,
  /采购|招标|招投标/,
  /规划|计划/,
  /应急|突发/,
  /就业/,
  /社会保险|社保/,
  /扶贫|脱贫/,
  /环境|环保/,
  /教育/,
  /医疗|卫生/,
  /食品|药品/,
  /安全生产/,
  /征地|拆迁|征收/,
  /价格|收费/,
  /统计/,
  /机构|职能/,
  /领导/,
]
export const fieldOf = (label: string): number | null => {
  const matching = fields.flatMap((field, index) => (field.test(label) ? [index] : []))
  return matching.length === 1 ? (matching[0] ?? null) : null
}

/** An item whose field its label tells. */
export interface Entry {
  readonly quantity: Quantity
  readonly label: string
  readonly field: number
}

/** Items of lists without a total of their own: 2016年公开人事类信息9条;就业类信息2条…. */
export interface LooseList {
  readonly items: readonly Quantity[]
  readonly entries: readonly Entry[]
}

const sentence = /[^。\n]+/g

/** The items of each sentence that lists at least three figures of one unit, with the fields they are about. */
export function looseLists(text: string, quantities: readonly Quantity[]): LooseList[] {
  return [...text.matchAll(sentence)].flatMap((match): LooseList[] => {
    const end = match.index + match[0].length
    const own = quantities.filter(
      (quantity) =>
        quantity.start >= match.index &&
        quantity.end <= end &&
        exact(quantity) &&
        !quantity.isPercent &&
        !quantity.isChange,
    )
    const items = own.filter(({ unit }) => unit === own[0]?.unit && /^[条件篇份项]$/.test(unit))
    if (items.length < 3) return []
    const entries = items.flatMap((quantity, index): Entry[] => {
      const label = text.slice(items[index - 1]?.end ?? match.index, quantity.start)
      const field = fieldOf(label)
      return field === null ? [] : [{ quantity, label, field }]
    })
    return [{ items, entries }]
  })
}
