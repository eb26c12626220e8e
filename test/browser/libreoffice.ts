import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { installed } from './debian.ts'

const run = promisify(execFile)
const known = [
  '/usr/bin/soffice',
  '/usr/lib/libreoffice/program/soffice',
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
]
const find = (): string | undefined => known.find((path) => existsSync(path))
const canReadPdf = (): boolean => existsSync('/usr/bin/pdftotext')

/** The path of LibreOffice: a system one, else Debian's with poppler's tools, installed now where that is possible. */
export function officePath(): string {
  const path = find()
  if (path && canReadPdf()) return path
  const added = installed('libreoffice-writer-nogui', 'poppler-utils') ? find() : undefined
  if (added) return added
  throw new Error(
    'The test of the circular needs LibreOffice Writer (soffice) and poppler-utils (pdftotext): install both.',
  )
}

/** Opens a .docx in LibreOffice without a window, on a profile of its own, and gives each page's lines of text as laid out. */
export async function pagesOf(file: string): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'zhengheng-office-'))
  try {
    const profile = pathToFileURL(join(folder, 'profile')).href
    await run(
      officePath(),
      ['--headless', `-env:UserInstallation=${profile}`, '--convert-to', 'pdf', '--outdir', folder, file],
      { timeout: 100_000 },
    )
    const pdf = join(folder, basename(file).replace(/\.docx$/, '.pdf'))
    const { stdout } = await run('pdftotext', ['-layout', pdf, '-'])
    return stdout
      .split('\f')
      .slice(0, -1)
      .map((page) => page.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
