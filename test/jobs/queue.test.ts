import { expect, it } from 'vitest'
import { QueueFull } from '../../server/jobs/ended.ts'
import { createQueue } from '../../server/jobs/queue.ts'

const limits = { threads: 2, threadsOfOne: 1, waiting: 4, waitingOfOne: 2 }

/** A queue, and in which order it let whom in, each giving its thread back when told to. */
function watched() {
  const queue = createQueue(limits)
  const begun: string[] = []
  const leave = new Map<string, () => void>()
  const ask = (name: string, signal?: AbortSignal): Promise<void> =>
    queue.enter(name.charAt(0), signal).then((giveBack) => {
      begun.push(name)
      leave.set(name, giveBack)
    })
  const end = async (name: string): Promise<void> => {
    leave.get(name)?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { queue, begun, ask, end }
}

it('nobody holds every thread: a person’s jobs take turns, and everybody’s first goes before anybody’s second', async () => {
  const { begun, ask, end } = watched()
  const asked = [ask('a1'), ask('a2'), ask('a3'), ask('b1'), ask('c1')]
  await end('')
  expect(begun).toEqual(['a1', 'b1'])
  await end('b1')
  expect(begun).toEqual(['a1', 'b1', 'c1'])
  await end('c1')
  expect(begun).toEqual(['a1', 'b1', 'c1'])
  await end('a1')
  await end('a2')
  await Promise.all(asked)
  expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'a3'])
})

it('tells a person how many go before each of their jobs, and less as the queue goes on', async () => {
  const { queue, ask, end } = watched()
  void ask('a1')
  void ask('b1')
  void ask('a2')
  void ask('c1')
  void ask('d1')
  await end('')
  expect(['a', 'b', 'c', 'd'].map((person) => queue.placesOf(person))).toEqual([[2], [], [0], [1]])
  await end('b1')
  expect(['a', 'c', 'd'].map((person) => queue.placesOf(person))).toEqual([[1], [], [0]])
})

it('takes only so many, of one person and of all', async () => {
  const { ask, end } = watched()
  for (const name of ['a1', 'b1', 'a2', 'a3']) void ask(name)
  await end('')
  await expect(ask('a4')).rejects.toEqual(new QueueFull('own'))
  void ask('c1')
  void ask('d1')
  await expect(ask('e1')).rejects.toEqual(new QueueFull('everybody'))
})

it('who leaves makes room for those behind', async () => {
  const { queue, begun, ask, end } = watched()
  void ask('a1')
  void ask('b1')
  const left = new AbortController()
  const leaving = ask('c1', left.signal)
  void ask('d1')
  await end('')
  expect(queue.placesOf('d')).toEqual([1])
  left.abort(new Error('gone'))
  await expect(leaving).rejects.toThrow('gone')
  expect(queue.placesOf('d')).toEqual([0])
  await end('a1')
  expect(begun).toEqual(['a1', 'b1', 'd1'])
})
