import { canonicalJson } from '../../canonical-json.ts'
import type { ProofFile } from './proof.ts'

/** Where a page holds the JSON of its file. */
const slot = /(<script type="application\/json" id="proof">)([^<]*)(<\/script>)/

/** The JSON of a file, a line each leaf, so that people find one in an editor; it holds no `<`, which could end the element it stands in. */
export function proofText({ leaves, others, ...head }: ProofFile): string {
  const lines = leaves.map((leaf) => canonicalJson(leaf)).join(',\n')
  const text = `${canonicalJson(head).slice(0, -1)},"others":${canonicalJson(others)},"leaves":[\n${lines}\n]}`
  return text.replaceAll('<', '\\u003c')
}

/** The page that holds a file, out of the one built without. Throws RangeError where the page has no place for it. */
export function pageWith(page: string, file: ProofFile): string {
  if (!slot.test(page)) throw new RangeError('the page has no place for a proof')
  return page.replace(slot, (_, before: string, __, after: string) => `${before}${proofText(file)}${after}`)
}

/** The JSON in a page, or the whole text where it is no page. */
export const proofTextIn = (page: string): string => slot.exec(page)?.[2] ?? page
