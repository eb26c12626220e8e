import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../fixtures/databases.ts'

/** A command starts in a second or two, more on a busy machine. */
const patience = 120_000
const root = join(import.meta.dirname, '..', '..')
const pages = join(root, 'test/fixtures/proof')

describe('npm run verify -- FILE.html', () => {
  const folder = temporaryFolder()
  /** On a machine where there is no database. */
  const verify = (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: `file:${folder.path}/none.db`, DATA_DIR: folder.path }
    const command = ['--import', 'tsx', 'server/cli/verify.ts', ...args]
    return spawnSync(process.execPath, command, { cwd: root, env, encoding: 'utf8' })
  }

  it.each([
    ['whole', /agrees: 5 units come out of the rule and \d+ facts as published/],
    ['own-result', /agrees: the scores of 清河县政府 .*its rank is as committed and cannot be recomputed/],
    [
      'own-grade',
      /agrees: the grade of 清河县政府 belongs to this publication; its scores are not in this file/,
    ],
  ])(
    'says what a file shows and that it agrees: %s',
    (name, words) => {
      const { status, stdout, stderr } = verify(join(pages, `${name}.html`))
      expect([status, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/root: [0-9a-f]{8}…[0-9a-f]{8}, to be compared with the one on the circular/)
      expect(stdout).toMatch(words)
    },
    patience,
  )

  it(
    'names the fact that was altered, its unit, and the figures that then differ',
    () => {
      const edited = join(folder.path, 'edited.html')
      writeFileSync(edited, readFileSync(join(pages, 'whole.html'), 'utf8').replace('"88.8"', '"89.8"'))
      const { status, stdout, stderr } = verify(edited)
      expect(status).toBe(1)
      expect(stdout).not.toContain('agrees')
      expect(stderr).toContain('external 4 of 市林业局 was altered')
      expect(stderr).toMatch(/市林业局: score of 第三方评估 was published as 88\.8, the facts come to 89\.8/)
      expect(stderr).toMatch(/\d+ things in .*edited\.html are not as published/)
    },
    patience,
  )

  it(
    'says of another file that it is none, and how it is used',
    () => {
      expect(verify('package.json')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('is no open proof'),
      })
      expect(verify('README.md')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('download it again'),
      })
      expect(verify(join(folder.path, 'gone.html')).status).toBe(1)
      expect(verify('a.html', 'b.html')).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('FILE.html'),
      })
      expect(verify('a.html', '--head', `1:${'a'.repeat(64)}`).status).toBe(2)
    },
    patience,
  )
})
