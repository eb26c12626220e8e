import { ordinal } from './numerals.ts'
import { numberedStart } from './prose.ts'
import type { Line } from './tables.ts'
import type { Span, View } from './view.ts'

/** What a document is named: …信息公开…报告, 方案, 办法. */
const titleLine =
  /^(?:名称:|【?标题】?:?)?[^,。;:!?]{0,60}(?:公开|公示|访谈|公开工作)[^,。;:!?]{0,30}(?:报告|年报|总结|方案|办法|规定|制度|细则|计划|意见|汇报|范文)(?:\([^()]{1,12}\))?$/
const noTitle =
  /^(?:上一篇|下一篇|相关|附件|附表|附:|《|>|·|\d+[.、]|[一二三四五六七八九十]+、|\(|第[一二三四五六七八九十]+部分)/
/** 第一篇, 篇二, 范文三: the mark of a collection. */
const numberedTitle =
  /^(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3}|范文[一二三四五六七八九十\d]{1,3})(?:[:、.\s]|$)/
const collection =
  /(?:[\d一二三四五六七八九十]{1,3}篇[^。]{0,40}(?:范文|整理|收集|分享)|(?:精心整理|整理|收集|分享)[^。]{0,20}[\d一二三四五六七八九十]{1,3}篇)/
const compilerIntro = /(?:为(?:你|您|大家)(?:整理|分享|带来|推荐|收集)|小编(?:为|精心|整理))/
/** A report opens with this once. */
const opening = /(?:现将|现就)[^。]{0,60}(?:汇报|总结|报告|说明|公布)[^。]{0,8}如下/
const addressee = /^[^,。;:《》“”]{2,18}(?:局|办|委|室|厅|府|部门|单位|科|处):$/
/** The words a unit calls itself by, by the kind of unit; regions and 单位 tell nothing. */
const selfTerms =
  /(?:我|本)(局|委|办(?!公室|法|事指)|厅|镇|乡|街道|处|校|院|行|公司|所|站|中心)|(支行)|(医院|校务|院务)/g
const kindOfTerm: Readonly<Record<string, string>> = {
  局: 'bureau',
  委: 'bureau',
  办: 'bureau',
  厅: 'bureau',
  镇: 'town',
  乡: 'town',
  街道: 'street',
  处: 'street',
  校: 'school',
  校务: 'school',
  院: 'hospital',
  医院: 'hospital',
  院务: 'hospital',
  行: 'bank',
  支行: 'bank',
  公司: 'company',
  所: 'station',
  站: 'station',
  中心: 'centre',
}
const topics = [
  /主动公开|公开(?:的)?内容/,
  /申请/,
  /收费|减免/,
  /复议|诉讼/,
  /问题|不足/,
  /(?:下一步|今后|改进|计划|打算)/,
  /组织|领导|概述|总体/,
]

const article = /^第[一二三四五六七八九十]{1,3}条/
/** Fewer characters than this are no document of their own. */
const least = 150

type Why = 'start' | 'title' | 'opening' | 'restart' | 'articles' | 'intro' | 'addressee' | 'items'

interface Stretch {
  readonly length: number
  readonly chapters: readonly number[]
  /** How many articles, 第三条, it holds. */
  readonly articles: number
  readonly topics: ReadonlySet<number>
  readonly selves: ReadonlyMap<string, number>
}

const chapterOf = (line: string): number | null =>
  ordinal(/^([一二三四五六七八九十]{1,3})、/.exec(line)?.[1] ?? '')

/** Why a document may begin with a line; null where nothing says so. */
function reason(line: string, before: { readonly chapter: number; readonly isArticle: boolean }): Why | null {
  if (numberedTitle.test(line) || (titleLine.test(line) && !noTitle.test(line))) return 'title'
  if (compilerIntro.test(line)) return 'intro'
  if (opening.test(line)) return 'opening'
  if (addressee.test(line)) return 'addressee'
  if (article.test(line)) return before.isArticle ? null : 'articles'
  const chapter = chapterOf(line)
  if (chapter !== null && before.chapter >= 2 && chapter <= before.chapter) return 'restart'
  return line.startsWith('(一)') ? 'items' : null
}

