import { expect, it } from 'vitest'
import { readBook } from '../../server/jobs/read-workbook.ts'
import { smallYear, workbookOf } from '../fixtures/workbooks.ts'

it('a worker that has answered reads the next file as the first, one after the other and side by side', async () => {
  const bytes = await workbookOf(smallYear)
  const first = await readBook(bytes)
  expect(first.ok).toBe(true)
  expect(await readBook(bytes)).toEqual(first)
  expect(await Promise.all([readBook(bytes), readBook(bytes)])).toEqual([first, first])
})

it('after a reading that was stopped or took too long, the next is as any', async () => {
  const bytes = await workbookOf(smallYear)
  const stopped = new AbortController()
  const reading = readBook(bytes, { signal: stopped.signal })
  stopped.abort(new Error('left'))
  await expect(reading).rejects.toThrow('left')
  expect(await readBook(bytes, { timeout: 0 })).toMatchObject({ ok: false, problems: [{ code: 'too-slow' }] })
  expect((await readBook(bytes)).ok).toBe(true)
})
