import { openDatabase } from '../../db/database.ts'
import { fillDemo } from '../../db/demo.ts'
import { demoDepartment, people } from '../../db/demo/city.ts'
import { createSession } from '../../server/access/session.ts'
import { cookieName } from '../../server/access/session-token.ts'
import { freezeResults } from '../../server/frozen-results.ts'

/** The day on which the servers under torture live, five minutes before midnight in China: half-year forms are handed in and being verified. */
export const today = '2026-07-20'
export const startsAt = `${today}T15:55:00.000Z`
const MINUTE = 60_000

type Username = (typeof people)[number]['username']

/** The fictional city in mid-year with everybody signed in. */
export interface City {
  readonly cookies: Readonly<Record<Username, string>>
  /** The assessment under way, and the last one, which is published. */
  readonly current: string
  readonly published: string
  /** Units that take part in the current one, with their groups. */
  readonly units: readonly { readonly id: string; readonly name: string; readonly group: string }[]
  /** The unit of `editor` and `head`. */
  readonly department: string
}

/** Fills an empty database as of a day. Everybody signed in five minutes ago, so that their sessions live and are to be prolonged. */
export async function foundCity(databaseUrl: string, day = today): Promise<City> {
  const signedIn = new Date(Date.parse(startsAt) - 5 * MINUTE)
  const db = await openDatabase(databaseUrl)
  try {
    await fillDemo(db, { freeze: freezeResults, today: day, passwordHash: 'nobody signs in' })
    const accounts = await db.selectFrom('accounts').select(['id', 'username']).execute()
    const sessions = accounts.map(async ({ id, username }) => {
      const token = await createSession(db, id, signedIn)
      return [username, `${cookieName}=${token}`] as const
    })
    const assessments = await db
      .selectFrom('assessments')
      .select('id')
      .orderBy('year', 'desc')
      .limit(2)
      .execute()
    const [current = '', published = ''] = assessments.map(({ id }) => id)
    const units = await db
      .selectFrom('participants')
      .innerJoin('units', 'units.id', 'participants.unitId')
      .select(['units.id', 'units.name', 'participants.groupName as group'])
      .where('assessmentId', '=', current)
      .orderBy('participants.position')
      .execute()
    return {
      cookies: Object.fromEntries(await Promise.all(sessions)) as City['cookies'],
      current,
      published,
      units,
      department: units.find(({ name }) => name === demoDepartment)?.id ?? '',
    }
  } finally {
    await db.destroy()
  }
}
