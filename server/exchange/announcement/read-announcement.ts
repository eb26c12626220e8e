import { dayOfWeek, daysBetween, isDay, type Day } from '../../assessment/day.ts'
import { daysOfSpan, isWeekend, type AnnouncedSpan } from '../../assessment/working-days.ts'
import { Unread, type AnnouncementFault } from './faults.ts'

/** A sentence of it as it was read, or why it was not. */
export interface AnnouncedLine {
  /** As written, cut to what fits a line. */
  readonly text: string
  readonly spans: readonly AnnouncedSpan[]
  readonly fault: AnnouncementFault | null
}

const longest = 20_000
const shownText = 80
const mostDays = 40
const names = ['元旦', '春节', '清明节', '劳动节', '端午节', '中秋节', '国庆节'] as const
const weekdays = '日一二三四五六'

const token = new RegExp(
  [
    String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?`,
    '(至|到|[-—–~]+)',
    '(放假|补休|调休|上班)',
    String.raw`共(\d{1,2})天`,
    `(${names.join('|')}|清明|端午|中秋|国庆)`,
  ].join('|'),
  'g',
)

const two = (value: number): string => String(value).padStart(2, '0')

interface Reading {
  readonly year: number
  name: string | null
  /** 放假 of 元旦 may begin in the year before. */
  month: number | null
}

/** Reads one sentence; holidays are named once for several of them. Throws Unread. */
function readSentence(text: string, reading: Reading): AnnouncedSpan[] {
  const spans: AnnouncedSpan[] = []
  let waiting: { from: Day; to: Day }[] = []
  let isRange = false
  let off: { readonly from: Day; readonly to: Day }[] = []

  const dayFrom = (groups: readonly (string | undefined)[], written: string): Day => {
    const month = groups[1] === undefined ? reading.month : Number(groups[1])
    if (month === null) throw new Unread('unread', { text: written })
    reading.month = month
    const day = `${groups[0] ?? reading.year}-${two(month)}-${two(Number(groups[2]))}`
    if (!isDay(day)) throw new Unread('no-such-day', { text: written })
    const stated = /(?:周|星期)([日天一二三四五六])/.exec(groups[3] ?? '')?.[1]?.replace('天', '日')
    const weekday = weekdays[dayOfWeek(day)]
    if (stated !== undefined && stated !== weekday)
      throw new Unread('weekday-differs', { text: written, day, weekday: weekday ?? '' })
    return day
  }

  for (const [written, ...groups] of text.matchAll(token)) {
    const [, , date, , to, verb, total, name] = groups
    const last = waiting.at(-1)
    if (name !== undefined) reading.name = names.find((full) => full.startsWith(name)) ?? name
    else if (to !== undefined) isRange = last !== undefined
    else if (date !== undefined) {
      const day = dayFrom(groups, written)
      if (isRange && last) last.to = day
      else waiting.push({ from: day, to: day })
      isRange = false
    } else if (verb !== undefined && waiting.length > 0) {
      for (const span of waiting) {
        // 12月30日至1月1日: it begins in the year before.
        if (span.from > span.to) span.from = `${Number(span.from.slice(0, 4)) - 1}${span.from.slice(4)}`
        if (daysBetween(span.from, span.to) >= mostDays)
          throw new Unread('too-long', { from: span.from, to: span.to })
        spans.push({ name: reading.name, use: verb === '上班' ? 'worked' : 'off', ...span })
      }
      if (verb !== '上班') off = waiting
      waiting = []
    } else if (total !== undefined && off.length > 0 && !text.includes('连休')) {
      const days = off.reduce((sum, span) => sum + daysBetween(span.from, span.to) + 1, 0)
      if (days !== Number(total)) throw new Unread('length-differs', { stated: Number(total), days })
    }
  }
  if (waiting.length > 0) throw new Unread('unread', { text: text.slice(0, shownText) })
  const worked = spans.flatMap((span) => (span.use === 'worked' ? daysOfSpan(span) : []))
  const weekday = worked.find((day) => !isWeekend(day))
  if (weekday !== undefined) throw new Unread('worked-weekday', { day: weekday })
  const stray = spans.find(
    ({ from, to }) => from < `${reading.year - 1}-12-01` || to > `${reading.year + 1}-01-31`,
  )
  if (stray) throw new Unread('other-year', { day: stray.from, year: reading.year })
  return spans
}

/**
 * Reads the yearly announcement of the State Council as it is published, or days typed in its manner:
 * `春节：2月15日（周日）至23日（周一）放假调休，共9天。2月14日（周六）上班。` Sentences without a day are passed over. What it says twice
 * of itself, a day and its weekday, a stretch and its length, must agree. Pure.
 */
export function readAnnouncement(text: string, year: number): AnnouncedLine[] {
  const reading: Reading = { year, name: null, month: null }
  const sentences = text
    .slice(0, longest)
    .normalize('NFKC')
    .split(/[。;\n]/)
  const lines: AnnouncedLine[] = []
  for (const sentence of sentences) {
    const written = sentence.replace(/\s+/g, '')
    const name = written.match(token)?.find((word) => names.some((full) => full.startsWith(word)))
    if (!/\d日/.test(written) || !/放假|补休|调休|上班/.test(written)) {
      if (name !== undefined) reading.name = names.find((full) => full.startsWith(name)) ?? null
      continue
    }
    const about = { text: written.slice(0, shownText) }
    try {
      const spans = readSentence(written, reading)
      if (spans.length > 0) lines.push({ ...about, spans, fault: null })
    } catch (error) {
      if (!(error instanceof Unread)) throw error
      lines.push({ ...about, spans: [], fault: error.fault })
    }
  }
  return lines
}
