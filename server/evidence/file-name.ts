import { Problem } from '../http/problem.ts'

/**
 * Extensions by which some system runs a file. Those of pages (a page printed to a file keeps its name: list.html.pdf) and those that are parts of
 * addresses (www.example.com.pdf) say nothing before another one.
 */
const active = new Set(
  (
    'exe bat cmd scr pif cpl msi msp dll sys lnk reg inf hta jar class js jse mjs cjs vbs vbe vb ws wsf wsc wsh ps1 psm1 ' +
    'bash csh zsh pyc php php3 php4 php5 phtml phar ashx asmx cgi cer mht mhtml svg svgz xsl swf apk dmg iso img vhd docm dotm xlsm xltm ' +
    'xlam pptm potm ppam ppsm chm url desktop scf'
  ).split(' '),
)
const MAX_LENGTH = 120

/** Characters that cannot be seen or that turn the reading direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu

export interface NamedFile {
  /** As shown and given to a download. */
  readonly name: string
  /** In lower case, without the dot; empty when there is none. */
  readonly extension: string
}

function shortened(name: string, extension: string): string {
  const characters = [...name]
  if (characters.length <= MAX_LENGTH) return name
  const end = extension === '' ? '' : `.${extension}`
  return `${characters.slice(0, MAX_LENGTH - end.length - 1).join('')}…${end}`
}

/**
 * A client's file name as it may be shown. Throws `evidence-path` when it holds folders, and `evidence-double-extension` when another
 * extension that systems run stands before the last one.
 */
export function readFileName(given: string): NamedFile {
  if (/[/\\\0]/.test(given) || /^[A-Za-z]:/.test(given)) throw new Problem('evidence-path')
  const clean = given
    .replaceAll(invisible, '')
    .normalize('NFC')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '')
  const [stem = '', ...extensions] = clean.split('.').map((part) => part.trim())
  const extension = (extensions.at(-1) ?? '').toLowerCase()
  const hidden = extensions.slice(0, -1).find((part) => active.has(part.toLowerCase()))
  const name = shortened(clean, extension)
  if (hidden !== undefined)
    throw new Problem('evidence-double-extension', { params: { name, extension: hidden.toLowerCase() } })
  return { name: stem === '' && extensions.length === 0 ? '_' : name, extension }
}
