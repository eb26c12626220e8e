import {
  AlignmentType,
  LineRuleType,
  Paragraph,
  TextRun,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx'
import { printable } from '../spreadsheet/printable.ts'
import { bodySize, closer, fonts, indent, line } from './layout.ts'

/** Chinese glyphs come from `eastAsia`, and the hint gives it the quotation marks and dashes as well. */
export const fontOf = (name: string) => ({
  ascii: name,
  hAnsi: name,
  eastAsia: name,
  cs: name,
  hint: 'eastAsia',
})

export const run = (text: string, font: string = fonts.body, more: IRunOptions = {}): TextRun =>
  new TextRun({
    text: printable(text),
    font: fontOf(font),
    size: bodySize,
    characterSpacing: closer,
    ...more,
  })

export const pitch = (height: number) => ({ line: height, lineRule: LineRuleType.EXACT, before: 0, after: 0 })

/** A paragraph in lines of exactly 28.95 pt, off any grid. */
export const paragraph = (children: readonly TextRun[], more: IParagraphOptions = {}): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: pitch(line),
    widowControl: false,
    children,
    ...more,
  })

export const indented = { firstLine: indent, firstLineChars: 200 }
export const blank = (height = line, keepNext = false): Paragraph =>
  paragraph([], { spacing: pitch(height), keepNext })
