import type { Quantity } from './quantities.ts'
import type { Span } from './view.ts'

/** How a list says that it breaks a total down: whether it claims to name every part. */
export const openers = ['whole', 'of-which', 'some'] as const
export type Opener = (typeof openers)[number]

const openerPatterns: Readonly<Record<Opener, RegExp>> = {
  whole:
    /(?:按照?|从)[^,。;:\d\n]{1,16}?(?:划分|区分|分类|统计|来分|分|来看|看)(?:为|,|:|主要)?|分别(?:为|是|有)?|具体(?:为|是|有|包括|如下|情况)|分为|由(?=[^,。;]{1,20}\d)|(?:在|从)(?:全年|上述|以上|这些|所)?(?:已)?(?:主动|依申请)?(?:公开|受理|收到|答复)?的?(?:政府)?(?:信息|申请|文件|件)(?:类别|内容|形式|数量)?(?:中|里|来看|看|上看)|公开(?:的)?(?:政府)?信息中(?=[,:])|(?<=\d[条件篇份项个])(?:政府)?(?:信息|文件|申请)?中(?=[,:一-鿿])/g,
  'of-which': /其中(?:包括|包含|有)?|包括了?|包含|涵盖|含(?![金水])|构成/g,
  some: /主要(?:是|为|有|包括|涉及|内容)|重点(?:是|为|公开|包括)|内容涉及/g,
}

/** A list of parts and the figures that may be their total, the likeliest first. */
export interface Breakdown {
  readonly opener: Opener
  readonly openedAt: number
  readonly totals: readonly Quantity[]
  readonly items: readonly Item[]
  /** Whether the sentence says that it names only some: …等. */
  readonly isOpenEnded: boolean
  /** Whether one of the parts is the rest: 其他. */
  readonly hasRest: boolean
  /** Whether parts are ways of publishing, in which the same piece counts once each. */
  readonly areChannels: boolean
  /** Whether no other figure stands between the list and the likeliest total. */
  readonly isAttached: boolean
  /** Figures of the sentences that follow in the paragraph, which may carry the list on. */
  readonly further: readonly Quantity[]
}

export interface Item {
  readonly quantity: Quantity
  /** What is counted: the words before the figure. */
  readonly label: string
  /** Whether the parts behind it break it down in turn. */
  readonly opensParts: boolean
  /** Whether a semicolon stands before it, so that it does not belong to the item before. */
  readonly startsGroup: boolean
}

const sentenceEnd = /[。!]|\?(?!\d)|(?<![:;,、])\n(?![(\d一二三四五六七八九十])/g
/** Where a clause speaks of another figure than a part of the total. */
const leaves =
  /(?:^|[,。;])(?:此外|另外|另有|另|同时|还|截[至止]|历年|累计|全年)|去年|上年|往年|同比|较|相比|比\d{4}|点击|访问|浏览|阅读|关注量|粉丝|受众|覆盖|下载/
const totalsUp = /(?:^|[,。;])[^,。;]{0,6}(?:(?<!公)共(?![同享和青产建事场资服交安治])|合计|总计)[^,。;]*$/
const channels =
  /网站|门户|微信|微博|公报|公示栏|公开栏|宣传栏|广播|电视|报刊|报纸|媒体|公众号|客户端|抖音|电子屏|显示屏|平台|其他方式|渠道|会议/
const answers = /答复|办结|办毕|回复|办理|处理/

/** The index of the bracket that closes the one at `open`; the end of the line where none does. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index++) {
    const character = text[index]
    if (character === '(') depth++
    else if (character === ')' && --depth === 0) return index
    else if (character === '\n' && depth > 0 && index - open > 400) return index
  }
  return text.length
}

/** How deep in brackets each position of a text is. */
export function depthsOf(text: string): Uint8Array {
  const depths = new Uint8Array(text.length + 1)
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (character === '(') depth++
    depths[index] = depth
    if (character === ')' && depth > 0) depth--
    if (character === '\n') depth = 0
  }
  return depths
}

interface Opening extends Span {
  readonly opener: Opener
  readonly end: number
}

