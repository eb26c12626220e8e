import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkProof } from '#assessment/publication/proof/check-proof'
import type { ProofFile } from '#assessment/publication/proof/proof'
import { proofTextIn, readProof } from '#assessment/publication/proof/proof-text'
import type { PublicationBody } from '#assessment/publication/publication'
import { sha256 } from '../../db/frozen-facts.ts'

const folder = mkdtempSync(join(tmpdir(), 'independent-'))
afterAll(() => rmSync(folder, { recursive: true }))
const checker = join(import.meta.dirname, 'check-proof.mjs')
const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../fixtures/proof', name), 'utf8')

/** What each of the two says of a page. */
function told(page: string): {
  readonly ours: number
  readonly theirs: string
  readonly status: number | null
} {
  const file = join(folder, 'page.html')
  writeFileSync(file, page)
  const { stdout, status } = spawnSync(process.execPath, [checker, file], { encoding: 'utf8' })
  return {
    ours: checkProof(readProof(proofTextIn(page)) as ProofFile, sha256).faults.length,
    theirs: stdout,
    status,
  }
}

/** The page with another text in place of one that it holds once or more. */
function edited(page: string, was: string, is: string): string {
  expect(page).toContain(was)
  return page.replace(was, is)
}

describe('a second checker, which shares no line with the program', () => {
  it.each(['whole', 'own-result', 'own-grade'])('agrees with the program’s file: %s', (name) => {
    expect(told(fixture(`${name}.html`))).toEqual({ ours: 0, theirs: 'agrees\n', status: 0 })
  })

  it('finds the same root as in what was published, whoever reads which file', () => {
    const { proof } = JSON.parse(fixture('publication.json')) as PublicationBody
    for (const name of ['whole', 'own-result', 'own-grade'])
      expect(fixture(`${name}.html`)).toContain(`"root":"${proof?.root}"`)
  })

  it.each([
    ['a mark', '"88.8"', '"89.8"', /^altered: external 4\nroot\nresult: 市林业局/],
    [
      'a day',
      '"on":"2017-10-19"',
      '"on":"2017-10-21"',
      /^altered: finding f6\nroot\n(.*\n)?result: 市林业局/,
    ],
    ['a rank', ',1,2,"临江县政府"', ',2,2,"临江县政府"', /^altered: result b\nroot\nresult: 临江县政府/],
    ['the rule', '"weight":4000', '"weight":5000', /^altered: rule rule\nroot\nresult/],
    ['the root', '"root":"', '"root":"0', /^root\n$/],
  ])('finds %s that was altered, as the program does', (_, was, is, words) => {
    const { ours, theirs, status } = told(edited(fixture('whole.html'), was, is))
    expect(theirs).toMatch(words)
    expect(status).toBe(1)
    expect(ours).toBeGreaterThan(0)
  })

  it('finds a mark altered in a unit’s own file', () => {
    const { ours, theirs } = told(edited(fixture('own-result.html'), '"marks":"80"', '"marks":"90"'))
    expect(theirs).toMatch(/^altered: external 1\nroot\nresult: 清河县政府/)
    expect(ours).toBeGreaterThan(0)
  })
})
