/** The EICAR test string, in two halves, so that no scanner takes this file for a virus. */
const signature = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
)

/** Looks for the EICAR test string in pieces of a stream, also across their edges. */
export function signatureScan(): { readonly sees: (piece: Buffer) => boolean } {
  let tail = Buffer.alloc(0)
  return {
    sees(piece) {
      const edge = Buffer.concat([tail, piece.subarray(0, signature.length - 1)])
      if (edge.includes(signature) || piece.includes(signature)) return true
      const seen = piece.length >= signature.length - 1 ? piece : Buffer.concat([tail, piece])
      tail = Buffer.from(seen.subarray(Math.max(0, seen.length - signature.length + 1)))
      return false
    },
  }
}
