import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../server/http/problem.ts'
import { discard } from '../../server/evidence/storage.ts'
import { takeUpload } from '../../server/evidence/upload.ts'
import { temporaryFolder } from '../fixtures/databases.ts'

const { path: dataDir } = temporaryFolder()
const incoming = () => readdirSync(join(dataDir, 'evidence', 'incoming'))
const MEGABYTE = 1024 * 1024

const field = (name: string, value: string) =>
  `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
const file = (name: string, content: string, headers = '') =>
  `--b\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\n${headers}\r\n${content}\r\n`
const end = '--b--\r\n'

interface Sent {
  readonly type?: string
  /** Bytes sent together; all of them when left out. */
  readonly piece?: number
  /** The connection breaks after this many bytes. */
  readonly breaksAfter?: number
}

/** A request whose body arrives in pieces; it says nothing of its length. */
function sending(body: string, { type, piece, breaksAfter }: Sent = {}): Request {
  const bytes = Buffer.from(body)
  const size = piece ?? bytes.length
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (breaksAfter !== undefined && at >= breaksAfter) return controller.error(new Error('ECONNRESET'))
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
  const headers = { 'content-type': type ?? 'multipart/form-data; boundary=b' }
  return new Request('http://localhost/api/evidence', {
    method: 'POST',
    headers,
    body: stream,
    duplex: 'half',
  } as RequestInit)
}

const outcomeOf = (request: Request) =>
  takeUpload(dataDir, request).then(
    async ({ name, received, fields }) => {
      await discard(received.path)
      return { name, bytes: received.bytes, fields }
    },
    (error: unknown) => (error instanceof Problem ? error.code : error),
  )

describe('an upload', () => {
  const text = file('说明.txt', '已整改')
  const said = { assessmentId: 'a', documentDate: '2017-05-10' }
  const fields = field('assessmentId', 'a') + field('documentDate', '2017-05-10')
  const taken = { name: '说明.txt', bytes: 9, fields: said }

  it('may have its fields before the file, behind it, or on both sides', async () => {
    expect(await outcomeOf(sending(fields + text + end))).toEqual(taken)
    expect(await outcomeOf(sending(text + fields + end))).toEqual(taken)
    expect(
      await outcomeOf(sending(field('assessmentId', 'a') + text + field('documentDate', '2017-05-10') + end)),
    ).toEqual(taken)
  })

  it.each([1, 2, 3, 7, 64])('may arrive %i bytes at a time', async (piece) => {
    expect(await outcomeOf(sending(fields + text + end, { piece }))).toEqual(taken)
  })

  it('may hold what looks like a boundary, and be behind a preamble', async () => {
    const content = 'a\n--b\r\n--\r\n-b-\r\n--c'
    expect(await outcomeOf(sending(`preamble\r\n${file('a.txt', content)}${end}epilogue`))).toEqual({
      name: 'a.txt',
      bytes: content.length,
      fields: {},
    })
  })

  it('is as long as a form may be', async () => {
    expect(await outcomeOf(sending(field('uploadId', 'x'.repeat(4096)) + text + end))).toMatchObject({
      bytes: 9,
    })
    const most = Array.from({ length: 19 }, (_, index) => field(`f${index}`, 'x')).join('')
    expect(await outcomeOf(sending(most + text + end))).toMatchObject({ bytes: 9 })
  })
})

describe('a hostile upload', () => {
  const text = file('a.txt', 'hello')

  it.each<[string, string, string, Sent?]>([
    ['names no boundary', text + end, 'evidence-missing', { type: 'multipart/form-data' }],
    ['names an empty boundary', text + end, 'evidence-missing', { type: 'multipart/form-data; boundary=' }],
    ['is another kind of multipart', text + end, 'evidence-missing', { type: 'multipart/mixed; boundary=b' }],
    ['is no form', 'file=a', 'evidence-missing', { type: 'application/x-www-form-urlencoded' }],
    ['is empty', '', 'upload-broken'],
    ['never comes to its boundary', 'x'.repeat(100_000), 'upload-broken'],
    ['has another boundary than it says', text.replaceAll('--b', '--c') + end, 'evidence-missing'],
    ['ends within the file', text, 'upload-broken'],
    ['ends within a header', '--b\r\ncontent-disposition: form-da', 'upload-broken'],
    ['ends before its last boundary', `${text}--b`, 'upload-broken'],
    ['breaks off', text + end, 'upload-broken', { piece: 10, breaksAfter: 60 }],
    ['breaks off before anything came', text + end, 'upload-broken', { breaksAfter: 0 }],
    ['has a header without end', file('a.txt', 'x', `x: ${'x'.repeat(100_000)}\r\n`) + end, 'upload-broken'],
    ['has headers without end', file('a.txt', 'x', 'x: y\r\n'.repeat(20_000)) + end, 'upload-broken'],
    ['has a header that is none', `--b\r\n\0\0\0\r\n\r\nx\r\n${end}`, 'upload-broken'],
    [
      'has a part without a name',
      `--b\r\ncontent-disposition: form-data\r\n\r\nx\r\n${end}`,
      'upload-broken',
    ],
    ['has too many parts', field('f', 'x').repeat(20) + text + end, 'upload-broken'],
    ['has very many parts', text + field('f', 'x').repeat(5000) + end, 'upload-broken'],
    ['has a long field', field('uploadId', 'x'.repeat(4097)) + text + end, 'upload-broken'],
    ['has a very long field behind the file', text + field('f', 'x'.repeat(MEGABYTE)) + end, 'upload-broken'],
    ['has two files', text + text + end, 'evidence-missing'],
    ['has a file beside its field', text.replace('"file"', '"other"') + end, 'evidence-missing'],
    ['has no file', field('assessmentId', 'a') + end, 'evidence-missing'],
    ['has a file without a name', text.replace('; filename="a.txt"', '') + end, 'evidence-missing'],
    ['hides a path in an escaped name', file('a%22/../b.txt', 'x') + end, 'evidence-path'],
    ['has an empty file', file('a.txt', '') + end, 'evidence-empty'],
    ['has a file that nobody chose', file('', '') + end, 'evidence-missing'],
    [
      'is too large, and says nothing of it',
      file('a.txt', 'x'.repeat(51 * MEGABYTE)) + end,
      'too-large',
      { piece: 65_536 },
    ],
    ['is too large before any file', 'x'.repeat(51 * MEGABYTE), 'too-large', { piece: 65_536 }],
  ])('that %s is refused and leaves nothing', async (_, body, code, sent = {}) => {
    expect(await outcomeOf(sending(body, sent))).toBe(code)
    expect(incoming()).toEqual([])
  })

  it('that says it is too large is refused before it is read', async () => {
    const request = sending(text + end)
    request.headers.set('content-length', String(60 * MEGABYTE))
    expect(await outcomeOf(request)).toBe('too-large')
    expect(request.bodyUsed).toBe(false)
  })

  it('leaves nothing behind that could hurt others after it', async () => {
    await outcomeOf(sending(field('__proto__', 'polluted') + text + end))
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
