import { z } from 'zod'
import { namesOf } from '../../db/accounts.ts'
import { listCommissions, type Commission } from '../../db/commissions.ts'
import { findEvidence } from '../../db/evidence.ts'
import type { Source } from '../../db/source.ts'
import type { Visible } from '../access/visibility.ts'
import { evidenceSchema, evidenceView } from '../evidence/evidence-view.ts'
import { etagOf } from '../http/if-match.ts'
import { asView } from '../http/wire.ts'
import { externalComponents } from './place.ts'

export const commissionSchema = z
  .object({
    id: z.string(),
    component: z.string(),
    evaluator: z.string(),
    procurementNumber: z.string().nullable(),
    startsOn: z.string(),
    endsOn: z.string(),
    contract: evidenceSchema.nullable(),
    updatedBy: z.string(),
    updatedAt: z.string(),
    etag: z.string(),
  })
  .meta({ id: 'Commission' })
export type CommissionView = z.infer<typeof commissionSchema>

export const commissionEtag = ({ id, version }: Pick<Commission, 'id' | 'version'>): string =>
  etagOf([id, version])

/** Who evaluates a component, by which contract. */
export async function commissionView(
  db: Source,
  { assessment }: Visible,
  row: Commission,
): Promise<CommissionView> {
  const contract = row.contractId === null ? undefined : await findEvidence(db, row.contractId)
  const names = await namesOf(db, [row.updatedBy])
  return asView(commissionSchema, {
    ...row,
    contract: contract ? { ...evidenceView(contract, assessment), staged: false } : null,
    updatedBy: names.get(row.updatedBy ?? '')?.name ?? '',
    etag: commissionEtag(row),
  })
}

const externalPart = z.object({
  key: z.string(),
  name: z.string(),
  full: z.string(),
  dimensions: z.array(z.object({ key: z.string(), name: z.string(), full: z.string() })),
  commission: commissionSchema.nullable(),
})
export const externalPartsSchema = z.object({ components: z.array(externalPart) })

/** The components whose marks come from outside, and who evaluates each. */
export async function externalParts(
  db: Source,
  visible: Visible,
): Promise<z.infer<typeof externalPartsSchema>> {
  const rows = await listCommissions(db, visible.assessment.id)
  const components: z.infer<typeof externalPart>[] = []
  for (const { key, name, full, dimensions } of externalComponents(visible)) {
    const row = rows.find(({ component }) => component === key)
    const commission = row ? await commissionView(db, visible, row) : null
    components.push({ key, name, full, dimensions: dimensions.map((part) => ({ ...part })), commission })
  }
  return { components }
}
