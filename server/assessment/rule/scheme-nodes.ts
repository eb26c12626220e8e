import type { LeafScale, RuleDay, Scheme, Veto } from './scheme.ts'
import {
  schemeParts,
  type Below,
  type Field,
  type Reach,
  type SchemeField,
  type SchemePart,
} from './scheme-fields.ts'
import { scaleText, vetoText } from './rule-texts.ts'
import { workbookWords, type SchemeSheet, type Unit } from './scheme-words.ts'

/** The value of a field in one line: a day as `year offset/month/day`, groups joined. */
export type FieldValue = string | number | boolean | null

/** A field with the name and the sheet that it has in its part. */
export interface NamedField extends Field {
  readonly name: SchemeField
  readonly sheet: SchemeSheet
}

/** A part of a scheme as a tree of parts. */
export interface SchemeNode {
  readonly part: SchemePart
  /** What tells it from others of its list; empty where it is the only one. */
  readonly id: string
  readonly title: string | null
  readonly fields: readonly { readonly field: NamedField; readonly value: FieldValue }[]
  readonly below: readonly SchemeNode[]
}

/** Descriptions seen without the types of what they describe. */
export type AnyEntry = 'key' | Field | Below | AnyEntries
export interface AnyEntries {
  readonly [name: string]: AnyEntry
}
interface AnyPart {
  readonly decides: Reach
  readonly ordered: boolean
  readonly id: string | null
  readonly title: string | null
  readonly sheet: SchemeSheet
  readonly fields: AnyEntries
  readonly byMethod?: Readonly<Record<string, AnyEntries>>
}
type Value = Readonly<Record<string, unknown>>

export const partOf = (part: SchemePart): AnyPart => schemeParts[part]

/** The entries of a part, those of its method with them. */
export const entriesOf = (part: SchemePart, method?: unknown): AnyEntries => ({
  ...partOf(part).fields,
  ...partOf(part).byMethod?.[String(method)],
})

export const isField = (entry: AnyEntry): entry is Field =>
  typeof entry === 'object' && 'unit' in entry && typeof entry.unit === 'string'
export const isBelow = (entry: AnyEntry): entry is Below =>
  typeof entry === 'object' && 'part' in entry && typeof entry.part === 'string'

/** Fields with the places of their values, those inside a value with them. */
export function fieldsAmong(
  entries: AnyEntries,
  sheet: SchemeSheet,
): (readonly [path: string[], NamedField])[] {
  return Object.entries(entries).flatMap(([name, entry]) => {
    if (entry === 'key' || isBelow(entry)) return []
    if (isField(entry)) return [[[name], { name: name as SchemeField, sheet, ...entry }] as const]
    return fieldsAmong(entry, sheet).map(([path, field]) => [[name, ...path], field] as const)
  })
}

/** Every field that a part may have, whatever its method. */
export function fieldsOf(part: SchemePart): NamedField[] {
  const { fields, byMethod, sheet } = partOf(part)
  return [fields, ...Object.values(byMethod ?? {})].flatMap((entries) =>
    fieldsAmong(entries, sheet).map(([, field]) => field),
  )
}

/** A field of a part by its name; undefined for one that it does not have. */
export const fieldOf = (part: SchemePart, name: SchemeField): NamedField | undefined =>
  fieldsOf(part).find((field) => field.name === name)

/** The value at a place inside another. */
export const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inside, name) => (inside as Value)[name], value)

/** The values that take more than one line can say as they stand. */
const lines: { readonly [Of in Unit]?: (value: never) => FieldValue } = {
  names: (names: readonly string[]) => names.join('、'),
  day: ({ yearOffset, month, day }: RuleDay) => `${yearOffset}/${month}/${day}`,
  vetoes: (vetoes: readonly Veto[]) => vetoText(vetoes),
  scale: (scale: LeafScale) =>
    scale.type === 'free' ? null : `${workbookWords.scaleType[scale.type]} ${scaleText(scale)}`,
  english: (words: Readonly<Record<string, string>>) =>
    Object.entries(words)
      .map(([chinese, english]) => `${chinese}=${english}`)
      .join('；'),
}

function lineOf({ unit }: Field, value: unknown): FieldValue {
  const line = lines[unit]
  return value === null || !line ? (value as FieldValue) : line(value as never)
}

function nodeOf(part: SchemePart, value: Value): SchemeNode {
  const { id, title, sheet } = partOf(part)
  const entries = entriesOf(part, value.method)
  return {
    part,
    id: id === null ? '' : String(value[id]),
    title: title === null ? null : String(value[title]),
    fields: fieldsAmong(entries, sheet).map(([path, field]) => ({
      field,
      value: lineOf(field, valueAt(value, path)),
    })),
    below: Object.entries(entries).flatMap(([name, entry]) => {
      if (!isBelow(entry) || value[name] === null) return []
      return [value[name]].flat().map((item) => nodeOf(entry.part, item as Value))
    }),
  }
}

/** A scheme as a tree of its parts and their fields. */
export const schemeNode = (scheme: Scheme): SchemeNode => nodeOf('scheme', { ...scheme })

export const schemePartNames = Object.keys(schemeParts) as readonly SchemePart[]
