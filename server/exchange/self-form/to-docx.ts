import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { printable } from '../spreadsheet/printable.ts'

/** One indicator as it stands on paper; marks are words already, blank when nothing was answered. */
export interface PaperLeaf {
  readonly key: string
  readonly name: string
  readonly full: string
  readonly claimed: string
  readonly note: string
  readonly evidence: readonly string[]
}

/** A self-assessment to be signed and stamped. */
export interface PaperForm {
  readonly title: string
  readonly unit: string
  readonly window: string
  /** How far it has got, such as 2026年7月7日报送. */
  readonly standing: string
  readonly areas: readonly { readonly name: string; readonly leaves: readonly PaperLeaf[] }[]
  readonly totals: {
    readonly full: string
    readonly claimed: string
    readonly filled: number
    readonly of: number
  }
}

const face = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: eastAsia,
  eastAsia,
})
const titleFace = face('方正小标宋简体')
const headFace = face('黑体')
const bodyFace = face('仿宋_GB2312')

/** A millimetre in twentieths of a point. */
const mm = (value: number): number => Math.round((value / 25.4) * 1440)
/** A4 upright, with room to bind at the left. */
const page = { width: 210, height: 297, top: 25, bottom: 22, left: 25, right: 20 }
/** 指标, 满分, 自评分, 自评说明, 佐证材料: together the width of the text. */
const widths = [48, 14, 16, 47, 40].map(mm)
const columns = ['指标', '满分', '自评分', '自评说明', '佐证材料']
const thin = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
const noLine = { style: BorderStyle.NONE, size: 0, color: 'auto' }

interface Style {
  readonly font?: ReturnType<typeof face>
  /** In half points. */
  readonly size?: number
  readonly align?: (typeof AlignmentType)[keyof typeof AlignmentType]
  readonly before?: number
  readonly after?: number
  readonly keepNext?: boolean
}

function line(
  text: string,
  { font = bodyFace, size = 21, align, before, after, keepNext }: Style = {},
): Paragraph {
  return new Paragraph({
    ...(align === undefined ? {} : { alignment: align }),
    ...(keepNext === undefined ? {} : { keepNext }),
    spacing: { before: before ?? 0, after: after ?? 0 },
    children: [new TextRun({ text: printable(text), font, size })],
  })
}

const lines = (text: string, style?: Style): Paragraph[] => text.split('\n').map((one) => line(one, style))

function cell(index: number, children: Paragraph[], span = 1): TableCell {
  const width = widths.slice(index, index + span).reduce((sum, one) => sum + one, 0)
  return new TableCell({
    children,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(span > 1 ? { columnSpan: span } : {}),
  })
}

const centre = { align: AlignmentType.CENTER }

const headRow = (): TableRow =>
  new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((name, index) => cell(index, [line(name, { ...centre, font: headFace })])),
  })

const areaRow = (name: string): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [cell(0, [line(name, { font: headFace, keepNext: true })], columns.length)],
  })

const leafRow = ({ key, name, full, claimed, note, evidence }: PaperLeaf): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [
      cell(0, [line(`${key} ${name}`)]),
      cell(1, [line(full, centre)]),
      cell(2, [line(claimed, centre)]),
      cell(3, lines(note)),
      cell(4, evidence.length === 0 ? [line('')] : evidence.map((one) => line(one))),
    ],
  })

const totalRow = ({ full, claimed, filled, of }: PaperForm['totals']): TableRow =>
  new TableRow({
    cantSplit: true,
    children: [
      cell(0, [line('合计', { ...centre, font: headFace })]),
      cell(1, [line(full, centre)]),
      cell(2, [line(claimed, centre)]),
      cell(3, [line(`共 ${of} 项，已填 ${filled} 项`)], 2),
    ],
  })

/** Where people sign and the unit stamps; the seal itself is never drawn. The block stays together on a page. */
function signing(): Table {
  const half = mm(82.5)
  const place = (text: string, last = false): TableCell =>
    new TableCell({
      width: { size: half, type: WidthType.DXA },
      children: [line(text, { size: 24, before: 160, after: 160, keepNext: !last })],
    })
  const row = (left: string, right: string, last = false): TableRow =>
    new TableRow({ cantSplit: true, children: [place(left, last), place(right, last)] })
  return new Table({
    width: { size: half * 2, type: WidthType.DXA },
    columnWidths: [half, half],
    layout: TableLayoutType.FIXED,
    borders: {
      top: noLine,
      bottom: noLine,
      left: noLine,
      right: noLine,
      insideHorizontal: noLine,
      insideVertical: noLine,
    },
    rows: [
      row('填报人（签字）：', '审核人（签字）：'),
      row('单位负责人（签字）：', '填报单位（盖章）：'),
      row('', '　　　　　　　年　　月　　日', true),
    ],
  })
}

const footer = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: bodyFace,
            size: 21,
            children: ['第 ', PageNumber.CURRENT, ' 页，共 ', PageNumber.TOTAL_PAGES, ' 页'],
          }),
        ],
      }),
    ],
  })

/** The form on A4 for signature and seal, two copies of which go to the office (考核办法 六(一)). */
export async function writeSelfFormDocx(form: PaperForm): Promise<Buffer> {
  const grid = {
    top: thin,
    bottom: thin,
    left: thin,
    right: thin,
    insideHorizontal: thin,
    insideVertical: thin,
  }
  const file = new Document({
    title: printable(form.title),
    creator: printable(form.unit),
    styles: { default: { document: { run: { font: bodyFace, size: 21 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(page.width), height: mm(page.height), orientation: PageOrientation.PORTRAIT },
            margin: {
              top: mm(page.top),
              bottom: mm(page.bottom),
              left: mm(page.left),
              right: mm(page.right),
              footer: mm(12),
            },
          },
        },
        footers: { default: footer() },
        children: [
          line(form.title, { ...centre, font: titleFace, size: 44, after: 160 }),
          line(`填报单位：${form.unit}　　　考核周期：${form.window}`, { size: 24, after: 40 }),
          line(form.standing, { size: 24, after: 120 }),
          new Table({
            width: { size: widths.reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
            columnWidths: widths,
            layout: TableLayoutType.FIXED,
            borders: grid,
            rows: [
              headRow(),
              ...form.areas.flatMap(({ name, leaves }) => [areaRow(name), ...leaves.map(leafRow)]),
              totalRow(form.totals),
            ],
          }),
          line('本表一式两份，签字并加盖公章后，连同佐证材料报送。', {
            before: 120,
            after: 120,
            keepNext: true,
          }),
          signing(),
        ],
      },
    ],
  })
  return Packer.toBuffer(file)
}
