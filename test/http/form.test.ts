import { expect, test } from 'vitest'
import { readForm } from '../../server/http/form.ts'

const sent = (fields: readonly (readonly [string, string | File])[]): Request => {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  return new Request('http://localhost/', { method: 'POST', body })
}

test('a form gives its texts and its files as they were sent, of one name the last', async () => {
  const bytes = new Uint8Array([0, 255, 10, 13, 45, 45])
  const file = new File([bytes], '七月"通报"\n.xlsx')
  const form = await readForm(
    sent([
      ['reason', '补登'],
      ['reason', '两行\r\n的说明'],
      ['file', file],
    ]),
  )
  expect(form?.reason).toBe('两行\r\n的说明')
  const read = form?.file as File
  expect([read.name, new Uint8Array(await read.arrayBuffer())]).toEqual(['七月"通报"\n.xlsx', bytes])
})

test('an empty file is one', async () => {
  const form = await readForm(sent([['file', new File([], 'a.csv')]]))
  expect(form?.file).toMatchObject({ name: 'a.csv', size: 0 })
})

test('others are served while a large form arrives', async () => {
  const pieces = 400
  let left = pieces
  const boundary = 'form-boundary'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\n`
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(head)),
    pull: (controller) => {
      if (left-- > 0) return controller.enqueue(new Uint8Array(65_536))
      controller.enqueue(new TextEncoder().encode(`\r\n--${boundary}--\r\n`))
      controller.close()
    },
  })
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  let turns = 0
  const turn = () => void (turns++, (ticking = setImmediate(turn)))
  let ticking = setImmediate(turn)
  const form = await readForm(
    new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
  )
  clearImmediate(ticking)
  expect(form?.file).toMatchObject({ size: pieces * 65_536 })
  expect(turns).toBeGreaterThan(10)
})

test.each([
  ['no form', new Request('http://localhost/', { method: 'POST', body: '{}' })],
  [
    'one without its boundary',
    new Request('http://localhost/', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    }),
  ],
  [
    'one that is cut off',
    new Request('http://localhost/', {
      method: 'POST',
      body: '--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    }),
  ],
  ['one with more parts than any', sent(Array.from({ length: 40 }, (_, index) => [`f${index}`, 'x']))],
  ['one with a text longer than any', sent([['reason', '长'.repeat(400_000)]])],
])('%s is none', async (_what, request) => {
  expect(await readForm(request)).toBeNull()
})
