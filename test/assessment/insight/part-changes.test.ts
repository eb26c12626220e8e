import { expect, it } from 'vitest'
import { partChanges } from '#assessment/insight/part-changes'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import type { ComponentScore } from '#assessment/score/scorecard'

const scores = (...values: (string | null)[]) =>
  municipal.components.map(
    ({ key, name, weight }, place) => ({ key, name, weight, score: values[place] ?? null }) as ComponentScore,
  )
const before = (...values: (string | null)[]) => ({
  scheme: municipal,
  components: Object.fromEntries(
    municipal.components.map(({ name }, place) => [name, values[place] ?? null]),
  ),
})
const changes = (card: ComponentScore[], earlier: ReturnType<typeof before>, scheme: Scheme = municipal) =>
  partChanges({ components: card, scale: 10_000 }, scheme, earlier).map(({ name, change }) => [name, change])
const [ledger, self, external] = municipal.components.map(({ name }) => name)

it('tells by how many points of the composite each part moved it, the largest fall first', () => {
  // 0.30 × (97 − 98.50), 0.40 × (85 − 90), 0.30 × (88 − 80)
  expect(changes(scores('97.00', '85.00', '88.00'), before('98.50', '90.00', '80.00'))).toEqual([
    [self, '-2.00'],
    [ledger, '-0.45'],
    [external, '2.40'],
  ])
})

it('compares nothing that one of the years does not know', () => {
  expect(changes(scores('97.00', null, '88.00'), before('98.50', '90.00', null))).toEqual([[ledger, '-0.45']])
})

it('compares nothing with a year whose rule did not have the part', () => {
  const without = { ...municipal, components: municipal.components.slice(0, 1) }
  const earlier = { ...before('98.50', '90.00', '80.00'), scheme: without }
  expect(changes(scores('97.00', '85.00', '88.00'), earlier)).toEqual([[ledger, '-0.45']])
})

it('counts on the scale of the unit', () => {
  const { components } = { components: scores('97.00', '85.00', '88.00') }
  const [first] = partChanges({ components, scale: 15_000 }, municipal, before('98.50', '90.00', '80.00'))
  expect(first?.change).toBe('-3.00')
})

it('leaves out a part that is scored otherwise than before', () => {
  const otherwise: Scheme = {
    ...municipal,
    components: municipal.components.map((component) =>
      component.method === 'deductions' ? { ...component, base: 9000 } : component,
    ),
  }
  const names = changes(scores('97.00', '85.00', '88.00'), before('98.50', '90.00', '80.00'), otherwise)
  expect(names.map(([name]) => name)).toEqual([self, external])
})
