import { expect, test as it } from 'vitest'
import { canonicalJson } from '#assessment/canonical-json'
import { checkProof } from '#assessment/publication/proof/check-proof'
import type { ProofFile } from '#assessment/publication/proof/proof'
import { proofTextIn, readProof } from '#assessment/publication/proof/proof-text'
import { leafHash } from '#assessment/publication/proof/tree'
import type { Publicity } from '#assessment/rule/scheme'
import { sha256 } from '../../db/frozen-facts.ts'
import { readPublication } from '../../db/publications.ts'
import type { Db } from '../../db/source.ts'
import { verifyPublication } from '../../server/frozen-results.ts'
import { checkPublications } from '../../server/cli/verify-publications.ts'
import { appOn, unitId, withYear, type Answer, type TestApp } from '../fixtures/app.ts'
import { behindItsBack } from '../fixtures/behind-its-back.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { publish } from '../fixtures/published.ts'

const asOf = '2018-02-10'

async function published(db: Db, publicity: Publicity) {
  const test = appOn(db)
  const year = await withYear(test)
  const id = await publish(db, year, { asOf, publicity })
  return { test, year, id, address: `/api/assessments/${year}/publications/${id}/proof.html` }
}

function fileIn({ status, text }: Answer): ProofFile {
  if (status !== 200) throw new Error(text)
  const file = readProof(proofTextIn(text))
  if (typeof file === 'string') throw new Error(file)
  return file
}
const ask = async (test: TestApp, username: string, address: string): Promise<Answer> =>
  (await test.as(username))(address)

const verified = ({ leaves }: ProofFile) =>
  leaves.flatMap(({ kind, value }) =>
    kind === 'verified' ? [value as { readonly unitId: string; readonly marks: string }] : [],
  )

