import { expect, it } from 'vitest'
import { appOn, withAccounts } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

eachDatabase('whom to ask', (open) => {
  it('is who works for the office until it says whom, and everybody at work is told', async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const office = await test.as('office')
    const head = await test.as('head')
    const before = await head('/api/office-contacts')
    expect(before.json.items).toMatchObject([
      { unit: { name: '云州市' }, telephone: null },
      { unit: { name: '远州市' }, name: 'stranger', telephone: null },
    ])
    const body = { name: '陈静', telephone: '0799-1234567' }
    const put = (caller: typeof office, etag: string) =>
      caller('/api/office-contacts/own', { method: 'PUT', body, headers: { 'if-match': etag } })
    expect((await put(head, '')).status).toBe(403)
    expect((await put(office, '"other"')).status).toBe(412)
    const etag = (await office('/api/office-contacts')).headers.get('etag') ?? ''
    expect((await put(office, etag)).status).toBe(200)
    for (const username of ['office', 'agency', 'editor', 'head', 'leader'])
      expect((await (await test.as(username))('/api/office-contacts')).json.items?.[0]).toEqual({
        unit: { id: 'city', name: '云州市' },
        ...body,
      })
    const { detail } = await test.db
      .selectFrom('auditEntries')
      .select('detail')
      .where('action', '=', 'contact.set')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(detail)).toMatchObject({ to: { name: '陈静', telephone: '0799-1234567' } })
  })
})
