import { z } from 'zod'
import { roundings } from '#assessment/rational'
import {
  dayCounts,
  effects,
  methods,
  missingValues,
  publicities,
  scaleTypes,
  shareRoundings,
  tieRules,
  tiesAcross,
  type Scheme,
} from '#assessment/rule/scheme'
import type { SchemePart } from '#assessment/rule/scheme-fields'
import { entriesOf, isBelow, isField, partOf, type AnyEntries } from '#assessment/rule/scheme-nodes'
import type { Unit, Values } from '#assessment/rule/scheme-words'
import { triggers } from '#assessment/rule/trigger'

/*
 * The shape of a scheme as it is typed, after its description (`assessment/rule/scheme-fields.ts`); whether it can be used is for `checkScheme`
 * to say.
 */
const words = (max: number) => z.string().max(max)
const key = z.string().trim().min(1).max(200)
const name = words(200)
const wholeNumber = z.int().min(-100_000_000).max(100_000_000)

const decimal = words(20)
const levelOf = z.strictObject({ word: name, marks: decimal })
const stepOf = z.strictObject({ atLeast: decimal, marks: decimal })

/** 计分方式 of a leaf. */
export const scaleBody = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('free') }),
  z.strictObject({ type: z.literal('levels'), levels: z.array(levelOf).max(50).readonly() }),
  z.strictObject({ type: z.literal('steps'), steps: z.array(stepOf).max(50).readonly() }),
  z.strictObject({
    type: z.literal('rate'),
    target: decimal,
    step: decimal,
    off: decimal,
    floor: decimal,
    whenBegun: z.boolean(),
  }),
  z.strictObject({ type: z.literal('checklist'), off: decimal }),
])

const shapeOf: { readonly [Of in Unit]: z.ZodType<Values[Of]> } = {
  name,
  title: z.string().trim().min(1).max(200),
  clause: words(500),
  prose: words(2000),
  decimal,
  points: wholeNumber,
  positive: wholeNumber,
  ceiling: z.union([wholeNumber, z.enum(['full', 'none'])]),
  groupWeight: z.union([wholeNumber, z.literal('not-applicable')]),
  count: wholeNumber,
  flag: z.boolean(),
  across: z.boolean(),
  day: z.strictObject({
    yearOffset: z.int().min(0).max(2),
    month: z.int().min(1).max(12),
    day: z.int().min(1).max(31),
  }),
  names: z.array(name).max(100),
  scale: scaleBody,
  vetoes: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('grade'), grade: name }),
        z.strictObject({ type: z.literal('at-most'), composite: wholeNumber }),
        z.strictObject({ type: z.literal('last') }),
      ]),
    )
    .max(20),
  english: z.record(name, name),
  method: z.enum(methods),
  trigger: z.enum(triggers),
  dayCount: z.enum(dayCounts),
  missing: z.enum(missingValues),
  rounding: z.enum(roundings),
  ties: z.enum(tieRules),
  publicity: z.enum(publicities),
  effect: z.enum(effects),
  shareRounding: z.enum(shareRoundings),
  tieAcross: z.enum(tiesAcross),
  scaleType: z.enum(scaleTypes),
}

/** A part may hold parts of its own kind, as 指标体系 does, so many levels deep at most. */
const levels = 6

function shapesOf(entries: AnyEntries, owner: SchemePart, level: number): Record<string, z.ZodType> {
  const shapes = Object.entries(entries).map(([property, entry]): [string, z.ZodType] => {
    if (entry === 'key') return [property, key]
    if (isBelow(entry)) {
      const { part, most } = entry
      const inside = part === owner ? level + 1 : 1
      if (inside > levels) return [property, z.array(z.never()).max(0)]
      const shape = partShape(part, inside)
      return [property, most === 'one' ? shape.nullable() : z.array(shape).max(most)]
    }
    if (!isField(entry)) return [property, z.strictObject(shapesOf(entry, owner, level))]
    const shape = entry.most === undefined ? shapeOf[entry.unit] : z.int().min(0).max(entry.most)
    return [property, entry.orNone ? shape.nullable() : shape]
  })
  return Object.fromEntries(shapes)
}

function partShape(part: SchemePart, level = 1): z.ZodType {
  const byMethod = Object.keys(partOf(part).byMethod ?? {}).map((method) =>
    z.strictObject({ ...shapesOf(entriesOf(part, method), part, level), method: z.literal(method) }),
  )
  const [first, ...others] = byMethod
  return first
    ? z.discriminatedUnion('method', [first, ...others])
    : z.strictObject(shapesOf(entriesOf(part), part, level))
}

/** The description that it follows holds the types of every field. */
export const schemeBody = partShape('scheme') as z.ZodType<Scheme>
