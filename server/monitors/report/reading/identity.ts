import type { WrittenDay } from './dates.ts'
import { ordinal } from './numerals.ts'
import type { Span, View } from './view.ts'

/** What a document says of itself. */
export interface Identity {
  readonly unit: string | null
  readonly year: number | null
  /** The title, where one stands. */
  readonly title: Span | null
  /** The year in the title; null where there is none. */
  readonly titleYear: number | null
  /** The unit and the day at the end. */
  readonly signature: Span | null
  readonly signed: WrittenDay | null
  /** Whether it gives itself out as an annual report, or reports like one. */
  readonly isAnnualReport: boolean
}

const orgEnd =
  '人民政府|政府办公室|政府办|政府|管理委员会|管委会|委员会|办公室|办事处|公安局|局|厅|委|院|学校|小学|中学|大学|学院|中心|总队|支队|大队|所|站|处|公司|集团|银行|支行|分行|社|协会|馆|会|镇|乡|街道|县|市|区|旗|州|省|办'
const yearText = `(?:20\\d{2}|[二][零〇○][零〇○一二][零〇○一二三四五六七八九])`
const titleEnd =
  '(?:年度报告|年报|工作报告|报告|工作总结|总结|情况总结|工作情况汇报|情况汇报|自查报告|情况报告)'
const titleText = new RegExp(
  `^(?:名称:|标题:|题目:|【标题】)?([^,。;:!?《》]{0,40}?)(${yearText})年?(?:度)?([^,。;!?《》]{0,30}?)(?:政府信息|政务信息|政务|政府|信息|校务|院务|党务)[^,。;!?《》]{0,24}${titleEnd}(?:\\([^()]{1,10}\\))?$`,
)
const firstLines = 20
const orgName = new RegExp(`^[\\u4e00-\\u9fff()]{2,36}(?:${orgEnd})(?:\\([^()]{1,8}\\))?$`)
const announced = new RegExp(
  `(?:公布|公开|编制|发布|制作|撰写|形成)(?:了|《|的)*(?:本)?([\\u4e00-\\u9fff()]{2,30}?)(?:本级)?(?:关于)?(${yearText})年(?:度)?(?:的)?(?:政府信息|政务信息|政务|信息)`,
)

const trimmed = (text: string): string =>
  text.replace(/^(?:关于|发布|公布|现将|现公布|名称:|标题:|的)+/, '').replace(/(?:关于|的|《)+$/, '')

/** The lines of a view that say anything, with their places. */
function filledLines(view: View): (Span & { readonly text: string })[] {
  const lines: (Span & { readonly text: string })[] = []
  let start = 0
  for (const text of view.text.split('\n')) {
    if (text.trim() !== '') lines.push({ start, end: start + text.length, text })
    start += text.length + 1
  }
  return lines
}

const yearOf = (text: string | undefined): number | null => (text === undefined ? null : ordinal(text))

