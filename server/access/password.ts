import { randomInt } from 'node:crypto'
import { hash, verify, type Options } from '@node-rs/argon2'
import { inTurn } from './in-turn.ts'

/** Argon2id by the library's default algorithm; memory in KiB. OWASP's second choice: 19 MiB, two passes. */
export const passwordCost: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
export type PasswordCost = Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>

/** Characters nobody mistakes for another when reading a password out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const generatedLength = 14

/** Hashing takes one of Node's four threads, and 19 MiB, for tens of milliseconds; files need the others when everybody signs in at once. */
const oneOfFew = inTurn(2)
/** Passwords that are made, which no stranger can ask for. */
const nobody = ''

export const hashPassword = (password: string, cost: PasswordCost): Promise<string> =>
  oneOfFew(nobody, () => hash(password.normalize('NFKC'), cost))

/** Whether the password is the one behind the hash. Whoever asks often waits for those who ask once: `asker` tells them apart. */
export const passwordMatches = (hashed: string, password: string, asker: string): Promise<boolean> =>
  oneOfFew(asker, () => verify(hashed, password.normalize('NFKC')))

/** A password to hand over once; its owner must change it. */
export const generatePassword = (): string =>
  Array.from({ length: generatedLength }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

const decoys = new Map<string, Promise<string>>()

/** Spends as long as checking a real password does, so that an unknown username cannot be told by the time it takes. */
export async function checkNothing(password: string, cost: PasswordCost, asker: string): Promise<false> {
  const key = JSON.stringify(cost)
  const decoy = decoys.get(key) ?? hashPassword(generatePassword(), cost)
  decoys.set(key, decoy)
  await passwordMatches(await decoy, password, asker)
  return false
}
