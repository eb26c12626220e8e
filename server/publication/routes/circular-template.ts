import { templateSchema } from '../circular-wire.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { appendAudit } from '../../../db/audit.ts'
import { listAssessments } from '../../../db/assessments.ts'
import { saveCircularTemplate } from '../../../db/circular-templates.ts'
import type { Source } from '../../../db/source.ts'
import { listParticipants } from '../../../db/participants.ts'
import { findScheme } from '../../../db/schemes.ts'
import { listUnits } from '../../../db/units.ts'
import { allow } from '../../access/allow.ts'
import type { Account } from '../../access/session.ts'
import { fieldNames, fields } from '../../exchange/circular/fields.ts'
import { checkTemplate, type KnownWords } from '../../exchange/circular/fill.ts'
import { defaultTemplate, templateParts } from '../../exchange/circular/template.ts'
import { Problem } from '../../http/problem.ts'
import { templateInvalid, templateOf } from '../circular-place.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'

const tag = '通报 · Circular'
const answer = z.object({
  template: templateSchema,
  default: templateSchema,
  /** Whether nothing has been changed yet. */
  isDefault: z.boolean(),
  etag: z.string(),
  updatedAt: z.string().nullable(),
  fields: z.array(z.object({ name: z.string(), meaning: z.string(), narrowedBy: z.array(z.string()) })),
})

const etagOfVersion = (version: number): string => `"t${version}"`

async function officeOf(db: Source, account: Account) {
  const office = (await listUnits(db)).find(({ id }) => id === account.unit?.id)
  if (!office) throw new Problem('not-found')
  return office
}

/** Grades, groups and components of every assessment that the office carries out. */
async function wordsOfOffice(db: Source, unitId: string): Promise<KnownWords> {
  const known = { grade: new Set<string>(), group: new Set<string>(), component: new Set<string>() }
  for (const { id, schemeId } of await listAssessments(db, { unitId })) {
    const stored = await findScheme(db, schemeId)
    stored?.scheme.grades.forEach(({ name }) => known.grade.add(name))
    stored?.scheme.components.forEach(({ name }) => known.component.add(name))
    for (const { groupName } of await listParticipants(db, id)) known.group.add(groupName)
  }
  return { grade: [...known.grade], group: [...known.group], component: [...known.component] }
}

export const circularTemplate = new Hono<AppEnv>()
  .get(
    '/',
    allow('circular.write'),
    describe(tag, '本单位的通报文字和可用字段', 'The office’s circular text and the fields it may use', {
      200: answer,
    }),
    async (c) => {
      const { deps, account, language } = c.var
      const office = await officeOf(deps.db, account)
      const { template, version, updatedAt } = await templateOf(deps.db, office)
      const etag = etagOfVersion(version)
      return c.json(
        {
          template,
          default: defaultTemplate(office.kind === 'city'),
          isDefault: version === 0,
          etag,
          updatedAt,
          fields: fieldNames.map((name) => ({
            name,
            meaning: fields[name].meaning[language === 'zh-CN' ? 0 : 1],
            narrowedBy: [...fields[name].takes],
          })),
        },
        200,
        { etag },
      )
    },
  )
  .put(
    '/',
    allow('circular.write'),
    describe(tag, '保存通报文字（须带 If-Match）', 'Save the circular’s text; needs If-Match', {
      200: z.object({ etag: z.string() }),
    }),
    validated('json', z.object({ template: templateSchema })),
    async (c) => {
      const { deps, account } = c.var
      const { template } = c.req.valid('json')
      const office = await officeOf(deps.db, account)
      const faults = checkTemplate(template, await wordsOfOffice(deps.db, office.id))
      if (faults.length > 0) throw templateInvalid(faults)
      const at = deps.clock().toISOString()
      const etag = await deps.db.transaction().execute(async (trx) => {
        const { version } = await templateOf(trx, office)
        requireMatch(c.req.header('if-match'), etagOfVersion(version))
        const saved = await saveCircularTemplate(
          trx,
          {
            assessingUnitId: office.id,
            body: JSON.stringify(template),
            updatedBy: account.id,
            updatedAt: at,
          },
          version,
        )
        if (!saved) throw new Problem('stale')
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'circular.template',
          subject: office.id,
          detail: { version: version + 1, parts: templateParts.map((name) => template[name].length) },
        })
        return etagOfVersion(version + 1)
      })
      return c.json({ etag }, 200, { etag })
    },
  )
