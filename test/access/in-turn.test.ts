import { expect, test } from 'vitest'
import { inTurn } from '../../server/access/in-turn.ts'

/** Work that ends when told to. */
function pending() {
  let end: (value: string) => void = () => undefined
  let fail: (reason: Error) => void = () => undefined
  const ended = new Promise<string>((resolve, reject) => ([end, fail] = [resolve, reject]))
  return { ended, end, fail }
}

test('so many passwords are hashed at a time, the others in the order in which they came', async () => {
  const run = inTurn(2)
  const works = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...pending() }))
  const begun: string[] = []
  const results = works.map(({ name, ended }) =>
    run(() => {
      begun.push(name)
      return ended
    }),
  )
  const [a, b, c, d] = works
  expect(begun).toEqual(['a', 'b'])
  b?.fail(new Error('no'))
  await expect(results[1]).rejects.toThrow('no')
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b', 'c'])
  a?.end('A')
  expect(await results[0]).toBe('A')
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  c?.end('C')
  d?.end('D')
  expect(await Promise.all([results[2], results[3]])).toEqual(['C', 'D'])
  expect(await run(async () => 'E')).toBe('E')
})
