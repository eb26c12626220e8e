import { isGain } from '../../assessment/rule/scheme.ts'
import { exactly, format, hundredths } from '../../assessment/rational.ts'
import type { PublicationBody } from '../../assessment/publication/publication.ts'
import type { ComponentScore, Scorecard } from '../../assessment/score/scorecard.ts'
import { adviceFor, missedMarks } from './advice.ts'
import { chineseNumber, dayInChinese, type Block, type OfficialDocument } from './document.ts'

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
const subheading = (number: number, text: string): Block => ({
  type: 'heading',
  level: 2,
  text: `（${chineseNumber(number)}）${text}`,
  run: '',
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
      share,
      known(score),
      known(contribution),
      known(loss),
    ]),
    ['综合成绩', '', '', known(composite), ''],
  ],
})

const lostMarksShown = 20

/** What cost a component points, with day and clause; undefined when nothing did. */
function lossesOf(body: PublicationBody, score: ComponentScore): Block | undefined {
  const { steps } = score
  switch (steps.method) {
    case 'deductions': {
      const rows = steps.findings
        .filter(({ countsOn }) => countsOn !== null)
        .map((entry) => [
          entry.number,
          entry.what,
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
              { name: '编号', share: 15, align: 'left' },
              { name: '事由', share: 26, align: 'left' },
              { name: '类别', share: 16, align: 'left' },
              { name: '扣分日期', share: 16, align: 'center' },
              { name: '扣分', share: 9, align: 'center' },
              { name: '依据', share: 18, align: 'left' },
            ],
            rows,
          }
    }
    case 'verified-marks': {
      const missed = missedMarks(body.scheme, score).filter(({ leaf }) => leaf !== null)
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
            rows: missed
              .slice(0, lostMarksShown)
              .map(({ window, leaf, full, marks, missed }) => [
                window,
                leaf?.name ?? '',
                full,
                marks,
                exactly(missed),
                leaf?.clause ?? score.clause,
              ]),
          }
    }
    case 'external':
      return undefined
  }
}

function componentBlocks(body: PublicationBody, score: ComponentScore, place: number): Block[] {
  const { name, loss, clause } = score
  const head = subheading(place, name)
  if (loss === null) return [head, paragraph('成绩待定。')]
  if (Number(loss) === 0) return [head, paragraph('没有失分。')]
  const table = lossesOf(body, score)
  return [
    head,
    paragraph(`失分折合综合成绩${loss}分，依据${clause}。${table ? '具体如下：' : ''}`),
    ...(table ? [table] : []),
  ]
}

const signed = ({ issuer, issuedOn }: Issued): Block => ({
  type: 'signature',
  issuer,
  date: dayInChinese(issuedOn),
})

/** 反馈函: one unit's scorecard, what cost it points with day and clause, and what to mend. */
export function composeLetter(body: PublicationBody, card: Scorecard, issued: Issued): OfficialDocument {
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
      ...card.components.flatMap((score, index) => componentBlocks(body, score, index + 1)),
      heading(3, '改进建议'),
      ...adviceFor(body.scheme, card).map((text, index) => paragraph(`${index + 1}. ${text}`)),
      paragraph(
        `以上成绩截至${dayInChinese(body.asOf)}。对成绩有疑问的，请在成绩单中查看计算过程，或者向${issued.issuer}询问。`,
      ),
      signed(issued),
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
    ],
  }
}
