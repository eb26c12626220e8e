import { decodeText } from './plain-text.ts'
import { TextWriter } from './text-writer.ts'

/** Elements that begin a line of their own. */
const blocks = new Set(
  'address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section select table tbody tfoot thead tr ul'.split(
    ' ',
  ),
)
/** Elements whose content is nothing to read. */
const unread = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'textarea',
  'svg',
  'iframe',
  'title',
  'object',
])

const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  middot: '·',
  emsp: ' ',
  ensp: ' ',
  times: '×',
  copy: '©',
  bull: '•',
  laquo: '«',
  raquo: '»',
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));?/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
        ? String.fromCodePoint(code)
        : ' '
    },
  )
}

/** A tag, a comment or a declaration; one that is not closed reaches to the end, so that none is read twice. */
const tag =
  /<(?:!--[\s\S]*?(?:-->|$)|(\/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^'">])*(?:>|$)|[!?][^>]*(?:>|$))/g

/** The text of a page: a line a paragraph, a line a table row with its cells between bars. Throws ReportUnreadable. */
export function htmlText(bytes: Buffer): string {
  const head = bytes.subarray(0, 4096).toString('latin1')
  const declared = /charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1]?.toLowerCase()
  const html = decodeText(bytes, declared === 'gb2312' || declared === 'gbk' ? 'gb18030' : undefined)
  const writer = new TextWriter()
  let last = 0
  let hidden: string | null = null
  for (const match of html.matchAll(tag)) {
    const name = match[2]?.toLowerCase()
    if (hidden === null) writer.text(unescaped(html.slice(last, match.index)).replace(/\s+/g, ' '))
    last = match.index + match[0].length
    if (name === undefined) continue
    const isEnd = match[1] === '/'
    if (hidden !== null) {
      if (isEnd && name === hidden) hidden = null
      continue
    }
    if (!isEnd && unread.has(name) && !match[0].endsWith('/>')) hidden = name
    else if (name === 'table') {
      if (isEnd) writer.closeTable()
      else writer.openTable()
    } else if (name === 'tr') writer.closeRow()
    else if (name === 'td' || name === 'th') {
      writer.closeCell()
      if (!isEnd) writer.openCell()
    } else if (blocks.has(name)) writer.endLine()
  }
  if (hidden === null) writer.text(unescaped(html.slice(last)).replace(/\s+/g, ' '))
  return writer.end()
}
