import { z } from 'zod'
import { publicationStates, type PublicationEntry } from '../../db/publications.ts'
import type { Language } from '#assessment/language'
import type { Scope } from '../access/permissions.ts'
import { assessingUnit } from '../access/visibility.ts'
import type { Source } from '../../db/source.ts'
import { composeCircular } from '../exchange/circular/compose.ts'
import type { OfficialDocument, Variant } from '../exchange/circular/document.ts'
import { faultWords } from '../exchange/circular/fault-words.ts'
import { checkTemplate, wordsOf } from '../exchange/circular/fill.ts'
import { composeNotice } from '../exchange/circular/letter.ts'
import type { CircularTemplate } from '../exchange/circular/template.ts'
import { writeHtml } from '../exchange/circular/to-html.ts'
import type { AnswerOf } from '../http/schema-of.ts'
import { asView } from '../http/wire.ts'
import { requireSound, templateOf, type CircularPlace } from './circular-place.ts'
import { documentSchema } from './circular-wire.ts'

export const circularSchema = z
  .object({
    publicationId: z.string(),
    number: z.int(),
    state: z.enum(publicationStates),
    asOf: z.string(),
    /** What it is: the whole circular, or the notice of the caller's own result. */
    kind: z.enum(['circular', 'notice']),
    document: documentSchema,
    /** 校验码: the root of its proof; null for publications of earlier releases. */
    root: z.string().nullable(),
    /** The same as HTML, everything escaped. */
    html: z.string(),
    /** The units that have a letter; empty for those who see only their own result. */
    units: z.array(z.object({ id: z.string(), name: z.string() })),
  })
  .meta({ id: 'Circular' })

export const circularEntrySchema = z.object({
  id: z.string(),
  number: z.int(),
  asOf: z.string(),
  state: z.enum(publicationStates),
  preparedAt: z.string(),
  approvedAt: z.string().nullable(),
})

const fault = z.object({ part: z.string(), paragraph: z.int(), code: z.string(), message: z.string() })
export const circularPreviewSchema = z.object({ html: z.string().nullable(), faults: z.array(fault) })

/** A publication that has a circular. */
export const circularEntryView = (entry: PublicationEntry): z.infer<typeof circularEntrySchema> => {
  const { step } = entry
  return asView(circularEntrySchema, {
    ...entry,
    approvedAt: step?.type === 'approved' ? step.recordedAt : null,
  })
}

/** What the caller gets to read: the circular, or the notice where the table is not public. */
export async function documentFor(
  db: Source,
  { visible, source, ownOnly }: CircularPlace,
): Promise<OfficialDocument> {
  if (ownOnly) return composeNotice(source.body, ownOnly, source)
  const { template } = await templateOf(db, assessingUnit(visible))
  requireSound(template, source)
  return composeCircular(template, source)
}

/** The circular as it is read on a page. */
export async function circularView(
  db: Source,
  place: CircularPlace,
  scope: Scope,
  variant: Variant,
): Promise<AnswerOf<typeof circularSchema>> {
  const document = await documentFor(db, place)
  const { entry, source, ownOnly } = place
  return {
    publicationId: entry.id,
    number: entry.number,
    state: entry.state,
    asOf: entry.asOf,
    kind: ownOnly ? 'notice' : 'circular',
    document,
    root: source.body.proof?.root ?? null,
    html: writeHtml(document, ownOnly ? 'plain' : variant),
    units:
      scope === 'assessing-unit'
        ? source.body.scorecards.map(({ unitId, unit }) => ({ id: unitId, name: unit }))
        : [],
  }
}

/** The circular with a text not saved yet; where the text has faults, they instead. */
export function circularPreview(
  { source }: CircularPlace,
  template: CircularTemplate,
  variant: Variant,
  language: Language,
): z.infer<typeof circularPreviewSchema> {
  const faults = checkTemplate(template, wordsOf(source.body)).map((fault) => ({
    part: fault.part,
    paragraph: fault.paragraph,
    code: fault.code,
    message: faultWords(fault, language),
  }))
  return { html: faults.length > 0 ? null : writeHtml(composeCircular(template, source), variant), faults }
}
