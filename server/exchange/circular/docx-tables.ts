import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  OverlapType,
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
} from 'docx'
import { printable } from '../spreadsheet/printable.ts'
import type { Block } from './document.ts'
import { fonts, lineWidth } from './layout.ts'
import { fontOf, run, pitch, paragraph } from './docx-paragraphs.ts'

export function tableOf({ columns, rows }: Extract<Block, { type: 'table' }>): Table {
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
export function imprintOf({ lines, printed }: Extract<Block, { type: 'imprint' }>): Table {
  const [by, on] = printed
  const small = { size: 28, characterSpacing: 0 }
  const texts = [
    ...lines.map((text) => run(text, fonts.body, small)),
    new TextRun({ children: [printable(by), new Tab(), printable(on)], font: fontOf(fonts.body), ...small }),
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
