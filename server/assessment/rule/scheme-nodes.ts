import type { RuleDay, Scheme } from './scheme.ts'
import { schemeParts, type Field, type SchemeField, type SchemePart } from './scheme-fields.ts'

/** The value of a field in one line: a day as `year offset/month/day`, groups joined. */
export type FieldValue = string | number | boolean | null

/** A field of a part and what it holds there. */
export interface FieldAt {
  readonly field: Field<Exclude<SchemeField, 'order'>>
  readonly value: FieldValue
}

/** A part of a scheme as a tree of parts, as `schemeParts` describes it. */
export interface SchemeNode {
  readonly part: SchemePart
  /** What tells it from others of its list; empty where it is the only one. */
  readonly id: string
  readonly title: string | null
  readonly fields: readonly FieldAt[]
  readonly below: readonly SchemeNode[]
}

/** A description seen without the types of what it describes. */
export type AnyEntry =
  | FieldAt['field']
  | { readonly entry: 'key' }
  | { readonly entry: 'group'; readonly fields: AnyEntries }
  | { readonly entry: 'parts' | 'part'; readonly part: SchemePart; readonly most: number }
export type AnyEntries = Readonly<Record<string, AnyEntry>>
type Value = Readonly<Record<string, unknown>>

/** The entries of a part, those of its method with them. */
export function entriesOf(part: SchemePart, method?: unknown): AnyEntries {
  const described: { readonly fields: AnyEntries; readonly byMethod?: Readonly<Record<string, AnyEntries>> } =
    schemeParts[part]
  return { ...described.fields, ...described.byMethod?.[String(method)] }
}

const lineOf = ({ unit }: Field, value: unknown): FieldValue => {
  if (value === null) return null
  if (unit.type === 'names') return (value as readonly string[]).join('、')
  if (unit.type !== 'day') return value as FieldValue
  const { yearOffset, month, day } = value as RuleDay
  return `${yearOffset}/${month}/${day}`
}

function fieldsIn(entries: AnyEntries, value: Value): FieldAt[] {
  return Object.entries(entries).flatMap(([name, entry]): FieldAt[] => {
    if (entry.entry === 'group') return fieldsIn(entry.fields, value[name] as Value)
    return entry.entry === 'field' ? [{ field: entry, value: lineOf(entry, value[name]) }] : []
  })
}

function nodeOf(part: SchemePart, value: Value): SchemeNode {
  const { id, title } = schemeParts[part]
  const entries = entriesOf(part, value.method)
  return {
    part,
    id: id === null ? '' : String(value[id]),
    title: title === null ? null : String(value[title]),
    fields: fieldsIn(entries, value),
    below: Object.entries(entries).flatMap(([name, entry]) => {
      if (entry.entry === 'part')
        return value[name] === null ? [] : [nodeOf(entry.part, value[name] as Value)]
      return entry.entry === 'parts'
        ? (value[name] as readonly Value[]).map((one) => nodeOf(entry.part, one))
        : []
    }),
  }
}

/** A scheme as a tree of its parts and their fields. */
export const schemeNode = (scheme: Scheme): SchemeNode => nodeOf('scheme', { ...scheme })

const fieldsAmong = (entries: AnyEntries): FieldAt['field'][] =>
  Object.values(entries).flatMap((entry) => {
    if (entry.entry === 'group') return fieldsAmong(entry.fields)
    return entry.entry === 'field' ? [entry] : []
  })

/** Every field that a part may have, whatever its method. */
export function fieldsOf(part: SchemePart): FieldAt['field'][] {
  const described = schemeParts[part]
  const byMethod = 'byMethod' in described ? Object.values(described.byMethod) : []
  return [described.fields, ...byMethod].flatMap(fieldsAmong)
}

export const schemePartNames = Object.keys(schemeParts) as readonly SchemePart[]
/** Every name that a difference may bear. */
export const schemeFields: readonly SchemeField[] = [
  ...new Set(schemePartNames.flatMap(fieldsOf).map(({ name }) => name)),
  'order',
]
