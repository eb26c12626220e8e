import type { Inventory, Manifest } from './manifest.ts'

/** What a restored place holds. */
export interface Restored extends Omit<Inventory, 'audit'> {
  readonly audit: { readonly entries: number; readonly lastHash: string; readonly brokenAt: number | null }
  readonly evidenceFiles: number
}

/** One line of the comparison. */
export interface Compared {
  readonly what: string
  readonly inBackup: string
  readonly restored: string
  readonly isSame: boolean
}

const NONE = '—'

const line = (what: string, inBackup: string, restored: string): Compared => ({
  what,
  inBackup,
  restored,
  isSame: inBackup === restored,
})

/** Pairs what both hold under the same key; what only one holds stands alone. */
function paired<Item>(
  ours: readonly Item[],
  theirs: readonly Item[],
  { key, label, tell }: Record<'key' | 'label' | 'tell', (item: Item) => string>,
): Compared[] {
  const byKey = (items: readonly Item[]) => new Map(items.map((item) => [key(item), item]))
  const [inBackup, restored] = [byKey(ours), byKey(theirs)]
  return [...new Map([...restored, ...inBackup])].map(([name, item]) => {
    const [before, after] = [inBackup.get(name), restored.get(name)]
    return line(label(item), before ? tell(before) : NONE, after ? tell(after) : NONE)
  })
}

/** Backup and restored place side by side: rows and digest of every table, log, results, evidence. Hashes are given whole. */
export function compared({ inventory, evidence }: Manifest, restored: Restored): Compared[] {
  const { audit } = inventory
  const entries = (of: { readonly entries: number; readonly lastHash: string }) =>
    `${of.entries} entries ${of.lastHash}`
  const { brokenAt } = restored.audit
  return [
    line('last migration', inventory.migrations.at(-1) ?? NONE, restored.migrations.at(-1) ?? NONE),
    ...paired(inventory.tables, restored.tables, {
      key: ({ table }) => table,
      label: ({ table }) => table,
      tell: ({ rows, digest }) => `${rows} rows ${digest}`,
    }),
    ...(audit === null
      ? []
      : [
          line(
            'audit chain',
            entries(audit),
            brokenAt === null ? entries(restored.audit) : `broken at ${brokenAt}`,
          ),
        ]),
    ...paired(inventory.standings, audit === null ? [] : restored.standings, {
      key: ({ assessmentId }) => assessmentId,
      label: ({ name, asOf }) => `standings ${name} ${asOf}`,
      tell: ({ units, digest }) => `${units} units ${digest}`,
    }),
    line(
      'evidence',
      `${evidence.files.length - evidence.faults.length} files`,
      `${restored.evidenceFiles} files`,
    ),
  ]
}
