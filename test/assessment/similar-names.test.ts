import { expect, test } from 'vitest'
import { nameLikeness, similarNames } from '#assessment/similar-names'

const units = ['市民政局', '市教育局', '市发展和改革委员会', '市人民政府办公室', '云县人民政府'].map(
  (name) => ({ name }),
)

test.each([
  ['民政局', '市民政局'],
  ['民政', '市民政局'],
  ['发改委', '市发展和改革委员会'],
  ['市教育局 ', '市教育局'],
  ['云县', '云县人民政府'],
])('%s is most like %s', (written, name) => expect(similarNames(written, units)[0]?.name).toBe(name))

test('the same name with other blanks and widths is the same', () => {
  expect(nameLikeness('市 教育局', '市教育局')).toBe(1)
})

test('a name of nothing but what all share keeps itself to be compared by', () => {
  expect(nameLikeness('市政府', '市民政局')).toBeLessThan(nameLikeness('市政府', '市人民政府办公室'))
})

test.each([
  ['', '市教育局'],
  ['甲', '乙'],
])('nothing, or one character, is like no other (%s)', (written, name) =>
  expect(nameLikeness(written, name)).toBe(0),
)

test('what is like none has no suggestion', () => {
  expect(similarNames('国家电网', units)).toEqual([])
})
