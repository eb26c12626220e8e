import { z } from 'zod'
import { listAccounts, works } from '../../db/accounts.ts'
import { listContacts, saveContact } from '../../db/contacts.ts'
import type { Source } from '../../db/source.ts'
import { listUnits } from '../../db/units.ts'
import type { Account } from '../access/session.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { reference, text } from '../http/wire.ts'

const contact = z.object({ name: z.string(), telephone: z.string().nullable() })
/** Whom to ask at each assessing unit. */
export const contactsSchema = z
  .object({ items: z.array(contact.extend({ unit: reference })) })
  .meta({ id: 'OfficeContacts' })
type Contacts = z.infer<typeof contactsSchema>

export const contactBody = z.object({ name: text(60), telephone: text(60).nullable() })

/** The contact that each office gave, else whoever works for it; offices without either are left out. */
export async function officeContacts(db: Source): Promise<Contacts> {
  const given = new Map((await listContacts(db)).map((row) => [row.unitId, row]))
  const people = new Map<string, string>()
  for (const account of await listAccounts(db))
    if (account.role === 'office' && works(account) && account.unitId !== null && !people.has(account.unitId))
      people.set(account.unitId, account.name)
  const items = (await listUnits(db)).flatMap(({ id, name: unit }) => {
    const name = given.get(id)?.name ?? people.get(id)
    return name === undefined
      ? []
      : [{ unit: { id, name: unit }, name, telephone: given.get(id)?.telephone ?? null }]
  })
  return { items }
}

/** Changes with the contact that the account's own office gave. */
export const contactEtag = ({ items }: Contacts, { unit }: Account): string => {
  const own = items.find((item) => item.unit.id === unit?.id)
  return etagOf([own?.name ?? null, own?.telephone ?? null])
}

/** Says whom to ask at the actor's office. Throws `forbidden` without a unit and what `requireMatch` throws. */
export const setContact = (
  actor: Actor,
  { name, telephone }: z.infer<typeof contactBody>,
  ifMatch: string | undefined,
): Promise<void> =>
  act(actor, 'contact.set', async ({ trx, by }) => {
    if (by.unit === null) throw new Problem('forbidden')
    const before = await officeContacts(trx)
    requireMatch(ifMatch, contactEtag(before, by))
    const unitId = by.unit.id
    const was = before.items.find(({ unit }) => unit.id === unitId)
    await saveContact(trx, { unitId, name, telephone })
    const detail = changeOf(
      { name: was?.name ?? null, telephone: was?.telephone ?? null },
      { name, telephone },
    )
    return done(undefined, { subject: unitId, detail })
  })
