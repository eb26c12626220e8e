import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { checkProof, type CheckedProof } from '#assessment/publication/proof/check-proof'
import { proofTextIn, readProof, type Unreadable } from '#assessment/publication/proof/proof-text'

/** SHA-256 without the browser's own, which a page opened from a disk may lack. */
const hash = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** What a file says, a page or its JSON, and whether it agrees with itself. */
export function readChecked(text: string): CheckedProof | Unreadable {
  const file = readProof(proofTextIn(text))
  return typeof file === 'string' ? file : checkProof(file, hash)
}
