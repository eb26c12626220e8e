import { divide, format, hundredths, sum, whole } from '../../assessment/rational.ts'
import { statusMeaning } from '../../assessment/score/scorecard.ts'
import { dayInChinese } from './document.ts'
import { aboveAndBelow, basisInProse } from './interim-words.ts'
import {
  alike,
  best,
  componentMean,
  componentsOf,
  findingsOf,
  gradeCounts,
  groupsOf,
  joined,
  lostKinds,
  meanChange,
  meanComposite,
  most,
  mostImproved,
  percentOf,
  scored,
  unitsOf,
  weakestComponent,
  type CircularSource,
  type Narrowed,
  type Narrowing,
} from './figures.ts'

interface Field {
  /** 一句话说明. */
  readonly meaning: readonly [zh: string, en: string]
  readonly takes: readonly Narrowing[]
  /** Cannot be told without. */
  readonly needs?: Narrowing
  /** Null when there is nothing to say: the paragraph is then left out. */
  readonly value: (source: CircularSource, narrowed: Narrowed) => string | null
}

/** Every field of a circular, by the name it is written with: `{{单位数:优秀}}`. */
export const fields = {
  年度: {
    meaning: ['考核年度', 'The assessed year'],
    takes: [],
    value: ({ body }) => String(body.assessment.year),
  },
  考核名称: {
    meaning: ['考核的名称', 'The assessment’s name'],
    takes: [],
    value: ({ body }) => body.assessment.name,
  },
  考核办法: {
    meaning: ['所用考核办法的名称', 'The scheme’s name'],
    takes: [],
    value: ({ body }) => body.scheme.name,
  },
  考核主体: {
    meaning: ['组织考核的地方或单位', 'The assessing unit'],
    takes: [],
    value: ({ body }) => body.assessment.unit,
  },
  发文机关: { meaning: ['发文机关署名', 'The issuing office'], takes: [], value: ({ issuer }) => issuer },
  截至日期: {
    meaning: ['成绩计算到哪一天', 'The day the results are of'],
    takes: [],
    value: ({ body }) => dayInChinese(body.asOf),
  },
  成文日期: {
    meaning: ['批准发布的日期', 'The day of approval'],
    takes: [],
    value: ({ issuedOn }) => dayInChinese(issuedOn),
  },
  发文年份: {
    meaning: ['成文日期的年份', 'The year of issue'],
    takes: [],
    value: ({ issuedOn }) => issuedOn.slice(0, 4),
  },
  等次: {
    meaning: ['等次名称；含有它的段落按等次各列一段', 'The grade; its paragraph is repeated for each grade'],
    takes: ['grade'],
    needs: 'grade',
    value: (_, { grade }) => grade ?? null,
  },
  分组: {
    meaning: ['分组名称；含有它的段落按分组各列一段', 'The group; its paragraph is repeated for each group'],
    takes: ['group'],
    needs: 'group',
    value: (_, { group }) => group ?? null,
  },
  阶段依据: {
    meaning: ['阶段成绩所计入的部分及其权重；不是阶段成绩时整段不列', 'What results so far rest on'],
    takes: [],
    value: basisInProse,
  },
  高低分单位: {
    meaning: ['达到最高一等下限和低于最低一等上限的单位', 'Units from the first line on and below the last'],
    takes: ['group'],
    value: aboveAndBelow,
  },
  单位数: {
    meaning: ['参加考核的单位数，可按等次、分组', 'Number of units, in a grade or group'],
    takes: ['grade', 'group'],
    value: (source, narrowed) => String(unitsOf(source, narrowed).length),
  },
  单位名单: {
    meaning: ['单位名单，按名次排列，可按等次、分组', 'List of units by rank, in a grade or group'],
    takes: ['grade', 'group'],
    value: (source, narrowed) => joined(unitsOf(source, narrowed).map(({ unit }) => unit)),
  },
  占比: {
    meaning: ['某等次单位占全部单位的比例', 'Share of units in a grade'],
    takes: ['grade', 'group'],
    needs: 'grade',
    value: (source, { group, ...narrowed }) => {
      const within = group === undefined ? {} : { group }
      return percentOf(unitsOf(source, { ...narrowed, ...within }).length, unitsOf(source, within).length)
    },
  },
  各等次单位数: {
    meaning: ['每个等次的单位数，可按分组', 'Units per grade, in a group'],
    takes: ['group'],
    value: gradeCounts,
  },
  待定单位: {
    meaning: ['成绩待定的单位；没有时整段不列', 'Units still pending'],
    takes: ['group'],
    value: (source, narrowed) =>
      joined(
        unitsOf(source, narrowed)
          .filter(({ composite }) => composite === null)
          .map(({ unit }) => unit),
      ),
  },
  平均成绩: {
    meaning: ['综合成绩的平均数，可按分组', 'Mean composite, in a group'],
    takes: ['group'],
    value: (source, narrowed) => meanComposite(unitsOf(source, narrowed)),
  },
  各组平均成绩: {
    meaning: ['每个分组的平均成绩', 'Mean composite of each group'],
    takes: [],
    value: (source) =>
      joined(
        groupsOf(source.body).flatMap((group) => {
          const average = meanComposite(unitsOf(source, { group }))
          return average === null ? [] : [`${group}${average}分`]
        }),
      ),
  },
  平均成绩变化: {
    meaning: ['平均成绩比上一年度提高或下降多少', 'Change of the mean since the year before'],
    takes: ['group'],
    value: meanChange,
  },
  部分平均: {
    meaning: ['某一部分的平均得分，如 {{部分平均:平时考核}}', 'Mean score of a component'],
    takes: ['component', 'group'],
    needs: 'component',
    value: (source, narrowed) => componentMean(source, narrowed.component ?? '', narrowed),
  },
  各部分平均成绩: {
    meaning: ['每个部分的平均得分，可按分组', 'Mean score of each component'],
    takes: ['group'],
    value: (source, narrowed) =>
      joined(
        componentsOf(source.body).flatMap((name) => {
          const average = componentMean(source, name, narrowed)
          return average === null ? [] : [`${name}${average}分`]
        }),
      ),
  },
  各部分权重: {
    meaning: ['各部分及其权重', 'The components with their weights'],
    takes: [],
    value: ({ body }) => {
      const total = body.scheme.components.reduce((all, { weight }) => all + weight, 0)
      const shares = body.scheme.components.map(({ weight }) =>
        format(divide(whole(weight * 100), whole(total)), 1).replace(/\.0$/, ''),
      )
      return joined(
        alike(shares).map((share, place) => `${body.scheme.components[place]?.name ?? ''}（${share}%）`),
      )
    },
  },
  第一名: {
    meaning: ['第一名及其成绩，可按分组', 'The best, in a group'],
    takes: ['group'],
    value: (source, narrowed) => scored(best(source, narrowed, 1)),
  },
  前三名: {
    meaning: ['前三名及其成绩，可按分组', 'The best three, in a group'],
    takes: ['group'],
    value: (source, narrowed) => scored(best(source, narrowed, most)),
  },
  各组第一名: {
    meaning: ['每个分组的第一名', 'The best of each group'],
    takes: [],
    value: (source) =>
      joined(
        groupsOf(source.body).flatMap((group) => {
          const units = scored(best(source, { group }, 1))
          return units === null ? [] : [`${group}${units}`]
        }),
      ),
  },
  进步最大: {
    meaning: ['综合成绩比上一年度提高最多的单位，至多三个', 'Most improved since the year before'],
    takes: ['group'],
    value: mostImproved,
  },
  失分最多的部分: {
    meaning: ['平均失分最多的部分', 'The component that cost most'],
    takes: ['group'],
    value: weakestComponent,
  },
  问题总数: {
    meaning: ['平时考核台账中的问题数（不含撤销的）', 'Findings in the ledger, without revoked ones'],
    takes: ['group'],
    value: (source, narrowed) => String(findingsOf(source, narrowed).length),
  },
  扣分问题数: {
    meaning: ['其中已扣分的问题数', 'Findings that cost points'],
    takes: ['group'],
    value: (source, narrowed) =>
      String(findingsOf(source, narrowed).filter(({ countsOn }) => countsOn !== null).length),
  },
  扣分合计: {
    meaning: ['平时考核扣分合计', 'Points lost in all'],
    takes: ['group'],
    value: (source, narrowed) =>
      format(sum(findingsOf(source, narrowed).map(({ points }) => hundredths(points)))),
  },
  销号数: {
    meaning: ['按期整改、未扣分而销号的问题数', 'Findings closed in time'],
    takes: ['group'],
    value: (source, narrowed) =>
      String(findingsOf(source, narrowed).filter(({ status }) => status === 'closed').length),
  },
  在办数: {
    meaning: ['尚在整改或核查、没有扣分的问题数', 'Findings still being rectified or reviewed'],
    takes: ['group'],
    value: (source, narrowed) =>
      String(findingsOf(source, narrowed).filter(({ status }) => statusMeaning[status].undecided).length),
  },
  问题分类: {
    meaning: ['扣分问题按类别的项数，由多到少', 'Findings that cost points, by kind'],
    takes: ['group'],
    value: (source, narrowed) =>
      joined(lostKinds(source, narrowed).map(({ name, count }) => `${name}${count}项`)),
  },
  主要问题: {
    meaning: ['扣分最多的问题类别，至多三类', 'The most frequent kinds, at most three'],
    takes: ['group'],
    value: (source, narrowed) =>
      joined(
        lostKinds(source, narrowed)
          .slice(0, most)
          .map(({ name }) => name),
      ),
  },
} as const satisfies Record<string, Field>

export type FieldName = keyof typeof fields
export const fieldNames = Object.keys(fields) as FieldName[]
export const fieldNamed = (name: string): Field | undefined =>
  Object.hasOwn(fields, name) ? (fields as Record<string, Field>)[name] : undefined
