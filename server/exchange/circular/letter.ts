import { isGain } from '../../assessment/rule/scheme.ts'
import { decimal, exactly, format, hundred, hundredths, multiply } from '../../assessment/rational.ts'
import type { PublicationBody } from '../../assessment/publication/publication.ts'
import type { ComponentScore, Scorecard } from '../../assessment/score/scorecard.ts'
import { adviceFor, missedMarks } from './advice.ts'
import { blockHeight, pageHeight } from './block-height.ts'
import { line } from './layout.ts'
import { alike } from './figures.ts'
import { chineseNumber, dayInChinese, type Block, type OfficialDocument } from './document.ts'
import { proofNote } from './proof-note.ts'

type TableBlock = Extract<Block, { type: 'table' }>

interface Issued {
  readonly issuer: string
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string
}

const paragraph = (text: string): Block => ({ type: 'paragraph', text })
const heading = (number: number, text: string): Block => ({
  type: 'heading',
  level: 1,
  text: `${chineseNumber(number)}、${text}`,
  run: '',
})
/** A heading that its text goes on from in the same line. */
const part = (number: number, name: string, run: string): Block => ({
  type: 'heading',
  level: 2,
  text: `（${chineseNumber(number)}）${name}。`,
  run,
})

/** One sentence with what the scheme's publicity lets a unit know of its own result. */
function resultSentence(body: PublicationBody, card: Scorecard): string {
  const { publicity } = body.scheme
  if (card.composite === null || card.grade === null)
    return `你单位${body.assessment.year}年度考核成绩尚未确定，待定部分为：${card.components
      .filter(({ score }) => score === null)
      .map(({ name }) => name)
      .join('、')}。`
  if (publicity === 'own-grade') return `你单位${body.assessment.year}年度考核等次为${card.grade}。`
  const place = card.rank === null ? '' : `，在${card.group}${card.rankedOf}个单位中列第${card.rank}名`
  return `你单位${body.assessment.year}年度考核综合成绩为${card.composite}分${place}，等次为${card.grade}。`
}

const known = (value: string | null): string => value ?? '待定'

const composition = ({ components, composite }: Scorecard): Block => ({
  type: 'table',
  columns: [
    { name: '部分', share: 34, align: 'left' },
    { name: '所占比重', share: 16, align: 'center' },
    { name: '得分', share: 16, align: 'center' },
    { name: '计入综合成绩', share: 18, align: 'center' },
    { name: '失分', share: 16, align: 'center' },
  ],
  rows: [
    ...components.map(({ name, share, score, contribution, loss }) => [
      name,
      `${exactly(multiply(decimal(share), hundred))}%`,
      known(score),
      known(contribution),
      known(loss),
    ]),
    ['综合成绩', '', '', known(composite), ''],
  ],
})

/** How much of what could be told a letter tells: rows of a part's losses, pieces of advice, characters of a text. */
interface Room {
  readonly rows: number
  readonly advice: number
  readonly text: number
}
/** All that a reader can take in. */
const most: Room = { rows: 20, advice: 12, text: 200 }
/** Less and less, until it fits. */
const less: readonly Room[] = [
  ...Array.from({ length: most.rows }, (_, index) => ({ rows: most.rows - index, advice: 3, text: 30 })),
  ...[3, 2, 1].map((rows) => ({ rows, advice: 2, text: 30 })),
  { rows: 1, advice: 1, text: 16 },
]
const pages = 2
/** What stays empty at the end of a page, since headings and rows are not parted: two lines, in twips. */
const lostAtPageEnd = 2 * line

