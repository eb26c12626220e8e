import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const web = join(import.meta.dirname, '../../web')
/** What people type or the ledger keeps is Chinese in any language. */
const chinese = new Set([
  'components/operation/AuditHead.vue',
  'components/scheme/IndicatorRows.vue',
  'components/scheme/KindsEditor.vue',
  'components/suspicion/suspicion-words.ts',
])
const comment = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|<!--[\s\S]*?-->/gm

test('only words have Chinese punctuation: what pages put between them is a word of the language on screen, too', () => {
  const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(vue|ts)$/.test(path) && !path.startsWith('locales/') && !chinese.has(path))
  const faults = sources.flatMap((path) => {
    const code = readFileSync(join(web, path), 'utf8').replace(comment, '')
    return (code.match(/.*['"`>}][^\n]*[、：（）；，。].*/g) ?? []).map((line) => `${path}: ${line.trim()}`)
  })
  expect(sources.length).toBeGreaterThan(100)
  expect(faults).toEqual([])
})