function stretchOf(lines: readonly string[], first: number, end: number): Stretch {
  const own = lines.slice(first, end)
  const text = own.join('\n')
  const chapters = own.flatMap((line) => chapterOf(line) ?? [])
  const headings = own
    .filter((line) => chapterOf(line) !== null || /^第.{1,3}部分/.test(line))
    .map((line) => line.slice(0, 40))
  const selves = new Map<string, number>()
  for (const match of text.matchAll(selfTerms)) {
    const kind = kindOfTerm[match[1] ?? match[2] ?? match[3] ?? '']
    if (kind !== undefined) selves.set(kind, (selves.get(kind) ?? 0) + 1)
  }
  return {
    length: text.length,
    chapters,
    articles: own.filter((line) => article.test(line)).length,
    topics: new Set(
      topics.flatMap((topic, index) => (headings.some((heading) => topic.test(heading)) ? [index] : [])),
    ),
    selves,
  }
}

const strongest = (selves: ReadonlyMap<string, number>): readonly [kind: string, count: number] =>
  [...selves].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]

/** Whether two stretches call themselves by different kinds of unit, each by one alone. */
function differ(before: Stretch, after: Stretch, least: number): boolean {
  const [own, count] = strongest(before.selves)
  const [other, otherCount] = strongest(after.selves)
  return (
    count >= least &&
    otherCount >= least &&
    own !== other &&
    !after.selves.has(own) &&
    !before.selves.has(other)
  )
}

const begins: Readonly<Record<Why, (before: Stretch, after: Stretch, inCollection: boolean) => boolean>> = {
  start: () => true,
  title: (before) => before.length >= least,
  intro: (before, _, inCollection) => inCollection && before.length >= least,
  opening: (before, after, inCollection) =>
    before.length >= 2 * least &&
    before.chapters.length + before.articles > 1 &&
    (inCollection || differ(before, after, 2)),
  addressee: (before, _, inCollection) => inCollection && before.length >= 2 * least,
  articles: (before, _, inCollection) => inCollection && before.length >= 2 * least,
  restart: (before, after, inCollection) => {
    // A table of contents before the text.
    if (before.length < least) return false
    const isWhole =
      after.chapters.includes(2) && after.chapters.length >= 3 && Math.max(0, ...before.chapters) >= 3
    const shared = [...after.topics].filter((topic) => before.topics.has(topic)).length
    return (
      (isWhole && shared >= (inCollection ? 2 : 4)) ||
      differ(before, after, inCollection ? 1 : 3) ||
      (inCollection &&
        isWhole &&
        after.topics.size + before.topics.size > 0 &&
        shared < 2 &&
        after.selves.size === 0)
    )
  },
  items: (before, after, inCollection) => inCollection && differ(before, after, 1),
}

/** Where a document begins whose first heading is not 一、: with the unnumbered lines before it. */
function introductionOf(texts: readonly string[], index: number): number {
  if (chapterOf(texts[index] ?? '') === 1) return index
  let first = index
  while (first > 1 && (texts[first - 1] === '' || !numberedStart.test(texts[first - 1] ?? ''))) first--
  return first
}

/** The documents that a text holds, in order; one, unless it shows that it is a collection or titles stand within it. */
export function documentsIn(view: View, lines: readonly Line[]): Span[] {
  const texts = lines.map((line) =>
    line.isTable ? '' : view.text.slice(line.start, line.end).replace(/[\s|]+/g, ''),
  )
  const inCollection =
    texts.some((line) => collection.test(line)) || texts.filter((line) => numberedTitle.test(line)).length > 1
  const starts: { index: number; why: Why }[] = [{ index: 0, why: 'start' }]
  const before = { chapter: 0, isArticle: false }
  for (const [index, line] of texts.entries()) {
    if (line === '') continue
    const why = index === 0 ? null : reason(line, before)
    if (why !== null) {
      starts.push({ index, why })
      before.chapter = 0
    }
    before.chapter = chapterOf(line) ?? before.chapter
    if (article.test(line)) before.isArticle = true
    else if (chapterOf(line) !== null) before.isArticle = false
  }
  const firsts: number[] = []
  let current = 0
  for (const [at, { index, why }] of starts.entries()) {
    const next = starts.slice(at + 1).find((start) => why === 'items' || start.why !== 'items')
    const after = stretchOf(texts, index, next?.index ?? texts.length)
    if (!begins[why](stretchOf(texts, current, index), after, inCollection)) continue
    firsts.push(why === 'restart' ? introductionOf(texts, index) : index)
    current = index
  }
  // What is too short to be a document belongs to the one before it.
  const spans: Span[] = []
  for (const [at, first] of firsts.entries()) {
    const start = lines[first]?.start ?? 0
    const end = lines[firsts[at + 1] ?? lines.length]?.start ?? view.text.length
    const last = spans.at(-1)
    if (last && texts.slice(first, firsts[at + 1]).join('').length < least)
      spans[spans.length - 1] = { start: last.start, end }
    else spans.push({ start, end })
  }
  return spans
}
