import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TextRun,
  type IParagraphOptions,
} from 'docx'
import { printable } from '../spreadsheet/printable.ts'
import type { Block, OfficialDocument, Variant } from './document.ts'
import { bodySize, fonts, head, line, markSize, page, signatureIndents } from './layout.ts'
import { fontOf, run, pitch, paragraph, indented, blank } from './docx-paragraphs.ts'
import { imprintOf, tableOf } from './docx-tables.ts'

/** A paragraph of about four lines; a longer one may be parted, so that it does not leave a page empty. */
const shortText = 112

/** Whether a block must stay with the signature after it: no page holds the signature alone. */
function leadsToSignature(blocks: readonly Block[], index: number): boolean {
  const block = blocks[index]
  if (block?.type === 'paragraph' && block.text.length > shortText) return false
  const next = blocks[index + 1]
  return (
    next?.type === 'signature' ||
    (next?.type === 'attachment-note' && blocks[index + 2]?.type === 'signature')
  )
}

function blockOf(block: Block, index: number, all: readonly Block[]): (Paragraph | Table)[] {
  const keepNext = leadsToSignature(all, index)
  switch (block.type) {
    case 'title':
      return [
        ...block.lines.map((text) =>
          paragraph([run(text, fonts.title, { size: 44, characterSpacing: 0 })], {
            alignment: AlignmentType.CENTER,
            keepNext: true,
          }),
        ),
        blank(),
      ]
    case 'addressee':
      return [paragraph([run(block.text)])]
    case 'heading':
      return [
        paragraph(
          [
            run(block.text, block.level === 1 ? fonts.level1 : fonts.level2),
            ...(block.run === '' ? [] : [run(block.run)]),
          ],
          { indent: indented, keepNext: keepNext || block.run === '' },
        ),
      ]
    case 'paragraph':
      return [paragraph([run(block.text)], { indent: indented, keepNext })]
    case 'attachment-note':
      return [blank(line, keepNext), paragraph([run(block.text)], { indent: indented, keepNext })]
    case 'signature': {
      const indents = signatureIndents(block.issuer, block.date)
      const right = (text: string, from: number, more: IParagraphOptions = {}) =>
        paragraph([run(text, fonts.body, { characterSpacing: 0 })], {
          alignment: AlignmentType.RIGHT,
          indent: { right: from },
          ...more,
        })
      return [
        blank(line, true),
        blank(line, true),
        right(block.issuer, indents.issuer, { keepNext: true }),
        right(block.date, indents.date),
      ]
    }
    case 'attachment':
      return [
        paragraph([run(block.label, fonts.level1)], { pageBreakBefore: true }),
        blank(),
        paragraph([run(block.title, fonts.title, { size: 44, characterSpacing: 0 })], {
          alignment: AlignmentType.CENTER,
        }),
        blank(),
      ]
    case 'caption':
      return [paragraph([run(block.text, fonts.level1, { size: 28 })], { keepNext: true })]
    case 'table':
      return [tableOf(block), blank(240)]
    case 'note':
      return [
        paragraph([run(block.text, fonts.body, { size: 24, characterSpacing: 0 })], { spacing: pitch(400) }),
      ]
    case 'imprint':
      // A table that floats hangs on the paragraph after it.
      return [blank(), imprintOf(block), blank(20)]
  }
}

/** Room above the title: 发文机关标志 35 mm below the type area's edge, 发文字号, the rule 4 mm below it, two lines. */
function headOf({ mark, number }: OfficialDocument, variant: Variant): Paragraph[] {
  if (variant === 'plain') return []
  const red = variant === 'red-head'
  return [
    blank(head.above),
    paragraph(
      red
        ? [
            run(mark, fonts.title, {
              size: markSize(mark) * 2,
              color: head.rule,
              characterSpacing: 0,
            }),
          ]
        : [],
      { alignment: AlignmentType.CENTER, spacing: pitch(head.markLine) },
    ),
    blank(),
    blank(),
    paragraph([run(number, fonts.body, { characterSpacing: 0 })], {
      alignment: AlignmentType.CENTER,
      ...(red
        ? { border: { bottom: { style: BorderStyle.SINGLE, size: 12, space: 11, color: head.rule } } }
        : {}),
    }),
    blank(),
    blank(),
  ]
}

/** — 1 — in 四号宋体, one character from the outer edge: right on odd pages, left on even ones. */
function pageNumber(side: 'odd' | 'even'): Footer {
  const small = { size: 28, characterSpacing: 0 }
  const number = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: fontOf(fonts.pageNumber),
    ...small,
  })
  return new Footer({
    children: [
      paragraph([number], {
        spacing: pitch(360),
        ...(side === 'odd'
          ? { alignment: AlignmentType.RIGHT, indent: { right: 280 } }
          : { alignment: AlignmentType.LEFT, indent: { left: 280 } }),
      }),
    ],
  })
}

/** The document as .docx in the layout of GB/T 9704-2012. No seal is drawn. */
export function writeDocx(
  document: OfficialDocument,
  variant: Variant,
  about: { readonly title: string; readonly creator: string },
): Promise<Buffer> {
  const file = new Document({
    title: printable(about.title),
    creator: printable(about.creator),
    lastModifiedBy: printable(about.creator),
    description: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: fontOf(fonts.body), size: bodySize, language: { value: 'en-US', eastAsia: 'zh-CN' } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: {
              top: page.top,
              bottom: page.bottom,
              left: page.left,
              right: page.right,
              header: 850,
              // The number stands 7 mm below the type area: 35 − 7 − its line of 18 pt.
              footer: 1227,
              gutter: 0,
            },
          },
        },
        footers: { default: pageNumber('odd'), even: pageNumber('even') },
        children: [...headOf(document, variant), ...document.blocks.flatMap(blockOf)],
      },
    ],
  })
  return Packer.toBuffer(file)
}