/** The year that sentences begin with most often, 2016年，我镇…; null where none does twice as often as any other. */
function spokenYear(text: string): number | null {
  const counts = new Map<number, number>()
  for (const [, written = ''] of text.matchAll(
    new RegExp(`(?:^|[\\n。;:,、(])(?:截[至止]到?)?(${yearText})年`, 'g'),
  )) {
    const year = ordinal(written)
    if (year !== null) counts.set(year, (counts.get(year) ?? 0) + 1)
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  if (!first) return null
  return second && second[1] === first[1] && second[0] !== first[0] + 1 ? null : first[0]
}

/** The last lines: a name and a day, in one line or two. */
function signatureOf(
  lines: readonly (Span & { readonly text: string })[],
  days: readonly WrittenDay[],
): { name: Span | null; unit: string | null; day: WrittenDay | null } {
  for (let index = lines.length - 1; index >= Math.max(0, lines.length - 25); index--) {
    const line = lines[index]
    if (!line) continue
    const day = days.find(({ start, end }) => start >= line.start && end <= line.end)
    if (!day) continue
    const rest = (line.text.slice(0, day.start - line.start) + line.text.slice(day.end - line.start)).trim()
    const own = rest.replace(/^(?:落款|签发|日期)?:?/, '')
    if (own === '' || orgName.test(own)) {
      const before = lines[index - 1]
      if (own !== '') return { name: line, unit: own, day }
      if (before && orgName.test(before.text)) return { name: before, unit: before.text, day }
      // A day that stands by itself below sentences is the signing day too; one at the head of a page is not.
      if (index > lines.length / 2) return { name: null, unit: null, day }
    }
  }
  return { name: null, unit: null, day: null }
}

/** Who wrote the document and about which year, as far as it says. */
export function identityOf(view: View, days: readonly WrittenDay[], cellTexts: readonly string[]): Identity {
  const lines = filledLines(view)
  const head = lines.slice(0, firstLines)
  let title: Span | null = null
  let titleUnit: string | null = null
  let titleYear: number | null = null
  for (const [index, line] of head.entries()) {
    const previous = head[index - 1]
    const joined =
      previous && orgName.test(previous.text) && !/^(?:名称|标题)/.test(line.text)
        ? previous.text + line.text
        : null
    const match = titleText.exec(line.text) ?? null
    if (!match) continue
    title = line
    const before = trimmed(match[1] ?? '')
    const after = trimmed(match[3] ?? '')
    titleUnit =
      before.length >= 2
        ? before
        : after.length >= 2
          ? after
          : joined === null
            ? null
            : (previous?.text ?? null)
    titleYear = yearOf(match[2])
    break
  }
  const preface = view.text.slice(0, 1500)
  const announcement = announced.exec(preface)
  const signature = signatureOf(lines, days)
  const filledBy = cellTexts
    .map((text) => /填报单位[^:]{0,8}:([\u4e00-\u9fff]{3,30})/.exec(text)?.[1]?.replace(/填报日期.*$/, ''))
    .find((name) => name !== undefined)
  const isLabelled = (index: number): boolean => head[index - 1]?.text.endsWith(':') === true
  const publisher = head
    .map(
      ({ text }, index) =>
        /^(?:发布机构|所属机构|公开机构|发布单位):?([\u4e00-\u9fff]{3,24})?$/.exec(text) &&
        (/:([\u4e00-\u9fff]{3,24})$/.exec(text)?.[1] ?? head[index + 1]?.text),
    )
    .find((name) => name !== undefined && name !== null && orgName.test(name))
  const own = head.find(
    ({ text }, index) => !isLabelled(index) && orgName.test(text) && text.length >= 5,
  )?.text
  const announcedUnit = announcement === null ? null : trimmed(announcement[1] ?? '')
  const cleanAnnounced =
    announcedUnit !== null &&
    new RegExp(`(?:${orgEnd})$`).test(announcedUnit) &&
    !/^(?:我|本|全)/.test(announcedUnit)
      ? announcedUnit
      : null
  const period = /(?:统计|数据|时间)[^。]{0,20}?(20\d\d)年1月1日/.exec(preface)
  const isReport =
    /本(?:年度)?(?:工作)?(?:报告|年报)|(?:现|编制|公布)[^。]{0,60}(?:年度报告|年度工作报告|年报)/.test(
      view.text.slice(0, 800),
    ) ||
    (title !== null && /总结|报告|汇报/.test(view.text.slice(title.start, title.end)))
  const isOther = /(?:方案|办法|规定|制度|细则|计划|要点|指南|通知)$/.test(
    head.find(({ text }) => text.length < 50 && /公开/.test(text))?.text ?? '',
  )
  return {
    unit: titleUnit ?? signature.unit ?? cleanAnnounced ?? filledBy ?? own ?? publisher ?? null,
    year: titleYear ?? yearOf(announcement?.[2]) ?? yearOf(period?.[1]) ?? spokenYear(view.text),
    title,
    titleYear,
    signature: signature.name,
    signed: signature.day,
    isAnnualReport: isReport && !isOther,
  }
}
