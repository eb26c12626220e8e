import { z } from 'zod'
import { findColumnMapping, type Commission } from '../../db/commissions.ts'
import type { Source } from '../../db/source.ts'
import type { ExternalComponent } from '#assessment/rule/scheme'
import type { Visible } from '../access/visibility.ts'
import { applyRemembered, guessMapping, type RememberedMapping } from '../exchange/evaluator/mapping.ts'
import type { Sheet } from '../exchange/spreadsheet/sheet.ts'
import { excerptSchema, excerptView } from '../http/made-table.ts'
import { mappingSchema } from './upload-fields.ts'
import { participantNames } from './preview.ts'

export const fileSchema = z
  .object({
    fileName: z.string(),
    sheets: z.array(excerptSchema),
    /** How the file is probably to be read; null when nothing in it looks like units. */
    mapping: mappingSchema.nullable(),
    /** Whether the mapping is that of the evaluator's last file. */
    remembered: z.boolean(),
  })
  .meta({ id: 'EvaluatorFile' })
type FileView = z.infer<typeof fileSchema>

/** The beginning of an evaluator's file, and how it is probably to be read: as its last one, or by a guess. */
export async function fileView(
  db: Source,
  visible: Visible,
  fileName: string,
  sheets: readonly Sheet[],
  component: ExternalComponent,
  { evaluator }: Commission,
): Promise<FileView> {
  const stored = await findColumnMapping(db, visible.assessment.unitId, evaluator)
  const last = stored ? (JSON.parse(stored.body) as RememberedMapping) : undefined
  const remembered = last ? applyRemembered(last, sheets) : null
  const names = participantNames(visible).map(({ name }) => name)
  const mapping = remembered ?? guessMapping(sheets, component, names)
  // Dimensions may have changed since, with the scheme.
  const keys = new Set(component.dimensions.map(({ key }) => key))
  return {
    fileName,
    sheets: sheets.map(excerptView),
    mapping: mapping && {
      ...mapping,
      dimensions: mapping.dimensions
        .filter(({ key }) => keys.has(key))
        .map((dimension) => ({ ...dimension })),
      names: (last?.mapping.names ?? []).map((name) => ({ ...name })),
    },
    remembered: remembered !== null,
  }
}
