import { administratorRoles } from '#assessment/vocabulary'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client'
import { z } from 'zod'
import { findAccountByUsername, works } from '../../db/accounts.ts'
import type { AccountRow } from '../../db/tables.ts'
import type { Origin } from '../access/session.ts'
import type { Deps } from '../deps.ts'
import { Problem } from '../http/problem.ts'
import { username } from '../http/wire.ts'
import { seal, unseal } from '../sealed.ts'
import { beginSession } from './sign-in.ts'
import { isSecondFactorRequired, readSignInSettings } from './sign-in-settings.ts'
import {
  isOnThisMachine,
  openSecret,
  readSingleSignOn,
  type SingleSignOn,
} from './single-sign-on-settings.ts'

const purpose = 'single sign-on under way'
/** Seconds within which somebody comes back from the other side. */
export const wayLasts = 600

const underWay = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  /** In milliseconds since 1970. */
  until: z.number(),
})

async function configurationOf(deps: Deps, { issuer, clientId }: SingleSignOn): Promise<Configuration> {
  const secret = (await openSecret(deps.db, deps.dataDir)) ?? undefined
  const server = new URL(issuer)
  const execute = [enableNonRepudiationChecks, ...(isOnThisMachine(server) ? [allowInsecureRequests] : [])]
  return discovery(server, clientId, secret, undefined, { execute, timeout: 10 })
}

async function requireOn({ db }: Pick<Deps, 'db'>): Promise<SingleSignOn> {
  const settings = await readSingleSignOn(db)
  if (!settings.enabled || !settings.confirmed) throw new Problem('not-found')
  return settings
}

/** Where somebody signs in, and what their browser keeps meanwhile. `back` is our own address to come back to. Throws `not-found` where it is off, and `single-sign-on-unreachable`. */
export async function beginSingleSignOn(
  deps: Deps,
  back: URL,
): Promise<{ readonly address: string; readonly kept: string }> {
  const settings = await requireOn(deps)
  const configuration = await configurationOf(deps, settings).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'single sign-on cannot be reached')
    throw new Problem('single-sign-on-unreachable')
  })
  const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()]
  const address = buildAuthorizationUrl(configuration, {
    redirect_uri: back.href,
    scope: 'openid profile email',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  const until = deps.clock().getTime() + wayLasts * 1000
  const kept = await seal(deps.dataDir, purpose, JSON.stringify({ verifier, state, nonce, until }))
  return { address: address.href, kept }
}

/** What the other side says of somebody: their name there, and whether they proved more than a password. */
async function toldBy(
  deps: Deps,
  settings: SingleSignOn,
  came: URL,
  kept: string,
): Promise<{ readonly name: string; readonly twice: boolean }> {
  const opened = await unseal(deps.dataDir, purpose, kept)
  const way = opened === null ? null : underWay.parse(JSON.parse(opened))
  if (way === null || way.until < deps.clock().getTime()) throw new Error('nobody is under way')
  const tokens = await authorizationCodeGrant(await configurationOf(deps, settings), came, {
    pkceCodeVerifier: way.verifier,
    expectedState: way.state,
    expectedNonce: way.nonce,
    idTokenExpected: true,
  })
  const claims = z.record(z.string(), z.unknown()).parse(tokens.claims())
  const means = z.array(z.string()).catch([]).parse(claims.amr)
  return {
    name: username.parse(claims[settings.claim]),
    twice: means.some((mean) => ['mfa', 'otp', 'hwk', 'swk', 'fido'].includes(mean)),
  }
}

/** Begins a session of the account that bears the name told by the other side. Throws `single-sign-on-failed`, `single-sign-on-nobody` and `second-factor-elsewhere`. */
export async function endSingleSignOn(
  deps: Deps,
  origin: Origin,
  came: URL,
  kept: string,
): Promise<{ readonly token: string }> {
  const settings = await requireOn(deps)
  const told = await toldBy(deps, settings, came, kept).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'single sign-on failed')
    throw new Problem('single-sign-on-failed')
  })
  const account = await findAccountByUsername(deps.db, told.name)
  // Whoever sets up who vouches must not be vouched for by it.
  const isAdministrator = administratorRoles.some((role) => role === account?.role)
  if (!account || !works(account) || isAdministrator) throw new Problem('single-sign-on-nobody')
  if (!told.twice && (await needsMore(deps, account))) throw new Problem('second-factor-elsewhere')
  return beginSession(deps, account, origin, { by: 'single-sign-on', step: null })
}

const needsMore = async ({ db }: Deps, { role, secondFactor }: AccountRow): Promise<boolean> =>
  Boolean(secondFactor) || isSecondFactorRequired(await readSignInSettings(db), role)
