import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from './fixtures/databases.ts'

/** Who may import whom (README, “Where things are”): a file, what it imports, and whether the linter lets it. */
const imports: readonly (readonly [file: string, from: string, allowed: boolean])[] = [
  ['server/assessment/score/a.ts', '../rational.ts', true],
  ['server/assessment/score/b.ts', 'node:fs', false],
  ['server/assessment/score/c.ts', '../../exchange/workbook/book.ts', false],
  ['server/assessment/rule/d.ts', '../score/facts.ts', false],
  ['server/assessment/e.ts', '../today.ts', false],
  ['server/monitors/a.ts', '#assessment/day', true],
  ['server/monitors/b.ts', '../../db/tables.ts', false],
  ['server/exchange/spreadsheet/a.ts', './cell.ts', true],
  ['server/exchange/spreadsheet/b.ts', '../workbook/book.ts', false],
  ['server/exchange/workbook/c.ts', '../../http/problem.ts', false],
  ['server/exchange/workbook/d.ts', '../../../db/tables.ts', false],
  ['server/exchange/workbook/e.ts', '../../jobs/jobs.ts', false],
  ['server/jobs/a.ts', '../exchange/workbook/book.ts', true],
  ['server/jobs/b.ts', '../finding/case.ts', false],
  ['db/a.ts', '#assessment/score/facts', true],
  ['db/b.ts', '#assessment/score/assess', false],
  ['db/c.ts', '../server/access/permissions.ts', false],
  ['db/migrations/099-x.ts', './columns.ts', true],
  ['db/migrations/098-x.ts', '../tables.ts', false],
  ['db/migrations/097-x.ts', '#assessment/vocabulary', false],
  ['server/access/a.ts', '../http/problem.ts', true],
  ['server/access/b.ts', '../finding/case.ts', false],
  ['server/http/c.ts', '../year/unit-windows.ts', false],
  ['server/finding/a.ts', '../evidence/storage.ts', true],
  ['server/finding/b.ts', '../result/published.ts', false],
  ['server/finding/c.ts', './routes/findings.ts', false],
  ['server/finding/routes/d.ts', '../../inbox/digest.ts', false],
  ['server/report/a.ts', '../suspicion/enter.ts', true],
  ['server/suspicion/a.ts', '../finding/recording.ts', true],
  ['server/suspicion/b.ts', '../report/keep.ts', false],
  ['server/operation/a.ts', '../evidence/storage.ts', true],
  ['server/operation/b.ts', '../cli/aligned.ts', false],
  ['server/cli/a.ts', '../account/routes/auth.ts', false],
  ['web/pages/a.ts', '#assessment/score/assess', true],
  ['web/pages/b.ts', '../../server/access/permissions.ts', false],
  ['web/pages/c.ts', 'echarts/core', false],
]

describe('the walls of the house', () => {
  const folder = temporaryFolder()

  test('an import through a wall is refused, types included', () => {
    cpSync('.oxlintrc.json', join(folder.path, '.oxlintrc.json'))
    for (const [file, from] of imports) {
      mkdirSync(join(folder.path, dirname(file)), { recursive: true })
      const kind = from.startsWith('echarts') ? '' : 'type '
      writeFileSync(join(folder.path, file), `import ${kind}{ A } from '${from}'\nexport ${kind}{ A }\n`)
    }
    const { stdout } = spawnSync(
      join(import.meta.dirname, '..', 'node_modules', '.bin', 'oxlint'),
      ['-A', 'all', '-D', 'no-restricted-imports', '-f', 'json'],
      { cwd: folder.path, encoding: 'utf8' },
    )
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string }[] }
    const refused = new Set(diagnostics.map(({ filename }) => filename.replaceAll('\\', '/')))
    expect(imports.map(([file, from]) => [file, from, !refused.has(file)])).toEqual(imports)
  })

  test('routes are imported by the application alone', () => {
    const files = execFileSync('git', ['grep', '-lE', "from '.*/routes(\\.ts|/)", '--', 'server'], {
      encoding: 'utf8',
    })
    expect(files.trim().split('\n')).toEqual(['server/app.ts'])
  })
})
