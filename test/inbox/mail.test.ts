import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import tls from 'node:tls'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { sendDigests } from '../../server/inbox/digest.ts'
import { createAssessedCache } from '../../server/assessed.ts'
import { appOn, openMemory, withYear, type Caller } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'
import { testCertificate, testKey } from '../fixtures/tls.ts'
import { readPassword, sealOldPassword } from '../../server/mail/settings.ts'

/** A mail server of a few lines, by TLS or in the open: takes everything, and keeps what it was told. */
function listen(
  isSecure: boolean,
): Promise<{ server: Server; port: number; said: string[]; letters: string[] }> {
  const said: string[] = []
  const letters: string[] = []
  const talk = (socket: Socket): void => {
    let letter: string | null = null
    let held = ''
    const answer = (line: string) => void socket.write(`${line}\r\n`)
    answer('220 here')
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      held += bytes.toString()
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end)
        held = held.slice(end + 2)
        if (letter !== null) {
          if (line === '.') {
            letters.push(letter)
            letter = null
            answer('250 taken')
          } else letter += `${line}\n`
          continue
        }
        said.push(line)
        if (line.startsWith('EHLO')) socket.write('250-here\r\n250 AUTH PLAIN\r\n')
        else if (line.startsWith('AUTH')) answer('235 welcome')
        else if (line === 'DATA') {
          letter = ''
          answer('354 go on')
        } else if (line === 'QUIT') socket.end('221 bye\r\n')
        else answer('250 fine')
      }
    })
  }
  const server = isSecure
    ? tls.createServer({ key: testKey, cert: testCertificate }, talk)
    : createServer(talk)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ server, port: (server.address() as AddressInfo).port, said, letters }),
    )
  })
}

const folder = temporaryFolder()
const db = await openMemory()
const test = appOn(db, null, folder.path)
const post = await listen(true)
const plain = await listen(false)
/** Whose certificate counts is the machine's business; here ours does as well. */
const connect = tls.connect
vi.spyOn(tls, 'connect').mockImplementation((...args: unknown[]) =>
  Reflect.apply(
    connect,
    tls,
    args.map((arg, index) => (index === 0 ? { ...(arg as object), ca: testCertificate } : arg)),
  ),
)
let system: Caller
const settings = {
  enabled: true,
  host: '127.0.0.1',
  port: post.port,
  secure: true,
  user: 'clerk',
  from: 'office@example.cn',
}
const password = 'very secret indeed'
const digest = () =>
  sendDigests({ db, dataDir: folder.path, clock: () => test.clock.now }, createAssessedCache(db))

async function put(body: object) {
  const now = await system('/api/mail')
  return system('/api/mail', { method: 'PUT', body, headers: { 'if-match': now.headers.get('etag') ?? '' } })
}

beforeAll(async () => {
  await withYear(test)
  system = await test.as('system')
  test.clock.now = new Date('2017-05-19T02:00:00Z')
})
afterAll(async () => {
  vi.restoreAllMocks()
  await db.destroy()
  for (const { server } of [post, plain]) {
    server.close()
    await once(server, 'close')
  }
})

const decoded = (letter: string): string =>
  Buffer.from(letter.slice(letter.indexOf('\n\n')), 'base64').toString() + letter

