import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '#assessment/canonical-json'

test('equal values have equal canonical text, whatever the order of their members', () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: '市', gone: undefined })).toBe(
    '{"a":"市","b":[{"c":null,"d":1}]}',
  )
  expect(canonicalJson({ b: 2, a: 1, 'a b': true })).toBe(canonicalJson({ 'a b': true, a: 1, b: 2 }))
})

test('reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('refuses what JSON cannot hold', () => {
  for (const value of [Number.NaN, Infinity, undefined, () => 1, 1n])
    expect(() => canonicalJson(value)).toThrow(TypeError)
})
