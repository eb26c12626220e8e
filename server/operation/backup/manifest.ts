import { createHash } from 'node:crypto'
import { z } from 'zod'
import { assess } from '#assessment/score/assess'
import { canonicalJson } from '#assessment/canonical-json'
import type { Day } from '#assessment/day'
import { listAssessments } from '../../../db/assessments.ts'
import { keyNameIn, verifyAudit } from '../../../db/audit.ts'
import { contentOf, isCurrent, migrationsIn } from '../../../db/content.ts'
import { listStoredFiles } from '../../../db/evidence.ts'
import type { Source } from '../../../db/source.ts'
import { loadAssessment } from '../../assessed.ts'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)

/** What a database holds, by which a restored one is compared with it. */
const inventory = z.object({
  /** The migrations that made its tables, in order. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ table: z.string(), rows: count, digest })),
  /** Null when another release made the tables, whose log and results only that release can read. */
  audit: z
    .object({
      entries: count,
      /** The head of the log: whoever keeps it can prove everything up to there. */
      lastHash: digest,
      /** The key that signs it, by name; the key itself is in no backup. Null before there was one, absent in early manifests. */
      key: z.string().nullable().optional(),
    })
    .nullable(),
  standings: z.array(
    z.object({ assessmentId: z.string(), name: z.string(), asOf: z.string(), units: count, digest }),
  ),
})
export type Inventory = z.infer<typeof inventory>

/** The first line of a backup; the database follows. */
export const manifest = z.object({
  format: z.literal('zhengheng-backup'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  database: z.object({ kind: z.enum(['sqlite', 'postgres']), bytes: count, sha256: digest }),
  inventory,
  evidence: z.object({
    /** Beside the backup. */
    folder: z.string().regex(/^[^/\\]+$/),
    files: z.array(z.object({ storedName: z.string().regex(/^[0-9a-f]+$/), bytes: count, sha256: digest })),
    /** What was missing or altered already when the backup was made, one line each. */
    faults: z.array(z.string()),
  }),
})
export type Manifest = z.infer<typeof manifest>
export type EvidenceFile = Manifest['evidence']['files'][number]

/** Every stored file once. */
export async function evidenceFilesIn(source: Source): Promise<EvidenceFile[]> {
  const tables = await source.introspection.getTables()
  if (!tables.some(({ name }) => name === 'evidence')) return []
  const files = await listStoredFiles(source)
  return [
    ...new Map(
      files.map(({ storedName, bytes, sha256 }) => [storedName, { storedName, bytes, sha256 }]),
    ).values(),
  ]
}

/** The results of an assessment on a day in one hash: unit, rank, composite and grade. */
async function standingsDigest(
  source: Source,
  assessmentId: string,
  asOf: Day,
): Promise<{ readonly units: number; readonly digest: string }> {
  const { scheme, facts, calendar } = await loadAssessment(source, assessmentId)
  const { standings } = assess(scheme, facts, asOf, calendar)
  const results = standings.map(({ unitId, rank, composite, grade }) => [unitId, rank, composite, grade])
  return {
    units: results.length,
    digest: createHash('sha256').update(canonicalJson(results)).digest('hex'),
  }
}

/** The results of every assessment on a day, without those whose facts do not fit together. */
export async function standingsIn(source: Source, asOf: Day): Promise<Inventory['standings']> {
  const standings: Inventory['standings'] = []
  for (const { id, name } of await listAssessments(source)) {
    try {
      standings.push({ assessmentId: id, name, asOf, ...(await standingsDigest(source, id, asOf)) })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return standings
}

/** Everything that a database holds, in figures. */
export async function inventoryOf(source: Source, asOf: Day): Promise<Inventory> {
  const ran = await migrationsIn(source)
  const tables = await contentOf(source)
  if (!isCurrent(ran)) return { migrations: ran, tables, audit: null, standings: [] }
  const { entries, lastHash } = await verifyAudit(source)
  return {
    migrations: ran,
    tables,
    audit: { entries, lastHash, key: (await keyNameIn(source)) ?? null },
    standings: await standingsIn(source, asOf),
  }
}
