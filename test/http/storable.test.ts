import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spellsUnstorable, unstorableIn } from '../../server/http/storable.ts'

const spelled = (value: unknown): boolean => spellsUnstorable(JSON.stringify(value))

test.each([
  ['U+0000', 'a\0b', true],
  ['the first half of a pair', 'a\ud83d', true],
  ['the second half of a pair', '\ude00b', true],
  ['halves in the wrong order', '\ude00\ud83d', true],
  ['a pair', '😀', false],
  ['the words for it', '\\u0000 \\ud83d', false],
  ['a backslash before a letter', 'C:\\users\\d83d', false],
])('a document with %s', (_, text, isRefused) => {
  expect(spelled({ [text]: 1 })).toBe(isRefused)
  expect(spelled([[text]])).toBe(isRefused)
  expect(spellsUnstorable(`"${'\\ud83d\\ude00'}"`)).toBe(false)
})

test('is told as the texts that it spells are', () => {
  const unit = fc.string({ unit: 'binary' }).map((text) => text)
  const half = fc.constantFrom('\ud800', '\udfff', '\0', '\\', '\\u0000', '"', '😀')
  const text = fc.array(fc.oneof(unit, half)).map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      expect(spelled(texts)).toBe(unstorableIn(texts) !== null)
    }),
  )
})

test('of any depth is refused without coming to the end of it', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
  expect(unstorableIn(deep)).toBe('0.'.repeat(64) + '0')
})
