import type { Transaction } from 'kysely'
import { attachEvidence } from '../../db/evidence.ts'
import type { Tables } from '../../db/tables.ts'
import { Problem } from '../http/problem.ts'

/** Fixes staged evidence to a fact. Throws `evidence-not-staged` when any of it is neither the account's own and still staged nor evidence of the fact `from`. */
export async function attachStaged(
  trx: Transaction<Tables>,
  order: Parameters<typeof attachEvidence>[1],
): Promise<void> {
  if (!(await attachEvidence(trx, order))) throw new Problem('evidence-not-staged')
}
