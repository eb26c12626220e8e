import { canonicalJson } from '../../canonical-json.ts'
import type { ProofFile, ShownLeaf } from './proof.ts'

/**
 * Leaves of one kind as a text holds them. With `columns`, the members that each of their values has, a row goes on with the members' values in
 * that order: marks are many, and the names of their members would be most of the file.
 */
interface Rows {
  readonly kind: string
  readonly columns?: readonly string[]
  /** Tag, salt and key of each, then its value or its members. */
  readonly rows: readonly (readonly unknown[])[]
}

/** What the JSON of a file looks like. */
interface Packed extends Pick<ProofFile, 'format' | 'root' | 'count' | 'others'> {
  /** Places of the leaves in the tree, as first and last of each run. */
  readonly places: readonly (readonly [first: number, last: number])[]
  readonly leaves: readonly Rows[]
}

const membersOf = (value: unknown): string[] =>
  Object.entries(value as object)
    .filter(([, member]) => member !== undefined)
    .map(([name]) => name)
    .sort()

/** The members that the values have in common, where all of them have the same. */
function columnsOf(leaves: readonly ShownLeaf[]): readonly string[] | undefined {
  const all = leaves.map(({ value }) => membersOf(value))
  const [first] = all
  return leaves.length > 1 && all.every((names) => names.join() === first?.join()) ? first : undefined
}

function runsOf(places: readonly number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const place of places) {
    const last = runs.at(-1)
    if (last?.[1] === place - 1) last[1] = place
    else runs.push([place, place])
  }
  return runs
}

function rowsOf(kind: string, leaves: readonly ShownLeaf[]): string {
  const columns = columnsOf(leaves)
  const rows = leaves.map(({ tag, salt, key, value }) =>
    canonicalJson([
      tag,
      salt,
      key,
      ...(columns ? columns.map((name) => (value as Record<string, unknown>)[name]) : [value]),
    ]),
  )
  const head = columns ? `"columns":${canonicalJson(columns)},` : ''
  return `{"kind":${canonicalJson(kind)},${head}"rows":[\n${rows.join(',\n')}\n]}`
}

/** The JSON of a file, a line each leaf, so that people find one in an editor; it holds no `<`, which could end the element it stands in. */
export function proofText({ format, root, count, leaves, others }: ProofFile): string {
  const kinds = [...new Set(leaves.map(({ kind }) => kind))]
  const head = canonicalJson({
    count,
    format,
    others,
    places: runsOf(leaves.map(({ place }) => place)),
    root,
  })
  const all = kinds.map((kind) =>
    rowsOf(
      kind,
      leaves.filter((leaf) => leaf.kind === kind),
    ),
  )
  return `${head.slice(0, -1)},"leaves":[\n${all.join(',\n')}\n]}`.replaceAll('<', '\\u003c')
}

/** Why a text is no such file at all. */
export type Unreadable = 'not-json' | 'other-format'

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const isPacked = (json: unknown): json is Packed => {
  const { format, root, count, places, leaves, others } = (json ?? {}) as Record<string, unknown>
  return (
    format === 1 &&
    typeof root === 'string' &&
    typeof count === 'number' &&
    isList(others) &&
    others.every((other) => typeof other === 'string') &&
    isList(places) &&
    places.every((run) => isList(run) && run.every((place) => Number.isInteger(place))) &&
    isList(leaves) &&
    leaves.every((each: unknown) => {
      const rows: unknown = (each as Rows | null)?.rows
      return isList(rows) && rows.every(isList)
    })
  )
}

/** More than any file has: a run that goes on for ever is not followed. */
const MOST_LEAVES = 1_000_000

function placesOf(runs: Packed['places']): number[] {
  const places: number[] = []
  for (const [first, last] of runs)
    for (let place = first; place <= last && places.length < MOST_LEAVES; place++) places.push(place)
  return places
}

/** Reads the JSON of a file; or why it is none. A leaf without a place gets the place −1, which no tree has. */
export function readProof(text: string): ProofFile | Unreadable {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return 'not-json'
  }
  if (!isPacked(json)) return 'other-format'
  const { format, root, count, others, leaves } = json
  const places = placesOf(json.places)
  const shown = leaves
    .flatMap(({ kind, columns, rows }) => rows.map((row) => ({ kind, columns, row })))
    .map(({ kind, columns, row }, at): ShownLeaf => {
      const [tag, salt, key, ...values] = row as readonly [string, string, string, ...unknown[]]
      const value = columns ? Object.fromEntries(columns.map((name, of) => [name, values[of]])) : values[0]
      return { place: places[at] ?? -1, tag, salt, kind, key, value }
    })
  return { format, root, count, others, leaves: shown }
}

/** Where a page holds the JSON of its file. */
const slot = /(<script type="application\/json" id="proof">)([^<]*)(<\/script>)/

/** The page that holds a file, out of the one built without. Throws RangeError where the page has no place for it. */
export function pageWith(page: string, file: ProofFile): string {
  if (!slot.test(page)) throw new RangeError('the page has no place for a proof')
  return page.replace(slot, (_, before: string, __, after: string) => `${before}${proofText(file)}${after}`)
}

/** The JSON in a page, or the whole text where it is no page. */
export const proofTextIn = (page: string): string => slot.exec(page)?.[2] ?? page
