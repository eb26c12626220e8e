import type { Block, OfficialDocument, Variant } from './document.ts'
import { markSize, signatureIndents } from './layout.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '')

const element = (tag: string, className: string, inner: string, attributes = ''): string =>
  `<${tag}${className === '' ? '' : ` class="${className}"`}${attributes}>${inner}</${tag}>`
const p = (className: string, text: string, attributes = ''): string =>
  element('p', className, escaped(text), attributes)

function tableOf({ columns, rows }: Extract<Block, { type: 'table' }>): string {
  const widths = columns.map(({ share }) => `<col style="width:${share.toFixed(2)}%">`).join('')
  const head = columns.map(({ name }) => element('th', '', escaped(name), ' scope="col"')).join('')
  const body = rows
    .map((texts) =>
      element(
        'tr',
        '',
        texts
          .map((text, index) => element('td', `gw-${columns[index]?.align ?? 'left'}`, escaped(text)))
          .join(''),
      ),
    )
    .join('')
  return element(
    'table',
    'gw-table',
    `<colgroup>${widths}</colgroup><thead><tr>${head}</tr></thead><tbody>${body}</tbody>`,
  )
}

/** Twips as points. */
const points = (twips: number): string => `${twips / 20}pt`

function blockOf(block: Block): string {
  switch (block.type) {
    case 'title':
      return element(
        'div',
        'gw-title',
        block.lines.map((text) => p('', text)).join(''),
        ' role="heading" aria-level="2"',
      )
    case 'addressee':
      return p('gw-addressee', block.text)
    case 'heading':
      return element(
        'p',
        `gw-heading-${block.level}`,
        `<span>${escaped(block.text)}</span>${escaped(block.run)}`,
      )
    case 'paragraph':
      return p('gw-paragraph', block.text)
    case 'attachment-note':
      return p('gw-attachment-note', block.text)
    case 'signature': {
      const indents = signatureIndents(block.issuer, block.date)
      return element(
        'div',
        'gw-signature',
        p('', block.issuer, ` style="padding-right:${points(indents.issuer)}"`) +
          p('', block.date, ` style="padding-right:${points(indents.date)}"`),
      )
    }
    case 'attachment':
      return element(
        'div',
        'gw-attachment',
        p('gw-label', block.label) +
          element('div', 'gw-title', p('', block.title), ' role="heading" aria-level="2"'),
      )
    case 'caption':
      return p('gw-caption', block.text)
    case 'table':
      return tableOf(block)
    case 'note':
      return p('gw-note', block.text)
    case 'imprint':
      return element(
        'div',
        'gw-imprint',
        block.lines.map((text) => p('', text)).join('') +
          element(
            'p',
            'gw-printed',
            `<span>${escaped(block.printed[0])}</span><span>${escaped(block.printed[1])}</span>`,
          ),
      )
  }
}

function headOf({ mark, number }: OfficialDocument, variant: Variant): string {
  if (variant === 'plain') return ''
  const red = variant === 'red-head'
  return element(
    'div',
    `gw-head ${red ? 'gw-red' : ''}`.trim(),
    (red ? p('gw-mark', mark, ` style="font-size:${markSize(mark)}pt"`) : '') + p('gw-number', number),
  )
}

/** The same document as HTML, every text escaped; the page's style sheet gives it the look of the paper. */
export const writeHtml = (document: OfficialDocument, variant: Variant): string =>
  headOf(document, variant) + document.blocks.map(blockOf).join('')
