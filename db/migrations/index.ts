import type { Migration } from 'kysely'
import { unitsAndAccounts } from './001-units-and-accounts.ts'
import { assessments } from './002-assessments.ts'
import { facts } from './003-facts.ts'
import { casework } from './004-casework.ts'
import { selfAssessment } from './005-self-assessment.ts'
import { assessmentLife } from './006-assessment-life.ts'
import { thirdParty } from './007-third-party.ts'
import { publications } from './008-publications.ts'
import { bonuses } from './009-bonuses.ts'
import { signIn } from './010-sign-in.ts'
import { anyRule } from './015-any-rule.ts'
import { interimPublications } from './016-interim-publications.ts'
import { responsibleUnits } from './017-responsible-units.ts'
import { keyedAudit } from './020-keyed-audit.ts'
import { numbersWithinUnits } from './021-numbers-within-units.ts'
import { threeAdministrators } from './022-three-administrators.ts'
import { signOffsAndContacts } from './023-sign-offs-and-contacts.ts'
import { heardByImport } from './024-heard-by-import.ts'
import { holidayAnnouncements } from './025-holiday-announcements.ts'
import { formerPlaces } from './026-former-places.ts'
import { decisionsThatMove } from './027-decisions-that-move.ts'
import { unitReminders } from './028-unit-reminders.ts'
import { suspicionsAndReports } from './029-suspicions-and-reports.ts'
import { proofSeeds } from './030-proof-seeds.ts'

/** By name, which is their order. Only ever add: what ran somewhere stays as it is. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-units-and-accounts': unitsAndAccounts,
  '002-assessments': assessments,
  '003-facts': facts,
  '004-casework': casework,
  '005-self-assessment': selfAssessment,
  '006-assessment-life': assessmentLife,
  '007-third-party': thirdParty,
  '008-publications': publications,
  '009-bonuses': bonuses,
  '010-sign-in': signIn,
  '015-any-rule': anyRule,
  '016-interim-publications': interimPublications,
  '017-responsible-units': responsibleUnits,
  '020-keyed-audit': keyedAudit,
  '021-numbers-within-units': numbersWithinUnits,
  '022-three-administrators': threeAdministrators,
  '023-sign-offs-and-contacts': signOffsAndContacts,
  '024-heard-by-import': heardByImport,
  '025-holiday-announcements': holidayAnnouncements,
  '026-former-places': formerPlaces,
  '027-decisions-that-move': decisionsThatMove,
  '028-unit-reminders': unitReminders,
  '029-suspicions-and-reports': suspicionsAndReports,
  '030-proof-seeds': proofSeeds,
}
