import { describe, expect, it } from 'vitest'
import { presets } from '#assessment/presets/registry'
import {
  addBelow,
  copyOf,
  countBelow,
  freshKey,
  fullMarksOf,
  figureReaders,
  keysIn,
  moveTo,
  newComponent,
  newIndicator,
  newKind,
  pointsText,
  type Draft,
} from '../../web/components/scheme/scheme-draft.ts'

const valueIn = <Value>(read: { readonly value: Value } | { readonly refused: string }): Value | undefined =>
  'value' in read ? read.value : undefined
const hundredthsOf = (text: string) => valueIn(figureReaders.points(text))
const draft = (): Draft => structuredClone(presets.municipal) as Draft
function treeOf(scheme: Draft) {
  const found = scheme.components.find((one) => one.method === 'verified-marks')
  if (found?.method !== 'verified-marks') throw new Error('no tree')
  return found.indicators
}

describe('numbers typed into a scheme', () => {
  it.each([
    ['1.5', 150],
    ['30', 3000],
    [' 0.05 ', 5],
    ['1.505', undefined],
    ['', undefined],
    ['-1', undefined],
    ['一', undefined],
    ['1,5', undefined],
    ['２．５分', 250],
  ])('%s is %s hundredths', (text, value) => {
    expect(hundredthsOf(text)).toBe(value)
  })
  it('come back as they are read', () => {
    for (const value of [0, 5, 150, 3000, 10_000, 3333]) expect(hundredthsOf(pointsText(value))).toBe(value)
    expect([pointsText(150), pointsText(3000), pointsText(0)]).toEqual(['1.5', '30', '0'])
    expect(['15', '１５', '1.5', ''].map((text) => valueIn(figureReaders.count(text)))).toEqual([
      15,
      15,
      undefined,
      undefined,
    ])
  })
})

describe('the indicator tree while it is edited', () => {
  it('an area is the sum of what is below; the whole is 100', () => {
    const tree = treeOf(draft())
    expect(fullMarksOf(tree)).toBe('100')
    expect(fullMarksOf(tree.slice(0, 1))).toBe('10')
    expect(fullMarksOf([newIndicator([])])).toBe('0')
  })
  it('a leaf that gets something below hands its marks down', () => {
    const tree = treeOf(draft())
    const leaf = tree[0]?.children[0]
    if (!leaf) throw new Error('no leaf')
    const added = addBelow(leaf, keysIn(tree))
    expect([leaf.full, added.full, fullMarksOf(tree)]).toEqual([null, '3', '100'])
  })
  it('a copy has keys of its own, all the way down', () => {
    const tree = treeOf(draft())
    const area = tree[1]
    if (!area) throw new Error('no area')
    tree.splice(2, 0, copyOf(area, keysIn(tree)))
    expect(new Set(keysIn(tree)).size).toBe(keysIn(tree).length)
    expect(tree[2]?.children).toHaveLength(area.children.length)
  })
  it('moving past the ends changes nothing', () => {
    const list = ['a', 'b', 'c']
    expect([moveTo(list, 0, -1), moveTo(list, 2, 3), moveTo(list, 0, 2)]).toEqual([false, false, true])
    expect(list).toEqual(['b', 'c', 'a'])
  })
})

it('what is added never takes a key there is', () => {
  expect(freshKey(['n1', 'n3'], 'n')).toBe('n4')
  expect(newKind(['kind1']).key).toBe('kind2')
  for (const method of ['deductions', 'verified-marks', 'external'] as const)
    expect(newComponent(method, ['part1'])).toMatchObject({ method, key: 'part2', weight: 0 })
})

it('faults are counted at a place and below it', () => {
  expect(countBelow(['components.1', 'components.1.name', 'components.10.name'], 'components.1')).toBe(2)
})
