import { expect, test } from 'vitest'
import { eachDatabase, temporaryFolder } from '../fixtures/databases.ts'
import { fuzz } from '../torture/fuzz.ts'

/* The short form of npm run torture -- SEED fuzz. */
eachDatabase('requests of every kind, sound and hostile', (open) => {
  const folder = temporaryFolder()
  test('find no error of ours, tell nothing of our inside, and leave nothing half-written', async () => {
    const outcome = await fuzz(await open(), folder.path, 20_261_130, 560)
    expect(outcome).toMatchObject({ faults: [], halfDone: [], chain: expect.any(Number) })
    expect(outcome.operations).toBeGreaterThan(120)
    // Both what is done and what is refused was tried.
    expect(Object.keys(outcome.byStatus)).toEqual(expect.arrayContaining(['200', '201', '400', '403', '404']))
  }, 180_000)
})
