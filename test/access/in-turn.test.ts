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
    run(name, () => {
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
  expect(await run('e', async () => 'E')).toBe('E')
})

test('who comes a hundred times lets those go first who come once', async () => {
  const run = inTurn(1)
  const begun: string[] = []
  const works = [...Array<string>(100).fill('often'), 'once', 'twice', 'twice'].map((person, at) => {
    const work = pending()
    void run(person, () => {
      begun.push(`${person} ${at}`)
      return work.ended
    })
    return work
  })
  for (const { end } of works) end('')
  for (let turn = 0; turn < 2 * works.length; turn++) await Promise.resolve()
  await run('last', async () => begun.push('last'))
  expect(begun.slice(0, 5)).toEqual(['often 0', 'often 1', 'once 100', 'twice 101', 'often 2'])
  expect(begun).toHaveLength(works.length + 1)
})