describe('e-mail', () => {
  it('is off at first: nothing leaves', async () => {
    expect((await system('/api/mail')).json).toMatchObject({ enabled: false, hasPassword: false })
    const tried = await system('/api/mail/test', { body: { to: 'a@example.cn' } })
    expect([tried.status, tried.json.code]).toEqual([409, 'mail-off'])
    await put({ ...settings, enabled: false, password })
    await db
      .updateTable('accounts')
      .set({ email: 'agency@example.cn' })
      .where('id', '=', 'account-agency')
      .execute()
    expect(await digest()).toBe(0)
    expect(post.said).toEqual([])
  })

  it('its password is sealed by a key outside the database, and in nothing the API says', async () => {
    const answer = await put({ ...settings, password })
    expect(answer.json).toEqual({ ...settings, hasPassword: true })
    expect(existsSync(join(folder.path, 'smtp-password'))).toBe(false)
    expect(readFileSync(join(folder.path, 'secret.key'), 'utf8')).not.toContain(password)
    const stored = JSON.stringify([
      await db.selectFrom('settings').selectAll().execute(),
      await db.selectFrom('auditEntries').selectAll().execute(),
    ])
    expect(stored).not.toContain(password)
    expect((await system('/api/mail')).text).not.toContain(password)
    expect((await put({ ...settings, host: '' })).status).toBe(400)
  })

  it('a test mail reaches the server with the password', async () => {
    expect((await system('/api/mail/test', { body: { to: 'a@example.cn' } })).status).toBe(204)
    expect(post.said).toContain('RCPT TO:<a@example.cn>')
    expect(post.said).toContain(`AUTH PLAIN ${Buffer.from(`\0clerk\0${password}`).toString('base64')}`)
    expect(post.letters).toHaveLength(1)
  })

  it('everybody with an address gets what waits for them, once a day, from eight in the morning', async () => {
    const editor = await test.as('editor')
    await db
      .updateTable('accounts')
      .set({
        unitId: (
          await db.selectFrom('units').select('id').where('name', '=', '市林业局').executeTakeFirstOrThrow()
        ).id,
      })
      .where('id', '=', 'account-editor')
      .execute()
    const now = await editor('/api/calendar/token')
    const set = await editor('/api/calendar/email', {
      method: 'PUT',
      body: { email: 'editor@example.cn' },
      headers: { 'if-match': now.headers.get('etag') ?? '' },
    })
    expect([set.status, set.json.email]).toEqual([200, 'editor@example.cn'])
    test.clock.now = new Date('2017-05-18T23:59:00Z')
    expect(await digest()).toBe(0)
    test.clock.now = new Date('2017-05-19T00:01:00Z')
    const sent = await digest()
    expect(sent).toBeGreaterThan(0)
    const letter = decoded(post.letters.find((one) => one.includes('To: editor@example.cn')) ?? '')
    // Who sets the server of the mail may read it, and sees no case.
    expect(letter).toMatch(/整改　市林业局　2017-1/)
    expect(letter).not.toContain('链接失效')
    expect(await digest()).toBe(0)
  })

  it('its password goes nowhere but to where it was given for', async () => {
    for (const change of [
      { host: 'localhost' },
      { port: plain.port },
      { user: 'other' },
      { secure: false },
    ]) {
      expect((await put({ ...settings, password })).json.hasPassword).toBe(true)
      expect((await put({ ...settings, from: 'other@example.cn' })).json.hasPassword).toBe(true)
      expect([change, (await put({ ...settings, ...change })).json.hasPassword]).toEqual([change, false])
    }
  })

  it('its password is not sent in the open, even where the server asks for it', async () => {
    await put({ ...settings, port: plain.port, secure: false, password })
    const tried = await system('/api/mail/test', { body: { to: 'a@example.cn' } })
    expect([tried.status, tried.json.code]).toEqual([503, 'mail-failed'])
    expect(plain.said.some((line) => line.startsWith('EHLO'))).toBe(true)
    expect(plain.said.filter((line) => /^(AUTH|MAIL|RCPT)/.test(line))).toEqual([])
    expect(plain.letters).toEqual([])
  })

  it('units that the office reminds find it with their to-dos, and a letter where they named an address', async () => {
    const office = await test.as('office')
    const [assessment] = (await office('/api/assessments')).json.items as { id: string }[]
    const path = `/api/assessments/${assessment?.id}/reminders`
    const forestry = await db
      .selectFrom('units')
      .select('id')
      .where('name', '=', '市林业局')
      .executeTakeFirstOrThrow()
    const order = { unitIds: [forestry.id, 'water'], note: '请本周内办结' }
    await put({ ...settings, password })
    const before = post.letters.length
    const reminded = await office(path, { body: order })
    expect([reminded.status, reminded.json]).toEqual([200, { units: 2, letters: 1, mail: 'sent' }])
    const [letter = ''] = post.letters.slice(before)
    expect(letter).toContain('To: editor@example.cn')
    expect(decoded(letter)).toContain('请本周内办结')
    const editor = await test.as('editor')
    expect((await editor('/api/inbox')).json.reminders).toMatchObject([
      { assessmentId: assessment?.id, on: '2017-05-19', note: '请本周内办结' },
    ])
    // Again: the last one stands, and others see nothing of it.
    await office(path, { body: { ...order, note: null } })
    expect((await editor('/api/inbox')).json.reminders).toMatchObject([{ note: null }])
    expect((await office('/api/inbox')).json.reminders).toEqual([])
    expect((await office(path, { body: { unitIds: ['nowhere'], note: null } })).status).toBe(404)
    expect((await editor(path, { body: order })).status).toBe(403)
  })

  it('without a user a server of the old kind still takes it', async () => {
    await put({ ...settings, port: plain.port, secure: false, user: '' })
    expect((await system('/api/mail/test', { body: { to: 'a@example.cn' } })).status).toBe(204)
    expect(plain.letters).toHaveLength(1)
  })

  it('a password that an earlier release left in a file is sealed at the start, and the file removed', async () => {
    await db.deleteFrom('settings').where('key', '=', 'smtp.password').execute()
    const file = join(folder.path, 'smtp-password')
    writeFileSync(file, password)
    const place = { db, dataDir: folder.path }
    expect(await readPassword(place)).toBe(password)
    await sealOldPassword(place)
    expect([existsSync(file), await readPassword(place)]).toEqual([false, password])
  })

  it('a server that does not answer is told in words', async () => {
    await put({ ...settings, port: 1 })
    const tried = await system('/api/mail/test', { body: { to: 'a@example.cn' } })
    expect([tried.status, tried.json.code]).toEqual([503, 'mail-failed'])
    expect(tried.text).not.toContain(password)
    await put({ ...settings, enabled: false, password: '' })
    expect((await system('/api/mail')).json.hasPassword).toBe(false)
  })
})
