import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  LineRuleType,
  OverlapType,
  Packer,
  PageNumber,
  Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  Tab,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx'
import type { Block, OfficialDocument, Variant } from './document.ts'
import {
  bodySize,
  closer,
  fonts,
  head,
  indent,
  line,
  lineWidth,
  markSize,
  page,
  signatureIndents,
} from './layout.ts'

/** Chinese glyphs come from `eastAsia`, and the hint gives it the quotation marks and dashes as well. */
const fontOf = (name: string) => ({
  ascii: name,
  hAnsi: name,
  eastAsia: name,
  cs: name,
  hint: 'eastAsia',
})

const run = (text: string, font: string = fonts.body, more: IRunOptions = {}): TextRun =>
  new TextRun({ text, font: fontOf(font), size: bodySize, characterSpacing: closer, ...more })

const pitch = (height: number) => ({ line: height, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/** A paragraph in lines of exactly 28.95 pt, off any grid. */
const paragraph = (children: readonly TextRun[], more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: pitch(line),
    widowControl: false,
    children,
    ...more,
  })

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

const indented = { firstLine: indent, firstLineChars: 200 }
const blank = (height = line, keepNext = false): Paragraph =>
  paragraph([], { spacing: pitch(height), keepNext })

function tableOf({ columns, rows }: Extract<Block, { type: 'table' }>): Table {
  const widths = columns.map(({ share }) => Math.round((lineWidth * share) / 100))
  const alignments = {
    left: AlignmentType.LEFT,
    center: AlignmentType.CENTER,
    right: AlignmentType.RIGHT,
  } as const
  const cells = (texts: readonly string[], isHead: boolean) =>
    texts.map(
      (text, index) =>
        new TableCell({
          width: { size: widths[index] ?? 0, type: WidthType.DXA },
          verticalAlign: VerticalAlignTable.CENTER,
          margins: { left: 60, right: 60, top: 30, bottom: 30 },
          children: [
            paragraph([run(text, isHead ? fonts.level1 : fonts.body, { size: 24, characterSpacing: 0 })], {
              alignment: isHead ? AlignmentType.CENTER : alignments[columns[index]?.align ?? 'left'],
              spacing: pitch(340),
            }),
          ],
        }),
    )
  const row = (texts: readonly string[], isHead = false) =>
    new TableRow({
      cantSplit: true,
      tableHeader: isHead,
      height: { value: 400, rule: HeightRule.ATLEAST },
      children: cells(texts, isHead),
    })
  return new Table({
    width: { size: lineWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      row(
        columns.map(({ name }) => name),
        true,
      ),
      ...rows.map((texts) => row(texts)),
    ],
  })
}

/** 版记 at the foot of the last page: rules of 0.35 mm outside and 0.25 mm inside, text of 四号. */
function imprintOf({ lines, printed }: Extract<Block, { type: 'imprint' }>): Table {
  const [by, on] = printed
  const small = { size: 28, characterSpacing: 0 }
  const texts = [
    ...lines.map((text) => run(text, fonts.body, small)),
    new TextRun({ children: [by, new Tab(), on], font: fontOf(fonts.body), ...small }),
  ]
  const rule = (size: number) => ({ style: BorderStyle.SINGLE, size, color: '000000' })
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  return new Table({
    width: { size: lineWidth, type: WidthType.DXA },
    columnWidths: [lineWidth],
    layout: TableLayoutType.FIXED,
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      relativeHorizontalPosition: RelativeHorizontalPosition.LEFT,
      verticalAnchor: TableAnchorType.MARGIN,
      relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
      overlap: OverlapType.NEVER,
    },
    borders: { top: rule(8), bottom: rule(8), left: none, right: none, insideHorizontal: rule(6) },
    rows: texts.map(
      (text) =>
        new TableRow({
          cantSplit: true,
          children: [
            new TableCell({
              width: { size: lineWidth, type: WidthType.DXA },
              margins: { left: 280, right: 280 },
              children: [
                paragraph([text], {
                  alignment: AlignmentType.LEFT,
                  tabStops: [{ type: 'right', position: lineWidth - 560 }],
                }),
              ],
            }),
          ],
        }),
    ),
  })
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
    title: about.title,
    creator: about.creator,
    lastModifiedBy: about.creator,
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
