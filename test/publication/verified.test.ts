import { expect, test } from 'vitest'
import { appOn, withYear } from '../fixtures/app.ts'
import { behindItsBack } from '../fixtures/behind-its-back.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { publish } from '../fixtures/published.ts'

eachDatabase('a publication that is looked at', (open) => {
  /** A published year, and how the office sees its verification at an hour of the day. */
  async function published() {
    const db = await open()
    const server = appOn(db)
    const year = await withYear(server)
    const path = `/api/assessments/${year}/publications/${await publish(db, year, { asOf: '2018-02-10' })}`
    const lookAt = async (hour: number, username = 'office') => {
      server.clock.now = new Date(Date.UTC(2018, 1, 10, hour))
      const { status, json, text } = await (await server.as(username))(path)
      if (status !== 200) throw new Error(text)
      return json.verification
    }
    return { db, lookAt }
  }
  const sound = { bodyHolds: true, digestsHold: true, rederived: true, tampered: 0 }
  const at = (hour: number): string => `2018-02-10T0${hour}:00:00.000Z`

  test('is verified once: whoever looks later that day is told of the same verification', async () => {
    const { lookAt } = await published()
    expect(await lookAt(3)).toMatchObject({ ...sound, at: at(3) })
    expect(await lookAt(4)).toMatchObject({ ...sound, at: at(3) })
    expect(await lookAt(5, 'leader')).toMatchObject({ ...sound, at: at(3) })
  })

  test.each([
    [
      'a mark',
      `update verified_marks set marks = '99' where seq = (select min(seq) from verified_marks)`,
      { tampered: 1 },
    ],
    [
      'its text',
      `update publications set body = replace(body, '市水务局', '市水利局')`,
      { bodyHolds: false },
    ],
    [
      'the hashes of its rows',
      `update publications set digests = replace(digests, '市水务局', '市水利局')`,
      { digestsHold: false },
    ],
  ])(
    'is verified anew once %s is changed behind its back, and again once that is undone',
    async (_, statement, told) => {
      const { db, lookAt } = await published()
      const before = await db.selectFrom('publications').selectAll().executeTakeFirstOrThrow()
      const mark = await db.selectFrom('verifiedMarks').selectAll().orderBy('seq').executeTakeFirstOrThrow()
      expect(await lookAt(3)).toMatchObject({ ...sound, at: at(3) })
      await behindItsBack(db, statement)
      expect(await lookAt(4)).toMatchObject({ ...told, at: at(4) })
      expect(await lookAt(5)).toMatchObject({ ...told, at: at(4) })
      const text = (value: string | null): string => `'${(value ?? '').replaceAll("'", "''")}'`
      await behindItsBack(
        db,
        `update publications set body = ${text(before.body)}, digests = ${text(before.digests)}`,
        `update verified_marks set marks = ${text(mark.marks)} where seq = ${mark.seq}`,
      )
      expect(await lookAt(6)).toMatchObject({ ...sound, at: at(6) })
    },
  )
})
