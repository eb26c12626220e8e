import { z } from 'zod'
import { listAssessments } from '../../db/assessments.ts'
import { saveCircularTemplate } from '../../db/circular-templates.ts'
import { listParticipants } from '../../db/participants.ts'
import { findScheme } from '../../db/schemes.ts'
import type { Source } from '../../db/source.ts'
import type { UnitRow } from '../../db/tables.ts'
import { findUnit } from '../../db/units.ts'
import type { Language } from '#assessment/language'
import type { Account } from '../access/session.ts'
import { act, done, type Actor } from '../act.ts'
import { fieldNames, fields } from '../exchange/circular/fields.ts'
import { checkTemplate, type KnownWords } from '../exchange/circular/fill.ts'
import { defaultTemplate, templateParts, type CircularTemplate } from '../exchange/circular/template.ts'
import { requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { templateInvalid, templateOf } from './circular-place.ts'
import { templateSchema } from './circular-wire.ts'

export const circularTextSchema = z.object({
  template: templateSchema,
  default: templateSchema,
  /** Whether nothing has been changed yet. */
  isDefault: z.boolean(),
  etag: z.string(),
  updatedAt: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), meaning: z.string(), narrowedBy: z.array(z.string()) })),
})

const etagOfVersion = (version: number): string => `"t${version}"`

/** The unit of an account. Throws `not-found` for one that has none. */
async function officeOf(db: Source, { unit }: Account): Promise<UnitRow> {
  const office = unit && (await findUnit(db, unit.id))
  if (!office) throw new Problem('not-found')
  return office
}

/** The text of an office's circulars, and the fields that it may use. */
export async function circularTextView(
  db: Source,
  account: Account,
  language: Language,
): Promise<z.infer<typeof circularTextSchema>> {
  const office = await officeOf(db, account)
  const { template, version, updatedAt } = await templateOf(db, office)
  return {
    template,
    default: defaultTemplate(office.kind === 'city'),
    isDefault: version === 0,
    etag: etagOfVersion(version),
    updatedAt,
    fields: fieldNames.map((name) => ({
      name,
      meaning: fields[name].meaning[language === 'zh-CN' ? 0 : 1],
      narrowedBy: [...fields[name].takes],
    })),
  }
}

/** Grades, groups and components of every assessment that the office carries out. */
async function wordsOfOffice(db: Source, unitId: string): Promise<KnownWords> {
  const words = { grade: new Set<string>(), group: new Set<string>(), component: new Set<string>() }
  for (const { id, schemeId } of await listAssessments(db, { unitId })) {
    const stored = await findScheme(db, schemeId)
    stored?.scheme.grades.forEach(({ name }) => words.grade.add(name))
    stored?.scheme.components.forEach(({ name }) => words.component.add(name))
    for (const { groupName } of await listParticipants(db, id)) words.group.add(groupName)
  }
  return { grade: [...words.grade], group: [...words.group], component: [...words.component] }
}

/** Saves the text of the actor's office and gives its new ETag. Throws `not-found`, `circular-template-invalid`, and what `requireMatch` throws. */
export const saveCircularText = (
  actor: Actor,
  template: CircularTemplate,
  ifMatch: string | undefined,
): Promise<string> =>
  act(actor, 'circular.template', async ({ trx, by, at }) => {
    const office = await officeOf(trx, by)
    const faults = checkTemplate(template, await wordsOfOffice(trx, office.id))
    if (faults.length > 0) throw templateInvalid(faults)
    const { version } = await templateOf(trx, office)
    requireMatch(ifMatch, etagOfVersion(version))
    const row = {
      assessingUnitId: office.id,
      body: JSON.stringify(template),
      updatedBy: by.id,
      updatedAt: at,
    }
    if (!(await saveCircularTemplate(trx, row, version))) throw new Problem('stale')
    const parts = templateParts.map((name) => template[name].length)
    return done(etagOfVersion(version + 1), {
      subject: office.id,
      detail: { version: version + 1, parts },
    })
  })
