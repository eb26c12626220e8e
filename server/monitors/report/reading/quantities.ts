import { chineseNumber, numerals } from './numerals.ts'
import type { Span } from './view.ts'

/** A number with its unit, as prose states it. */
export interface Quantity extends Span {
  /** Null while figures are masked, 9*条. */
  readonly value: number | null
  /** 条, 件, 人次 …; empty where none is written. */
  readonly unit: string
  /** 620余条, 近百件: the sentence does not claim this very number. */
  readonly isApproximate: boolean
  /** 增加24条: a difference to another figure. */
  readonly isChange: boolean
  readonly isPercent: boolean
  /** As written, without its unit: 9*. */
  readonly figures: string
}

const units = [
  '个工作日|个百分点|人次|万元|亿元|小时|分钟|周年|周岁',
  '条|件|次|个|篇|份|期|类|项|则|宗|起|例|批|名|人|部|册|页|场|种|户|家|处|元|%|‰|号|年|月|日|天|时|分|点|位|幅|块|张|台|组|本|字|米|岁|级|届|股|卷|款|倍|周',
].join('|')
/** What is counted in these is time, a reference or a measure, never a part of a whole. */
const uncounted = new Set([
  '个工作日',
  '个百分点',
  '小时',
  '分钟',
  '周年',
  '周岁',
  '号',
  '年',
  '月',
  '日',
  '天',
  '时',
  '分',
  '点',
  '级',
  '届',
  '岁',
  '米',
  '款',
  '倍',
  '周',
  '股',
])
const figure = '\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+(?:\\.\\d+)?'
const masked = '\\d*[*＊]+\\d*|\\d+[xX_#]+\\d*'
const quantity = new RegExp(
  `(?:(${masked})|(${figure})|百分之([${numerals}]+|${figure})(?![点.])|([${numerals}]+))([千百]?[万亿]|[千百])?([余多来几])?([万亿])?(${units})?([余多])?`,
  'g',
)
const approximateBefore = /(?:近|约|大约|约为|超过|超|逾|突破|不足|不少于|至少|达到?上|平均|每|各|左右|以上)$/
const changeBefore =
  /(?:增加|增长|增幅|减少|下降|上升|提高|降低|多|少|(?<!新)增|减)(?:了|约|到|至|为|达|近|幅度?为)?$/
const scales: Readonly<Record<string, number>> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 }
const scaleOf = (text: string | undefined): number =>
  [...(text ?? '')].reduce((product, character) => product * (scales[character] ?? 1), 1)
/** Decimals are kept to the sixth place, so that sums compare exactly. */
const kept = (value: number): number => Math.round(value * 1e6) / 1e6

/** A number in figures or in Chinese characters; null when it is none. */
const numberOf = (text: string): number | null =>
  /\d/.test(text) ? Number(text.replaceAll(',', '')) : chineseNumber(text)

/** The quantities of a text without spaces, in order; dates, ordinals, telephone and document numbers are none. */
export function quantitiesIn(text: string): Quantity[] {
  const found: Quantity[] = []
  for (const match of text.matchAll(quantity)) {
    const [whole, mask, plain, share, chinese, scale, approximate, laterScale, unitAfter, approximateAfter] =
      match
    const unit = share === undefined ? (unitAfter ?? '') : '%'
    const start = match.index
    const end = start + whole.length
    const before = text.slice(Math.max(0, start - 6), start)
    const after = text.slice(end, end + 2)
    if (/[A-Za-z\d.@/_〔-]$/.test(before) && !/[万亿%\d]-$/.test(before)) continue
    if (before.endsWith('第') || uncounted.has(unit)) continue
    if (unit === '' && (chinese !== undefined || mask !== undefined || !/^(?:[,、;。)]|$)/.test(after)))
      continue
    if (unit === '' && /^(?:19|20)\d\d$/.test(plain ?? '')) continue
    if (chinese !== undefined && chinese.length === 1 && /[一两万亿千百]/.test(chinese)) continue
    const number = mask === undefined ? numberOf(plain ?? share ?? chinese ?? '') : null
    if (mask === undefined && number === null) continue
    const factor = scaleOf(scale) * scaleOf(laterScale)
    found.push({
      start,
      end,
      value: number === null ? null : kept(number * factor),
      unit: unit === '‰' ? '%' : unit,
      isApproximate:
        approximate !== undefined ||
        approximateAfter !== undefined ||
        approximateBefore.test(before) ||
        (chinese !== undefined && /[数几上]$/.test(before)) ||
        /^(?:以上|左右|以内|余)/.test(after) ||
        /[\d%]-$/.test(before),
      isChange: changeBefore.test(before),
      isPercent: unit === '%' || unit === '‰',
      figures: mask ?? plain ?? (share === undefined ? chinese : String(number)) ?? '',
    })
  }
  return found
}