function openingsIn(text: string, quantities: readonly Quantity[], depths: Uint8Array): Opening[] {
  const found: Opening[] = []
  for (const opener of openers) {
    for (const match of text.matchAll(openerPatterns[opener])) {
      found.push({ opener, start: match.index, end: match.index + match[0].length })
    }
  }
  for (const [index, quantity] of quantities.entries()) {
    // 157条(机构职能8条;…) and 100条:网站60条,…
    const gap = /^,?[\u4e00-\u9fff]{0,8}([(:])/.exec(text.slice(quantity.end, quantity.end + 10))
    const next = quantities[index + 1]
    if (!gap || !next) continue
    const at = quantity.end + gap[0].length
    if (
      gap[1] === '(' &&
      (next.start > closing(text, at - 1) ||
        (quantities[index + 2]?.start ?? Infinity) > closing(text, at - 1))
    )
      continue
    found.push({ opener: gap[1] === '(' ? 'of-which' : 'whole', start: at - 1, end: at })
  }
  return found
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((opening, index, all) => {
      const before = all[index - 1]
      return !before || opening.start >= before.end || depths[opening.start] !== depths[before.start]
    })
}

const ends = (text: string): number[] => [...text.matchAll(sentenceEnd)].map(({ index }) => index)
const atLeast = (sorted: readonly number[], value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** What stands between the last stop and a figure. */
export function labelBefore(text: string, at: number, from: number): string {
  const before = text.slice(Math.max(from, at - 40), at)
  return /[^,、。;:()\n]*$/.exec(before)?.[0] ?? ''
}

const isCounted = (quantity: Quantity): boolean => !quantity.isPercent && !quantity.isChange

/** Every list in prose that breaks a total down. `quantities` are those of the text. */
export function breakdownsIn(text: string, quantities: readonly Quantity[]): Breakdown[] {
  const depths = depthsOf(text)
  const openings = openingsIn(text, quantities, depths)
  const sentenceEnds = ends(text)
  const starts = quantities.map(({ start }) => start)
  const isAttached = (total: Quantity, until: number, depth: number): boolean =>
    until - total.end <= 80 &&
    !quantities
      .slice(atLeast(starts, total.end), atLeast(starts, until))
      .some((quantity) => isCounted(quantity) && (depths[quantity.start] ?? 0) <= depth)
  const found: Breakdown[] = []
  for (const [index, opening] of openings.entries()) {
    const depth = depths[opening.end] ?? 0
    let end = sentenceEnds[atLeast(sentenceEnds, opening.end)] ?? text.length
    if (text[opening.start] === '(') end = Math.min(end, closing(text, opening.start))
    else if (depth > 0) {
      const open = text.lastIndexOf('(', opening.start)
      if (open >= 0) end = Math.min(end, closing(text, open))
    }
    const items: Item[] = []
    let last = opening.end
    for (let at = atLeast(starts, opening.end); at < quantities.length; at++) {
      const quantity = quantities[at]
      if (!quantity || quantity.start >= end) break
      const between = text.slice(last, quantity.start)
      if (
        items.length > 0 &&
        (leaves.test(between) || (totalsUp.test(between) && quantity.unit === items[0]?.quantity.unit))
      )
        break
      if (!isCounted(quantity) || depths[quantity.start] !== depth) continue
      const label = labelBefore(text, quantity.start, last)
      if (
        items.length > 0 &&
        answers.test(label) &&
        !items.some((item) => answers.test(item.label)) &&
        !answers.test(text.slice(Math.max(0, opening.start - 40), opening.start))
      )
        break
      const openers = openings.filter(
        (other, position) =>
          position !== index &&
          other.start >= last &&
          other.end <= quantity.start &&
          depths[other.end] === depth,
      )
      const before = items.at(-1)
      if (openers.length > 0 && before) items[items.length - 1] = { ...before, opensParts: true }
      items.push({ quantity, label, opensParts: false, startsGroup: /[;。]/.test(between) })
      last = quantity.end
    }
    const [first] = items
    if (!first) continue
    const tail = text.slice(last, Math.min(end, last + 12))
    const isOpenEnded =
      /^[\u4e00-\u9fff"”》]{0,8}等(?!于)/.test(tail) || items.some(({ label }) => label.endsWith('等'))
    const firstEnd = atLeast(sentenceEnds, opening.start)
    const windowStart = Math.max(
      text.lastIndexOf('\n', opening.start - 2) + 1,
      (sentenceEnds[firstEnd - 4] ?? -1) + 1,
      opening.start - 400,
    )
    const totals = quantities
      .slice(atLeast(starts, windowStart), atLeast(starts, opening.start))
      .filter(
        (quantity) =>
          isCounted(quantity) &&
          (depths[quantity.start] ?? 0) <= depth &&
          (quantity.unit === first.quantity.unit || first.quantity.unit === ''),
      )
      .reverse()
    const [nearest] = totals
    const furtherEnd = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end)
    const further = quantities
      .slice(atLeast(starts, Math.max(end, last)), atLeast(starts, furtherEnd))
      .filter((quantity) => isCounted(quantity) && depths[quantity.start] === depth)
    found.push({
      opener: opening.opener,
      openedAt: opening.start,
      totals,
      items,
      isOpenEnded,
      hasRest: items.some(({ label }) => /其[他它余]/.test(label)),
      areChannels: items.filter(({ label }) => channels.test(label)).length > 1,
      isAttached: nearest !== undefined && isAttached(nearest, opening.start, depth),
      further,
    })
  }
  return found
}
