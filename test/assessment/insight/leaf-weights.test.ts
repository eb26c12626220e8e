import { describe, expect, it } from 'vitest'
import { effectiveWeights } from '#assessment/insight/effective-weights'
import { leafWeights } from '#assessment/insight/leaf-weights'
import { presets } from '#assessment/presets/registry'
import { leavesOf, verifiedComponents, type Scheme } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { noFacts, plainCalendar } from '../../fixtures/facts.ts'

const scheme: Scheme = { ...presets.school, decimals: 6 }
const leaves = verifiedComponents(scheme).flatMap(({ indicators }) => leavesOf(indicators))
const unitIds = ['a', 'b', 'c', 'd']

const noMark = { component: 'outside', window: null, dimension: null, on: null }
const externalOf = (key: string): Scheme['components'][number] => ({
  key,
  name: '外评',
  weight: 5000,
  clause: '',
  method: 'external',
  full: '100',
  dimensions: [],
  missing: 'pending',
  variants: [],
  windows: [],
})

/** Marks of the leaves by unit; full marks where none are told. */
function marked(told: Readonly<Record<string, readonly (string | null)[]>>): Facts {
  return {
    ...noFacts,
    units: unitIds.map((id) => ({ id, name: id, parentId: null })),
    participants: unitIds.map((unitId) => ({ unitId, group: '学校' })),
    verified: unitIds.flatMap((unitId, at) =>
      leaves.map(({ key, full }) => ({
        unitId,
        component: 'checklist',
        window: 'year',
        leaf: key,
        full: full as string,
        marks: told[key] ? (told[key][at] ?? ('not-applicable' as const)) : full,
        claimed: null,
        on: null,
      })),
    ),
  }
}
const leavesBy = (facts: Facts) => {
  const assessed = assess(scheme, facts, '2018-02-01', plainCalendar)
  return { assessed, ranking: leafWeights(assessed, scheme)[0]?.leaves ?? [] }
}

describe('what the leaves of a checklist do', () => {
  const { assessed, ranking } = leavesBy(
    marked({
      1.1: ['9', '6', '3', '0'],
      1.2: ['0', '1', '2', '3'],
      1.3: ['4', '4', '4', '4'],
      2.1: ['9', '5', null, '1'],
    }),
  )
  const of = (key: string) => ranking.find((leaf) => leaf.key === key)

  it('names those on which everyone has full marks, nobody differs, or that run against the composite', () => {
    expect(of('1.1')).toMatchObject({ name: '基本情况', area: '学校管理', fault: null })
    expect(of('1.2')?.fault).toBe('against')
    expect(of('1.3')?.fault).toBe('no-spread')
    expect(of('3.1')?.fault).toBe('all-full')
    expect(of('2.1')?.fault).toBeNull()
  })
  it('shares out what the parts do: the leaves together are their component', () => {
    const [part] = effectiveWeights(assessed, scheme)[0]?.components ?? []
    const together = ranking.reduce((sum, { effective }) => sum + (effective ?? NaN), 0)
    expect(together).toBeCloseTo(part?.effective ?? NaN, 6)
  })
  it('does so on a scale of 150, with two decimals and a ceiling that units reach', () => {
    const held: Scheme = { ...scheme, decimals: 2, scale: 15_000, ceiling: 14_500 }
    const told = assess(held, marked({ 1.1: ['9', '6', '3', '0'] }), '2018-02-01', plainCalendar)
    const [part] = effectiveWeights(told, held)[0]?.components ?? []
    const { leaves: own } = leafWeights(told, held)[0] ?? { leaves: [] }
    expect(told.standings[0]?.composite).toBe('145.00')
    expect(own.reduce((sum, { effective }) => sum + (effective ?? NaN), 0)).toBeCloseTo(
      part?.effective ?? NaN,
      6,
    )
    expect(own.find(({ key }) => key === '1.1')?.effective).toBeCloseTo(1, 6)
  })
  it('finds no fault with a leaf of which a single unit has marks', () => {
    const told = leavesBy(marked({ 2.1: ['9', null, null, null] })).ranking
    expect(told.find(({ key }) => key === '2.1')?.fault).toBeNull()
  })
  it('leaves out units to which the checklist does not apply', () => {
    const hospital = '医院'
    const mixed: Scheme = {
      ...scheme,
      rankAcrossGroups: true,
      components: [
        ...scheme.components.map((one) => ({
          ...one,
          variants: [{ group: hospital, weight: 'not-applicable' as const, full: null }],
        })),
        externalOf('outside'),
      ],
    }
    const all = marked({ 1.1: ['9', '9', '0', '0'] })
    const facts: Facts = {
      ...all,
      participants: all.participants.map((one) => (one.unitId < 'c' ? one : { ...one, group: hospital })),
      verified: all.verified.filter(({ unitId }) => unitId < 'c'),
      external: unitIds.map((unitId) => ({ ...noMark, unitId, marks: '80' })),
    }
    const [ranking] = leafWeights(assess(mixed, facts, '2018-02-01', plainCalendar), mixed)
    expect(ranking?.leaves.find(({ key }) => key === '1.1')).toMatchObject({ fault: 'all-full' })
  })
  it('says nothing of shares while all composites are equal, nor of leaves without marks', () => {
    expect(
      leavesBy(marked({})).ranking.every(
        ({ effective, fault }) => effective === null && fault === 'all-full',
      ),
    ).toBe(true)
    const none = { ...marked({}), verified: [] }
    expect(leavesBy(none).ranking).toEqual([])
  })
})
