import { fieldNamed, fieldNames, fields } from './fields.ts'
import {
  componentsOf,
  gradesOf,
  groupsOf,
  type CircularSource,
  type Narrowed,
  type Narrowing,
} from './figures.ts'
import { optionalParts, templateParts, type CircularTemplate, type TemplatePart } from './template.ts'

/** Words that may stand after a field's colon. */
export type KnownWords = Readonly<Record<Narrowing, readonly string[]>>

export const wordsOf = (body: CircularSource['body']): KnownWords => ({
  grade: gradesOf(body),
  group: groupsOf(body),
  component: componentsOf(body),
})

/** What is wrong with a template, and where: `paragraph` counts the lines of a part from 1. */
export interface TemplateFault {
  readonly part: TemplatePart
  readonly paragraph: number
  readonly code: 'empty' | 'unclosed' | 'unknown-field' | 'unknown-word' | 'word-missing'
  /** The field or word as it was typed. */
  readonly typed: string
  /** The field or word that was probably meant. */
  readonly meant: string | null
}

interface Asked {
  readonly name: string
  readonly words: readonly string[]
}

const fieldPattern = /\{\{([^{}]*)\}\}/g
const strayBraces = /\{\{|\}\}/

const askedIn = (inner: string): Asked => {
  const [name = '', ...words] = inner.split(/[:：]/).map((part) => part.trim())
  return { name, words }
}
const fieldsIn = (text: string): Asked[] =>
  [...text.matchAll(fieldPattern)].map(([, inner = '']) => askedIn(inner))

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, right] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (left === right ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? b.length
}

/** The known name most like the typed one; null when none is alike. */
function nearest(typed: string, known: readonly string[]): string | null {
  const ranked = known
    .map((name) => ({ name, apart: distance(typed, name) }))
    .sort((a, b) => a.apart - b.apart)
  const [first] = ranked
  return first && first.apart <= Math.max(1, Math.ceil(first.name.length / 2)) ? first.name : null
}

const kindOfWord = (word: string, takes: readonly Narrowing[], known: KnownWords): Narrowing | undefined =>
  takes.find((kind) => known[kind].includes(word))

function faultsOfField({ name, words }: Asked, line: string, known: KnownWords) {
  const field = fieldNamed(name)
  if (!field) return [{ code: 'unknown-field' as const, typed: name, meant: nearest(name, fieldNames) }]
  const unknown = words
    .filter((word) => kindOfWord(word, field.takes, known) === undefined)
    .map((word) => ({
      code: 'unknown-word' as const,
      typed: word,
      meant: nearest(
        word,
        field.takes.flatMap((kind) => known[kind]),
      ),
    }))
  if (unknown.length > 0) return unknown
  const { needs } = field
  if (needs === undefined || needs === 'group' || name === '等次') return []
  const told =
    words.some((word) => kindOfWord(word, [needs], known)) ||
    (needs === 'grade' && fieldsIn(line).some((one) => one.name === '等次'))
  return told ? [] : [{ code: 'word-missing' as const, typed: name, meant: known[needs][0] ?? null }]
}

/** Everything wrong with a template in view of the grades, groups and components there are; empty = it can be used. */
export function checkTemplate(template: CircularTemplate, known: KnownWords): TemplateFault[] {
  return templateParts.flatMap((part): TemplateFault[] => {
    const text = template[part]
    if (text.trim() === '')
      return optionalParts.includes(part)
        ? []
        : [{ part, paragraph: 1, code: 'empty' as const, typed: '', meant: null }]
    return text.split('\n').flatMap((line, index) => {
      const at = { part, paragraph: index + 1 }
      const stray = strayBraces.exec(line.replace(fieldPattern, ''))
      return [
        ...(stray ? [{ ...at, code: 'unclosed' as const, typed: stray[0], meant: null }] : []),
        ...fieldsIn(line).flatMap((asked) =>
          faultsOfField(asked, line, known).map((fault) => ({ ...at, ...fault })),
        ),
      ]
    })
  })
}

function filledOnce(line: string, source: CircularSource, at: Narrowed): string | null {
  const known = wordsOf(source.body)
  let silent = false
  const text = line.replace(fieldPattern, (_, inner: string) => {
    const { name, words } = askedIn(inner)
    const field = fieldNamed(name)
    if (!field) throw new RangeError(`unknown field ${name}`)
    const narrowed: Partial<Record<Narrowing, string>> = {}
    for (const kind of field.takes) if (kind in at) narrowed[kind] = at[kind]
    for (const word of words) {
      const kind = kindOfWord(word, field.takes, known)
      if (kind === undefined) throw new RangeError(`unknown word ${word}`)
      narrowed[kind] = word
    }
    const value = field.value(source, narrowed)
    if (value === null) silent = true
    return value ?? ''
  })
  return silent ? null : text
}

/**
 * One line with its fields filled in: none when a field has nothing to say, several when it names 等次 or 分组, one for each that holds
 * units. Throws RangeError for a field that `checkTemplate` would refuse.
 */
export function filled(line: string, source: CircularSource): string[] {
  const names = new Set(fieldsIn(line).map(({ name }) => name))
  const groups = names.has('分组') ? groupsOf(source.body) : [undefined]
  const grades = names.has('等次') ? gradesOf(source.body) : [undefined]
  return groups.flatMap((group) =>
    grades.flatMap((grade) => {
      const at = { ...(group === undefined ? {} : { group }), ...(grade === undefined ? {} : { grade }) }
      if (grade !== undefined && fields.单位数.value(source, at) === '0') return []
      return filledOnce(line, source, at) ?? []
    }),
  )
}
