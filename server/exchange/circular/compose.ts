import type { PublicationBody } from '../../assessment/publication/publication.ts'
import {
  chineseNumber,
  dayInChinese,
  type Block,
  type OfficialDocument,
  type TableColumn,
} from './document.ts'
import type { Standing } from '../../assessment/score/scorecard.ts'
import { componentsOf, groupsOf, type CircularSource } from './figures.ts'
import { filled } from './fill.ts'
import { proofNote } from './proof-note.ts'
import { interimTemplate, type CircularTemplate } from './template.ts'

const level1 = /^[一二三四五六七八九十]+、/
const level2 = /^[（(][一二三四五六七八九十]+[）)]/

type BodyBlock = Extract<Block, { type: 'heading' | 'paragraph' }>

function bodyBlock(line: string): BodyBlock {
  if (level1.test(line)) return { type: 'heading', level: 1, text: line.replace(level1, '').trim(), run: '' }
  if (!level2.test(line)) return { type: 'paragraph', text: line }
  const words = line.replace(level2, '').trim()
  const stop = words.indexOf('。')
  return stop < 0 || stop === words.length - 1
    ? { type: 'heading', level: 2, text: words.replace(/。$/, ''), run: '' }
    : { type: 'heading', level: 2, text: words.slice(0, stop + 1), run: words.slice(stop + 1).trim() }
}

const isEmptyHeading = (block: BodyBlock, next: BodyBlock | undefined): boolean =>
  block.type === 'heading' &&
  block.run === '' &&
  (next === undefined || (next.type === 'heading' && next.level <= block.level))

/** Headings numbered in order, since paragraphs may have been repeated or left out. */
function numbered(blocks: readonly BodyBlock[]): BodyBlock[] {
  const at = { 1: 0, 2: 0 }
  return blocks.map((block) => {
    if (block.type !== 'heading') return block
    at[block.level]++
    if (block.level === 1) at[2] = 0
    const number = chineseNumber(at[block.level])
    return { ...block, text: block.level === 1 ? `${number}、${block.text}` : `（${number}）${block.text}` }
  })
}

function bodyBlocks(template: CircularTemplate, source: CircularSource): BodyBlock[] {
  let blocks = template.body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => filled(line, source).map(bodyBlock))
  // A heading under which nothing was said goes too, and so may the one above it.
  for (;;) {
    const kept = blocks.filter((block, index) => !isEmptyHeading(block, blocks[index + 1]))
    if (kept.length === blocks.length) return numbered(kept)
    blocks = kept
  }
}

/** The columns of the score table; the unit's takes what the figures leave. */
export function scoreColumns(components: readonly string[], graded = true): TableColumn[] {
  const part = Math.min(15.4, 46.2 / Math.max(1, components.length))
  const figures = components.map((name): TableColumn => ({ name, share: part, align: 'center' }))
  const grade = graded ? 9 : 0
  const unit = 100 - 8 - 13 - grade - part * components.length
  return [
    { name: '名次', share: 8, align: 'center' },
    { name: '单位', share: unit, align: 'left' },
    ...figures,
    { name: '综合成绩', share: 13, align: 'center' },
    ...(graded ? [{ name: '等次', share: grade, align: 'center' as const }] : []),
  ]
}

/** A part of a unit's standing: what is not known reads 待定, what does not apply or is not in the basis so far is a dash. */
const partText = ({ components }: Standing, name: string): string =>
  components[name] ?? (name in components ? '待定' : '—')

/** 附件: one table per group, ranked; what is not known reads 待定. */
function scoreTables(body: PublicationBody): Block[] {
  const components = componentsOf(body)
  const groups = groupsOf(body)
  return groups.flatMap((group, index): Block[] => {
    const rows = body.standings.filter((row) => row.group === group)
    return [
      ...(groups.length > 1
        ? [{ type: 'caption' as const, text: `${chineseNumber(index + 1)}、${group}（${rows.length}个）` }]
        : []),
      {
        type: 'table',
        columns: scoreColumns(components, body.interim === null),
        rows: rows.map((row) => [
          row.rank === null ? '—' : String(row.rank),
          row.unit,
          ...components.map((name) => partText(row, name)),
          row.composite ?? '待定',
          ...(body.interim === null ? [row.grade ?? '待定'] : []),
        ]),
      },
    ]
  })
}

const filledText = (text: string, source: CircularSource): string =>
  text
    .split('\n')
    .flatMap((line) => filled(line.trim(), source))
    .join('\n')
    .trim()

const endedBy = (text: string, mark: string): string =>
  text === '' || /[：:。]$/.test(text) ? text : `${text}${mark}`

function imprint(template: CircularTemplate, source: CircularSource): Block[] {
  const lines = [
    ['报送', filledText(template.reportedTo, source)],
    ['抄送', filledText(template.copiedTo, source)],
  ].flatMap(([word, text]) => (text === '' ? [] : [`${word}：${endedBy(text ?? '', '。')}`]))
  const printedBy = filledText(template.printedBy, source)
  if (lines.length === 0 && printedBy === '') return []
  return [{ type: 'imprint', lines, printed: [printedBy, `${dayInChinese(source.issuedOn)}印发`] }]
}

const logHeadNote = ({ logHead }: CircularSource): Block[] =>
  logHead ? [{ type: 'note', text: `审计日志第${logHead.seq}条校验值：${logHead.hash}` }] : []

/**
 * The circular 通报 on a publication, worded by the office's template. Throws RangeError when the template holds a field that
 * `checkTemplate` refuses.
 */
export function composeCircular(office: CircularTemplate, source: CircularSource): OfficialDocument {
  const template = source.body.interim === null ? office : interimTemplate(office)
  const attachment = filledText(template.attachment, source)
  const addressee = filledText(template.addressee, source)
  const { asOf, scheme } = source.body
  return {
    mark: filledText(template.mark, source),
    number: filledText(template.number, source),
    blocks: [
      { type: 'title', lines: filledText(template.title, source).split('\n') },
      ...(addressee === '' ? [] : [{ type: 'addressee' as const, text: endedBy(addressee, '：') }]),
      ...bodyBlocks(template, source),
      { type: 'attachment-note', text: `附件：${attachment}` },
      {
        type: 'signature',
        issuer: filledText(template.signer, source),
        date: dayInChinese(source.issuedOn),
      },
      { type: 'attachment', label: '附件', title: attachment },
      ...scoreTables(source.body),
      {
        type: 'note',
        text: `注：成绩截至${dayInChinese(asOf)}，按${scheme.name}计算，保留${scheme.decimals}位小数${source.body.interim === null ? '' : '，为阶段成绩，不评等次'}；${scheme.rankAcrossGroups ? '全部单位统一排名' : '按分组排名'}，成绩相同的名次并列。`,
      },
      ...proofNote(source.body),
      ...logHeadNote(source),
      ...imprint(template, source),
    ],
  }
}
