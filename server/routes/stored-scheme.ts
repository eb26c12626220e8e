import type { Transaction } from 'kysely'
import { ruleDay, type Scheme } from '#assessment/scheme'
import { newId } from '../../db/ids.ts'
import { insertScheme, listSchemes } from '../../db/schemes.ts'
import type { Tables, WindowRow } from '../../db/tables.ts'

/** Stores a scheme as the next version of its name and gives its id. */
export async function storeScheme(
  trx: Transaction<Tables>,
  scheme: Scheme,
  createdBy: string,
  at: string,
): Promise<string> {
  const versions = (await listSchemes(trx))
    .filter(({ name }) => name === scheme.name)
    .map(({ version }) => version)
  const id = newId()
  const version = Math.max(0, ...versions) + 1
  await insertScheme(trx, { id, name: scheme.name, version, scheme, created_by: createdBy, created_at: at })
  return id
}

/** The self-assessment windows that a scheme opens in a year. */
export const windowsOf = (scheme: Scheme, assessmentId: string, year: number): WindowRow[] =>
  scheme.components.flatMap((component) =>
    component.method !== 'verified-marks'
      ? []
      : component.windows.map(({ key, due }) => ({
          assessment_id: assessmentId,
          component: component.key,
          key,
          due_on: ruleDay(year, due),
          closed_on: null,
        })),
  )
