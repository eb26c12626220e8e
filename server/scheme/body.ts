import { z } from 'zod'
import { roundings } from '#assessment/rational'
import {
  dayCounts,
  missingValues,
  publicities,
  tieRules,
  type Indicator,
  type Scheme,
} from '#assessment/rule/scheme'
import { triggers } from '#assessment/rule/trigger'

/** The shape of a scheme as it is typed; whether it can be used is for `checkScheme` to say. */
const words = (max: number) => z.string().max(max)
const key = z.string().trim().min(1).max(200)
const name = words(200)
const clause = words(500)
const points = z.int().min(-100_000_000).max(100_000_000)
const number = words(20)
const due = z.strictObject({
  yearOffset: z.int().min(0).max(2),
  month: z.int().min(1).max(12),
  day: z.int().min(1).max(31),
})

/** 指标体系 has at most this many levels. */
const levels = 4

const indicator = (below: number): z.ZodType<Indicator> =>
  z.strictObject({
    key,
    name,
    full: number.nullable(),
    scoring: words(2000).nullable(),
    evidence: words(2000).nullable(),
    responsible: name.nullable(),
    groups: z.array(name).max(100).nullable(),
    clause: clause.nullable(),
    children: below === 0 ? z.array(z.never()).max(0) : z.array(indicator(below - 1)).max(200),
  })

const kind = z.strictObject({
  key,
  name,
  points,
  trigger: z.enum(triggers),
  provider: name.nullable(),
  rectifyWithin: z.strictObject({ days: points, count: z.enum(dayCounts) }),
  cap: points.nullable(),
  chargedUpward: z.boolean(),
  veto: name.nullable(),
  clause,
})

const common = { key, name, weight: points, clause }
const component = z.discriminatedUnion('method', [
  z.strictObject({
    ...common,
    method: z.literal('deductions'),
    base: points,
    floor: points,
    kinds: z.array(kind).max(200),
  }),
  z.strictObject({
    ...common,
    method: z.literal('verified-marks'),
    windows: z.array(z.strictObject({ key, name, due })).max(12),
    indicators: z.array(indicator(levels - 1)).max(200),
    missingWindow: z.enum(missingValues),
  }),
  z.strictObject({
    ...common,
    method: z.literal('external'),
    full: number,
    dimensions: z.array(z.strictObject({ key, name, full: number })).max(200),
    missing: z.enum(missingValues),
  }),
])

export const schemeBody: z.ZodType<Scheme> = z.strictObject({
  name: z.string().trim().min(1).max(200),
  source: words(500),
  components: z.array(component).max(20),
  grades: z.array(z.strictObject({ name, from: points })).max(20),
  decimals: points,
  rounding: z.enum(roundings),
  ties: z.enum(tieRules),
  rankAcrossGroups: z.boolean(),
  bonus: z.strictObject({ name, unlockedFrom: points, cap: points, clause }).nullable(),
  excellenceQuota: z.strictObject({ percent: points, clause }).nullable(),
  appealWithin: z.int().min(0).max(366),
  publicity: z.enum(publicities),
  milestones: z.array(z.strictObject({ key, name, due, clause })).max(50),
})
