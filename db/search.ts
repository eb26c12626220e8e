import { sql } from 'kysely'
import type { Source } from './source.ts'

/** A pattern for LIKE … ESCAPE '!' that finds the text as it is, anywhere. */
const anywhere = (text: string): string => `%${text.toLowerCase().replace(/[!%_]/g, (sign) => `!${sign}`)}%`

/**
 * Findings of an assessment whose number, matter, source or one of whose reasons holds the text; Latin letters in either
 * case. The caller decides which of them may be seen.
 */
export async function findingsMentioning(
  db: Source,
  assessmentId: string,
  text: string,
): Promise<Set<string>> {
  const pattern = anywhere(text)
  const holds = (column: string) => sql<boolean>`lower(${sql.ref(column)}) like ${pattern} escape '!'`
  const rows = await db
    .selectFrom('findings')
    .select('findings.id')
    .where('findings.assessmentId', '=', assessmentId)
    .where((where) =>
      where.or([
        holds('findings.number'),
        holds('findings.what'),
        holds('findings.source'),
        where.exists(
          where
            .selectFrom('findingFacts')
            .select('findingFacts.id')
            .whereRef('findingFacts.findingId', '=', 'findings.id')
            .where(holds('findingFacts.reason')),
        ),
      ]),
    )
    .execute()
  return new Set(rows.map(({ id }) => id))
}
