import { z } from 'zod'
import { findSetting, saveSetting } from '../../db/settings.ts'
import type { Source } from '../../db/source.ts'
import { act, changeOf, done, type Actor } from '../act.ts'
import type { Deps } from '../deps.ts'
import { etagOf, requireMatch } from '../http/if-match.ts'
import { seal, unseal } from '../sealed.ts'

export const isOnThisMachine = ({ hostname }: URL): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Only by TLS, except on this machine. */
const issuerAddress = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((address) => {
    const url = URL.canParse(address) ? new URL(address) : null
    return url !== null && (url.protocol === 'https:' || isOnThisMachine(url))
  })

/** 统一身份认证 by OpenID Connect: accounts are those of the same name. */
export const singleSignOn = z.object({
  enabled: z.boolean(),
  /** As people know it; stands on the button. */
  name: z.string().trim().max(40),
  issuer: z.union([issuerAddress, z.literal('')]),
  clientId: z.string().trim().max(200),
  /** The claim that holds the username here. */
  claim: z.string().trim().min(1).max(64),
})
export type SingleSignOn = z.infer<typeof singleSignOn>

/** Whoever vouches for people could be anybody: it counts once a second administrator has confirmed it. */
const kept = singleSignOn.extend({ confirmed: z.boolean().default(true) })
type Kept = z.infer<typeof kept>

export const singleSignOnView = kept.extend({ hasSecret: z.boolean() }).meta({ id: 'SingleSignOn' })
/** Without a secret the stored one stays, as long as it would go to the same place; an empty one removes it. */
export const singleSignOnBody = singleSignOn
  .extend({ secret: z.string().max(500).optional() })
  .refine(({ enabled, name, issuer, clientId }) => !enabled || Boolean(name && issuer && clientId))

const [KEY, SECRET, purpose] = ['single-sign-on.settings', 'single-sign-on.secret', 'single sign-on'] as const
const off: Kept = {
  enabled: false,
  name: '',
  issuer: '',
  clientId: '',
  claim: 'preferred_username',
  confirmed: false,
}

export async function readSingleSignOn(db: Source): Promise<Kept> {
  const stored = await findSetting(db, KEY)
  return stored === undefined ? off : kept.parse(JSON.parse(stored))
}

/** The client's secret; null when there is none, or it cannot be opened here. */
export async function openSecret(db: Source, dataDir: string): Promise<string | null> {
  const sealed = await findSetting(db, SECRET)
  return sealed ? unseal(dataDir, purpose, sealed) : null
}

/** The settings, whether there is a secret, and their ETag. */
export async function viewSingleSignOn(db: Source) {
  const settings = await readSingleSignOn(db)
  return {
    view: { ...settings, hasSecret: Boolean(await findSetting(db, SECRET)) },
    etag: etagOf(settings),
  }
}

/**
 * Changes who vouches for people, which then waits to be confirmed. The secret is forgotten where it would go to another place. Throws what
 * `requireMatch` throws.
 */
export async function changeSingleSignOn(
  actor: Actor & { readonly deps: Pick<Deps, 'dataDir'> },
  { secret, ...settings }: z.infer<typeof singleSignOnBody>,
  ifMatch: string | undefined,
): Promise<void> {
  const sealed = secret ? await seal(actor.deps.dataDir, purpose, secret) : ''
  await act(actor, 'single-sign-on.settings', async ({ trx }) => {
    const before = await readSingleSignOn(trx)
    requireMatch(ifMatch, etagOf(before))
    const moved = before.issuer !== settings.issuer || before.clientId !== settings.clientId
    const confirmed = before.confirmed && !moved && before.claim === settings.claim
    await saveSetting(trx, KEY, JSON.stringify({ ...settings, confirmed }))
    if (secret !== undefined || moved) await saveSetting(trx, SECRET, sealed)
    return done(undefined, {
      subject: KEY,
      detail: {
        ...changeOf({ ...before }, { ...settings, confirmed }),
        secretChanged: secret !== undefined || moved,
      },
    })
  })
}

/** What waits for a second administrator; null where nothing does. */
export const waitingSingleSignOn = singleSignOn
  .pick({ name: true, issuer: true, clientId: true, claim: true })
  .nullable()

export async function viewWaiting(db: Source) {
  const settings = await readSingleSignOn(db)
  const { enabled, confirmed, name, issuer, clientId, claim } = settings
  return {
    waiting: enabled && !confirmed ? { name, issuer, clientId, claim } : null,
    etag: etagOf(settings),
  }
}

/** Lets it vouch for people, as it was read. Throws what `requireMatch` throws. */
export const confirmSingleSignOn = (actor: Actor, ifMatch: string | undefined): Promise<void> =>
  act(actor, 'single-sign-on.confirm', async ({ trx }) => {
    const before = await readSingleSignOn(trx)
    requireMatch(ifMatch, etagOf(before))
    await saveSetting(trx, KEY, JSON.stringify({ ...before, confirmed: true }))
    const { issuer, clientId, claim } = before
    return done(undefined, { subject: KEY, detail: { issuer, clientId, claim } })
  })
