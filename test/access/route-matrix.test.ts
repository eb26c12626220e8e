import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { administratorRoles, roles, type AdministratorRole } from '#assessment/vocabulary'
import { accessAskedBy, type Access } from '../../server/access/allow.ts'
import { actionsOf, scopeOf, type Action } from '../../server/access/permissions.ts'
import { createApp } from '../../server/app.ts'
import { openLog } from '../../server/log.ts'
import { appOn, openMemory, unitId, withYear, type Caller, type TestApp } from '../fixtures/app.ts'

interface Route {
  readonly method: string
  readonly path: string
  readonly asks: readonly Access[]
}

/** Every route of the application with what it asks of its caller. */
function routesOf(app: TestApp['app']): Route[] {
  const routes = new Map<string, Route>()
  for (const { method, path, handler } of app.routes) {
    if (method === 'ALL') continue
    const known = routes.get(`${method} ${path}`) ?? { method, path, asks: [] }
    const asked = accessAskedBy(handler)
    routes.set(`${method} ${path}`, {
      ...known,
      asks: asked === undefined ? known.asks : [...known.asks, asked],
    })
  }
  return [...routes.values()]
}

const db = await openMemory()
const routes = routesOf(createApp({ db, log: openLog('silent') }))
const test = appOn(db)
const params: Record<string, string> = {}

beforeAll(async () => {
  params.id = await withYear(test)
  params.unitId = await unitId(db, '市水务局')
})
afterAll(() => db.destroy())

const call = (caller: Caller, { method, path }: Route) =>
  caller(
    path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? 'unknown'),
    { method, ...(method === 'GET' ? {} : { body: {} }) },
  )
const named = (route: Route): [string, Route] => [`${route.method} ${route.path}`, route]

describe('every route of the API', () => {
  it('there are routes to look at', () => {
    expect(routes.length).toBeGreaterThan(25)
  })

  it.each(routes.map(named))('%s asks exactly one thing of its caller', (_, { asks }) => {
    expect(asks).toHaveLength(1)
  })

  it.each(routes.map(named))(
    '%s answers 401 without a session, unless it is open to all',
    async (_, route) => {
      const answer = await call(test.anyone, route)
      const isOpen = route.asks[0] === 'public'
      expect(answer.json.code === 'unauthenticated').toBe(!isOpen)
      expect(answer.status === 401 && !isOpen ? 401 : 0).toBe(isOpen ? 0 : 401)
    },
  )

  for (const role of roles) {
    it.each(routes.filter(({ asks }) => asks[0] !== 'public' && asks[0] !== 'session').map(named))(
      `%s lets ${role} in only with its action`,
      async (_, route) => {
        const permitted = scopeOf(role, route.asks[0] as Parameters<typeof scopeOf>[1]) !== undefined
        const answer = await call(await test.as(role), route)
        expect([401, 500]).not.toContain(answer.status)
        expect(answer.json.code === 'forbidden').toBe(!permitted)
        if (!permitted) expect(answer.status).toBe(403)
      },
    )
  }

  it.each(routes.filter(({ asks }) => asks[0] !== 'public' && asks[0] !== 'session').map(named))(
    '%s is closed to a password that must be changed',
    async (_, route) => {
      const answer = await call(await test.as('newcomer'), route)
      expect([answer.status, answer.json.code]).toEqual([403, 'password-change-required'])
    },
  )

  it('the OpenAPI document holds every one of them', async () => {
    const { json } = await test.anyone('/api/openapi.json')
    const paths = json.paths as Record<string, Record<string, unknown>>
    for (const { method, path } of routes) {
      expect(
        paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()],
        `${method} ${path}`,
      ).toBeDefined()
    }
  })
})

describe('the three administrators 三员', () => {
  /** model.md §11, written out apart from the table in server/access: no score in sight or reach. */
  const theirs: Readonly<Record<AdministratorRole, readonly Action[]>> = {
    system: [
      'unit.read',
      'unit.write',
      'account.read',
      'account.write',
      'evidence.settings',
      'mail.settings',
      'sign-in.confirm',
      'backup.read',
    ],
    security: ['account.read', 'account.grant', 'account.reset', 'sign-in.settings'],
    audit: ['audit.read'],
  }

  it.each(administratorRoles)('%s has these actions and no other', (role) => {
    expect(new Set(actionsOf(role))).toEqual(new Set(theirs[role]))
  })

  it('share nothing but the list of accounts', () => {
    const shared = administratorRoles.flatMap((role) =>
      actionsOf(role).filter((action) =>
        administratorRoles.some((other) => other !== role && scopeOf(other, action) !== undefined),
      ),
    )
    expect(new Set(shared)).toEqual(new Set(['account.read']))
  })

  it('are alone in making, granting and resetting accounts, and in reading the log', () => {
    for (const action of [
      'account.read',
      'account.write',
      'account.grant',
      'account.reset',
      'audit.read',
    ] as const)
      for (const role of roles)
        if (!administratorRoles.some((each) => each === role))
          expect([role, action, scopeOf(role, action)]).toEqual([role, action, undefined])
  })
})