eachDatabase('the file of a publication', (open) => {
  it('comes to the root that was published, for office and leader with everything', async () => {
    const { test, id, address } = await published(await open(), 'own-grade')
    const body = (await readPublication(test.db, id))?.body
    for (const role of ['office', 'leader']) {
      const answer = await ask(test, role, address)
      expect(answer.headers.get('content-disposition')).toContain('attachment')
      const file = fileIn(answer)
      const { faults, shows, root, assessed } = checkProof(file, sha256)
      expect([faults, shows, root]).toEqual([[], 'full-table', body?.proof?.root])
      expect(canonicalJson(assessed?.standings)).toBe(canonicalJson(body?.standings))
      expect(file.leaves).toHaveLength(body?.proof?.leaves ?? -1)
    }
    const detail = await ask(test, 'office', address.replace('/proof.html', ''))
    expect(detail.json).toMatchObject({ root: body?.proof?.root, verification: { proofHolds: true } })
  })

  it('is a unit’s with everything where the whole table is public', async () => {
    const { test, address } = await published(await open(), 'full-table')
    for (const role of ['editor', 'head'])
      expect(fileIn(await ask(test, role, address))).toEqual(fileIn(await ask(test, 'office', address)))
  })

  it('is a unit’s with its own result, and neither names nor marks of others', async () => {
    const { test, address } = await published(await open(), 'own-result')
    const [own, whole] = [await ask(test, 'editor', address), await ask(test, 'office', address)]
    const checked = checkProof(fileIn(own), sha256)
    expect([checked.faults, checked.shows]).toEqual([[], 'own-result'])
    expect(checked.results).toMatchObject([{ unit: '市水务局', composite: '90.00', rank: 1 }])
    expect(checked.root).toBe(fileIn(whole).root)
    for (const name of ['清河县政府', '市林业局']) {
      expect(own.text).not.toContain(name)
      expect(own.text).not.toContain(await unitId(test.db, name))
    }
    expect(new Set(verified(fileIn(own)).map((mark) => mark.unitId))).toEqual(new Set(['water']))
  })

  it('is a unit’s with its grade alone: no mark, no rank, no finding', async () => {
    const { test, address } = await published(await open(), 'own-grade')
    const file = fileIn(await ask(test, 'head', address))
    expect(file.leaves.map(({ kind, value }) => (kind === 'rule' ? kind : value))).toEqual([
      'rule',
      { unitId: 'water', unit: '市水务局', group: '市直部门', grade: '优秀' },
    ])
    expect(checkProof(file, sha256)).toMatchObject({ faults: [], shows: 'own-grade' })
  })

  it('gives away no mark of another unit, however many are tried', async () => {
    for (const publicity of ['own-result', 'own-grade'] as const) {
      const { test, address } = await published(await open(), publicity)
      const [own, whole] = [
        fileIn(await ask(test, 'editor', address)),
        fileIn(await ask(test, 'office', address)),
      ]
      const shown = new Set(own.leaves.map(({ key, kind }) => `${kind} ${key}`))
      const others = whole.leaves.filter(
        ({ kind, key }) => kind === 'external' && !shown.has(`${kind} ${key}`),
      )
      expect(others.length).toBeGreaterThan(0)
      const disclosed = new Set(own.others)
      const salts = ['', ...own.leaves.slice(0, 3).map(({ salt }) => salt)]
      for (const { kind, key, value } of others)
        for (let hundredths = 0; hundredths <= 10_000; hundredths++)
          for (const salt of salts) {
            const tried = { ...(value as object), marks: String(hundredths / 100) }
            if (disclosed.has(leafHash(sha256, salt, { kind, key, value: tried })))
              throw new Error(`${key} was found: ${JSON.stringify(tried)}`)
          }
    }
  }, 60_000)

  it('is nobody’s else, and of nothing that is not approved', async () => {
    const { test, address, id } = await published(await open(), 'full-table')
    for (const role of ['agency', 'system', 'security', 'audit'])
      expect((await ask(test, role, address)).status).toBe(403)
    expect((await ask(test, 'stranger', address)).status).toBe(404)
    expect((await test.anyone(address)).status).toBe(401)
    await behindItsBack(test.db, `delete from publication_steps where publication_id = '${id}'`)
    expect((await ask(test, 'office', address)).json.code).toBe('not-published')
  })

  it('is not made of facts that were altered, and verify says that they do not come to the root', async () => {
    const { test, address, id } = await published(await open(), 'full-table')
    await behindItsBack(test.db, `update external_marks set marks = '12' where unit_id = 'water'`)
    expect((await ask(test, 'office', address)).json.code).toBe('proof-unsound')
    const row = (await readPublication(test.db, id))?.row
    expect(row && (await verifyPublication(test.db, row))).toMatchObject({
      bodyHolds: true,
      proofHolds: false,
    })
    expect((await checkPublications(test.db)).faults.join()).toContain('do not come to the root of its proof')
  })

  it('is none for a publication of an earlier release', async () => {
    const { test, address, id } = await published(await open(), 'full-table')
    const { body } = (await readPublication(test.db, id))?.row ?? { body: '{}' }
    const { proof: _proof, replaces: _replaces, ...before } = JSON.parse(body) as Record<string, unknown>
    const text = canonicalJson({ ...before, format: 2 })
    const set = `body = '${text.replaceAll("'", "''")}', sha256 = '${sha256(text)}', proof_seed = null`
    await behindItsBack(test.db, `update publications set ${set} where id = '${id}'`)
    expect((await ask(test, 'office', address)).json.code).toBe('proof-none')
    const row = (await readPublication(test.db, id))?.row
    expect(row && (await verifyPublication(test.db, row))).toMatchObject({
      bodyHolds: true,
      rederived: true,
      proofHolds: true,
    })
  })

  it('shows nowhere what its salts follow from', async () => {
    const { test, year, id, address } = await published(await open(), 'full-table')
    const seed = (await readPublication(test.db, id))?.row.proofSeed ?? ''
    expect(seed).toMatch(/^[0-9a-f]{64}$/)
    const base = `/api/assessments/${year}/publications`
    for (const path of [address, base, `${base}/${id}`, `${base}/${id}/body.json`, `${base}/${id}/circular`])
      expect((await ask(test, 'office', path)).text).not.toContain(seed)
    expect(fileIn(await ask(test, 'office', address)).leaves.map(({ salt }) => salt.length)).toContain(22)
  })
})
