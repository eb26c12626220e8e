/** Characters of a shingle: long enough that common words alone do not make texts alike. */
const shingle = 5
export const signatureLength = 128

/** The least hash of each of so many shares of a text's shingles: texts agree in as many of them as they share shingles. */
export type Signature = Uint32Array

/** What of a text counts when it is compared: its Han characters, without figures, names of years, stops and blanks. */
export const comparable = (text: string): string => text.replace(/[^\u4e00-\u9fff]+/g, '')

/** Mixes the bits of a hash, so that its parts are independent. */
function mixed(hash: number): number {
  let value = hash
  value = Math.imul(value ^ (value >>> 16), 0x7feb352d)
  value = Math.imul(value ^ (value >>> 15), 0x846ca68b)
  return (value ^ (value >>> 16)) >>> 0
}

/** The signature of a comparable text (one-permutation MinHash); null for a text too short to be compared. */
export function signatureOf(text: string): Signature | null {
  if (text.length < 200) return null
  const signature = new Uint32Array(signatureLength).fill(0xffffffff)
  for (let start = 0; start + shingle <= text.length; start++) {
    let hash = 0x811c9dc5
    for (let index = start; index < start + shingle; index++)
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    const value = mixed(hash)
    const bin = value & (signatureLength - 1)
    const rest = value >>> 7
    if (rest < (signature[bin] ?? 0)) signature[bin] = rest
  }
  // A share without shingles borrows from the next one that has some.
  for (let bin = 0; bin < signatureLength; bin++) {
    for (let step = 1; signature[bin] === 0xffffffff && step < signatureLength; step++) {
      const other = signature[(bin + step) % signatureLength] ?? 0xffffffff
      if (other !== 0xffffffff) signature[bin] = mixed(other + step) >>> 7
    }
  }
  return signature
}

/** About what share of their shingles two texts have in common, 0 to 1. */
export function similarity(a: Signature, b: Signature): number {
  let same = 0
  for (let bin = 0; bin < signatureLength; bin++) if (a[bin] === b[bin]) same++
  return same / signatureLength
}
