import { eraOf, type Era } from '../sources.ts'
import { breakdownsIn, type Breakdown } from './breakdowns.ts'
import { daysIn, type WrittenDay } from './dates.ts'
import { figuresIn, type FormFigures } from './figures.ts'
import type { FormSign } from './forms.ts'
import { headingsIn, type Heading } from './headings.ts'
import { identityOf, type Identity } from './identity.ts'
import { proseOf, type Prose } from './prose.ts'
import { quantitiesIn, type Quantity } from './quantities.ts'
import { statementsIn, type Statement } from './statements.ts'
import { linesOf, type Line } from './tables.ts'
import { verdictsIn, type Verdict } from './verdicts.ts'
import type { Span, View } from './view.ts'

/** A part of the report under a heading of its outermost level. */
export interface Section {
  readonly heading: Heading
  /** Behind the heading up to the next one. */
  readonly body: Span
}

/** One document as rules read it: in folded form, every place of which can be traced to the text as read. */
export interface Report extends Identity {
  readonly era: Era
  readonly folded: View
  readonly lines: readonly Line[]
  readonly prose: Prose
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
  readonly quantities: readonly Quantity[]
  readonly breakdowns: readonly Breakdown[]
  readonly verdicts: readonly Verdict[]
  readonly statements: readonly Statement[]
  readonly days: readonly WrittenDay[]
  readonly figures: FormFigures
  /** Whether the text breaks off amid a sentence, so that what is missing may stand behind it. */
  readonly isCut: boolean
}

function sectionsOf(headings: readonly Heading[], text: string): Section[] {
  const style = headings.some((heading) => heading.style === 'part') ? 'part' : 'chapter'
  const own = headings.filter((heading) => heading.style === style)
  return own.map((heading, index) => ({
    heading,
    body: { start: heading.end, end: own[index + 1]?.start ?? text.length },
  }))
}

/**
 * Reads one document. A unit and a year that are known go before what it says of itself, unless its file holds several,
 * each of which says itself whose it is.
 */
export function readReport(
  folded: View,
  known: { readonly unit?: string | undefined; readonly year?: number | undefined },
  isOneOfSeveral = false,
): Report {
  const lines = linesOf(folded)
  const prose = proseOf(folded, lines)
  const days = daysIn(prose.text)
  const tableTexts = lines.flatMap(({ isTable, cells }) =>
    isTable ? cells.map(({ text }) => text.replace(/\s+/g, '')) : [],
  )
  const identity = identityOf(prose, days, tableTexts)
  const prefer = <Value>(given: Value | undefined, read: Value | null): Value | null =>
    isOneOfSeveral ? (read ?? given ?? null) : (given ?? read)
  const year = prefer(known.year, identity.year)
  const quantities = quantitiesIn(prose.text)
  const breakdowns = breakdownsIn(prose.text, quantities)
  const headings = headingsIn(prose)
  const sections = sectionsOf(headings, prose.text)
  const figures = figuresIn(lines, year ?? 0)
  return {
    ...identity,
    unit: prefer(known.unit, identity.unit),
    year,
    era: year === null ? eraByForms(figures.signs) : eraOf(year),
    folded,
    lines,
    prose,
    headings,
    sections,
    quantities,
    breakdowns,
    verdicts: verdictsIn(prose.text, breakdowns),
    statements: statementsIn(prose.text, quantities, breakdowns, year),
    days,
    figures,
    isCut: identity.signed === null && breaksOff(prose.text, lines, sections),
  }
}

/** Whether the text ends amid a sentence, or in a table that other parts must follow. */
function breaksOff(text: string, lines: readonly Line[], sections: readonly Section[]): boolean {
  const isInTable = lines.findLast(({ cells }) => cells.some((cell) => cell.text !== ''))?.isTable === true
  if (isInTable) return /主动公开|申请/.test(sections.at(-1)?.heading.title ?? '')
  const last = text.trimEnd().split('\n').at(-1) ?? ''
  return /[,。;:、][^,。;]*[\u4e00-\u9fff,、]$/.test(last) && !/电话|邮箱|版权|备案|主办|地址|邮编/.test(last)
}

/** The era of a report that names no year, by the tables that it holds. */
const eraByForms = (signs: ReadonlySet<FormSign>): Era =>
  signs.has('disclosure-2021')
    ? '2021'
    : signs.has('disclosure-2019') || signs.has('requests')
      ? '2019'
      : '2007'
