import { hashPassword, passwordCost } from '../../server/access/password.ts'
import { insertRows } from '../../db/bulk.ts'
import { openDatabase } from '../../db/database.ts'
import { departmentGroup } from '../../db/demo/city.ts'

/** A unit with the people who fill in its form: an editor writes, a head hands in. */
export interface Pair {
  readonly unitId: string
  readonly editor: string
  readonly head: string
}

export const crowdPassword = 'a password for the crowd'

/** Adds units to an assessment under way, each with an editor and a head who have yet to sign in. */
export async function addCrowd(databaseUrl: string, assessmentId: string, count: number): Promise<Pair[]> {
  const pairs = Array.from({ length: count }, (_, index): Pair => ({
    unitId: `crowd-${index}`,
    editor: `crowd-editor-${index}`,
    head: `crowd-head-${index}`,
  }))
  const passwordHash = await hashPassword(crowdPassword, passwordCost)
  const db = await openDatabase(databaseUrl)
  try {
    const city = await db
      .selectFrom('units')
      .select('id')
      .where('parentId', 'is', null)
      .executeTakeFirstOrThrow()
    await db.transaction().execute(async (trx) => {
      await insertRows(
        trx,
        'units',
        pairs.map(({ unitId }, index) => ({
          id: unitId,
          name: `第${index + 1}单位`,
          kind: 'department' as const,
          parentId: city.id,
          position: 1000 + index,
        })),
      )
      await insertRows(
        trx,
        'participants',
        pairs.map(({ unitId }, index) => ({
          assessmentId,
          unitId,
          groupName: departmentGroup,
          position: 1000 + index,
        })),
      )
      await insertRows(
        trx,
        'accounts',
        pairs.flatMap(({ unitId, editor, head }) =>
          (['editor', 'head'] as const).map((role) => {
            const username = { editor, head }[role]
            return {
              id: username,
              username,
              name: username,
              role,
              unitId,
              passwordHash,
              mustChangePassword: 0,
              disabledAt: null,
              createdAt: '2026-01-01T00:00:00.000Z',
            }
          }),
        ),
      )
    })
    return pairs
  } finally {
    await db.destroy()
  }
}
