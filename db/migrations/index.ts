import type { Migration } from 'kysely'
import { unitsAndAccounts } from './001-units-and-accounts.ts'
import { assessments } from './002-assessments.ts'
import { facts } from './003-facts.ts'
import { casework } from './004-casework.ts'
import { selfAssessment } from './005-self-assessment.ts'

/** By name, which is their order. Only ever add: what ran somewhere stays as it is. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-units-and-accounts': unitsAndAccounts,
  '002-assessments': assessments,
  '003-facts': facts,
  '004-casework': casework,
  '005-self-assessment': selfAssessment,
}
