import type { AccountRow } from '../tables.ts'
import { people, places } from './city.ts'

/** Who records what: account ids by unit and role, null where nobody has an account. */
export interface Recorders {
  readonly office: string | null
  /** Decides appeals, having recorded nothing. */
  readonly secondOffice: string | null
  /** Approves publications. */
  readonly leader: string | null
  readonly of: (unit: string, role: 'editor' | 'head' | 'agency') => string | null
}

/** The accounts of contract.md, all with one password that need not be changed. */
export const accountRows = (
  passwordHash: string,
  createdAt: string,
  unitId: (name: string) => string,
  newId: () => string,
): AccountRow[] =>
  people.map(({ username, name, role, unit }) => ({
    id: newId(),
    username,
    name,
    role,
    unitId: unit === null ? null : unitId(unit),
    passwordHash,
    mustChangePassword: 0,
    disabledAt: null,
    createdAt,
    grantedAt: createdAt,
  }))

/** Recorders among the demo accounts; a county's people act for its departments too. */
export function recordersAmong(accounts: readonly AccountRow[]): Recorders {
  const idOf = (username: string | undefined): string | null =>
    accounts.find((account) => account.username === username)?.id ?? null
  const parents = new Map(places.map(({ name, parent }) => [name, parent]))
  return {
    office: idOf('office'),
    secondOffice: idOf('office2'),
    leader: idOf('leader'),
    of: (unit, role) => {
      const person = people.find(
        (one) =>
          one.role === role && (one.unit === unit || (role !== 'agency' && one.unit === parents.get(unit))),
      )
      return idOf(person?.username)
    },
  }
}

/** The one office account of a new installation records what the office records. */
export const onlyOffice = (accountId: string | null): Recorders => ({
  office: accountId,
  secondOffice: accountId,
  leader: null,
  of: () => null,
})