const cut = (text: string, most: number): string => {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** What cost a component points, with day and clause; without rows when nothing did. */
function lossesOf(body: PublicationBody, score: ComponentScore, room: Room): TableBlock | undefined {
  const { steps } = score
  switch (steps.method) {
    case 'deductions': {
      const rows = steps.findings
        .filter(({ countsOn }) => countsOn !== null)
        .map((entry) => [
          entry.number,
          cut(entry.what, room.text),
          entry.kindName,
          entry.countsOn ?? '',
          `${isGain(entry) ? '+' : ''}${format(hundredths(entry.points))}`,
          entry.clause,
        ])
      return rows.length === 0
        ? undefined
        : {
            type: 'table',
            columns: [
              { name: '编号', share: 13, align: 'left' },
              { name: '事由', share: 26, align: 'left' },
              { name: '类别', share: 16, align: 'left' },
              { name: '扣分日期', share: 18, align: 'center' },
              { name: '扣分', share: 9, align: 'center' },
              { name: '依据', share: 18, align: 'left' },
            ],
            rows,
          }
    }
    case 'verified-marks': {
      const missed = missedMarks(body.scheme, score).filter(({ leaf }) => leaf !== null)
      const fulls = alike(missed.map(({ full }) => full))
      const [marks, losses] = [missed.map((one) => one.marks), missed.map((one) => exactly(one.missed))].map(
        (column) => alike(column, 2),
      ) as [string[], string[]]
      return missed.length === 0
        ? undefined
        : {
            type: 'table',
            columns: [
              { name: '周期', share: 14, align: 'center' },
              { name: '指标', share: 41, align: 'left' },
              { name: '满分', share: 10, align: 'center' },
              { name: '核查分', share: 12, align: 'center' },
              { name: '失分', share: 10, align: 'center' },
              { name: '依据', share: 13, align: 'left' },
            ],
            rows: missed.map(({ window, leaf }, place) => [
              window,
              leaf?.name ?? '',
              ...[fulls, marks, losses].map((column) => column[place] ?? ''),
              leaf?.clause ?? score.clause,
            ]),
          }
    }
    case 'external':
      return undefined
  }
}

function componentBlocks(body: PublicationBody, score: ComponentScore, place: number, room: Room): Block[] {
  const { name, loss, clause } = score
  if (loss === null) return [part(place, name, '成绩待定。')]
  if (Number(loss) === 0) return [part(place, name, '没有失分。')]
  const table = lossesOf(body, score, room)
  const all = table?.rows.length ?? 0
  const told = all > room.rows ? `共${all}项，以下列出${room.rows}项，其余见成绩单：` : '具体如下：'
  return [
    part(place, name, `失分折合综合成绩${loss}分，依据${clause}。${table ? told : ''}`),
    ...(table ? [{ ...table, rows: table.rows.slice(0, room.rows) }] : []),
  ]
}

const signed = ({ issuer, issuedOn }: Issued): Block => ({
  type: 'signature',
  issuer,
  date: dayInChinese(issuedOn),
})

/** 反馈函: one unit's scorecard, what cost it points with day and clause, and what to mend, on two pages at most. */
export function composeLetter(body: PublicationBody, card: Scorecard, issued: Issued): OfficialDocument {
  let letter = letterIn(most, body, card, issued)
  for (const room of [most, ...less]) {
    letter = letterIn(room, body, card, issued)
    const height = letter.blocks.reduce((sum, block) => sum + blockHeight(block), 0)
    if (height <= pages * pageHeight - lostAtPageEnd) break
  }
  return letter
}

function letterIn(room: Room, body: PublicationBody, card: Scorecard, issued: Issued): OfficialDocument {
  const advice = adviceFor(body.scheme, card, { most: room.advice, text: (what) => cut(what, room.text) })
  return {
    mark: '',
    number: '',
    blocks: [
      { type: 'title', lines: [body.assessment.name, '结果反馈函'] },
      { type: 'addressee', text: `${card.unit}：` },
      paragraph(
        `根据《${body.scheme.name}》，${resultSentence(body, card)}现将成绩构成、失分情况和改进建议反馈如下。`,
      ),
      heading(1, '成绩构成'),
      composition(card),
      heading(2, '失分情况'),
      ...card.components.flatMap((score, index) => componentBlocks(body, score, index + 1, room)),
      heading(3, '改进建议'),
      ...advice.map((text, index) => paragraph(`${index + 1}. ${text}`)),
      paragraph(
        `以上成绩截至${dayInChinese(body.asOf)}。对成绩有疑问的，请在成绩单中查看计算过程，或者向${issued.issuer}询问。`,
      ),
      signed(issued),
      ...proofNote(body),
    ],
  }
}

/** What a unit sees in place of the circular where the scheme keeps the whole table from units. */
export function composeNotice(body: PublicationBody, card: Scorecard, issued: Issued): OfficialDocument {
  return {
    mark: '',
    number: '',
    blocks: [
      { type: 'title', lines: [body.assessment.name, '结果告知'] },
      { type: 'addressee', text: `${card.unit}：` },
      paragraph(`根据《${body.scheme.name}》，${resultSentence(body, card)}`),
      paragraph('按照考核办法规定的公开范围，其他单位的成绩不在本告知中列出。'),
      signed(issued),
      ...proofNote(body),
    ],
  }
}
