import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import type { MessageKey } from '../words.ts'
import type { Span } from '../reading/view.ts'

/** Kinds of unit by how a unit calls itself; words of one kind may stand beside each other. */
const kinds = {
  town: { name: /镇(?:人民政府|政府|党委|党政办公室|办公室)?$/, self: /(?:我|本|全)镇/g },
  township: { name: /乡(?:人民政府|政府|党委|党政办公室|办公室)?$/, self: /(?:我|本|全)乡(?!镇|本土)/g },
  street: { name: /街道(?:办事处|办|党工委)?$/, self: /(?:我|本)(?:街道|处|街|办事处)|全街道/g },
  bureau: {
    name: /(?:局|委员会|委|厅|总队|支队|大队)$/,
    self: /我(?:局|委|厅)(?!域)|本(?:局|委|厅)|全局(?=工作|干部|职工|上下|各科|各股|系统|人员|机关)/g,
  },
  school: { name: /(?:学校|小学|中学|大学|学院|幼儿园)$/, self: /我校|本校|全校|我院(?=.{0,4}(?:师生|教))/g },
  hospital: { name: /(?:医院|卫生院|保健院)$/, self: /(?:我|本|全)院(?!校)/g },
} as const satisfies Readonly<Record<string, { readonly name: RegExp; readonly self: RegExp }>>
type Kind = keyof typeof kinds
const kindNames = Object.keys(kinds) as Kind[]

const fail = (
  span: Span,
  message: MessageKey,
  params: Finding['params'],
  severity: Finding['severity'],
): Finding => ({
  severity,
  span,
  view: 'prose',
  message,
  params,
})

/** 顾全局, 全局观念: the whole, not the bureau. */
const theWhole = /(?:顾|着眼|事关|服务|统揽|统筹|放眼|影响|大|关系|系)$/

function selvesOf(text: string, kind: Kind): Span[] {
  return [...text.matchAll(kinds[kind].self)]
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      before: text.slice(Math.max(0, match.index - 3), match.index),
    }))
    .filter(
      ({ start, end, before }) =>
        !(text.slice(start, end) === '全局' && theWhole.test(before)) && !/["“]$/.test(before),
    )
}

/** 我局 or 全局工作 in a town's report: sentences of another kind of unit. */
function otherKind({ unit, prose: { text } }: Report): Finding[] {
  const selves = kindNames.map((kind) => ({ kind, spans: selvesOf(text, kind) }))
  const named = unit === null ? undefined : kindNames.find((kind) => kinds[kind].name.test(unit))
  const [most] = [...selves].sort((a, b) => b.spans.length - a.spans.length)
  if (!most || most.spans.length < 2) return []
  // Without a name the way the report mostly speaks of itself tells its kind.
  const total = selves.reduce((sum, { spans }) => sum + spans.length, 0)
  const own = named ?? (most.spans.length >= 4 && most.spans.length >= total * 0.8 ? most.kind : undefined)
  if (own === undefined || (named !== undefined && named !== most.kind)) return []
  return selves
    .filter(({ kind, spans }) => kind !== own && spans.length > 0 && spans.length <= most.spans.length)
    .flatMap(({ spans }) =>
      spans.slice(0, 6).map(({ start, end }) => {
        const rest = /^[一-鿿]{0,2}/.exec(text.slice(end))?.[0] ?? ''
        return fail(
          { start, end: end + rest.length },
          'other-kind-of-unit',
          { word: text.slice(start, end), unit: unit ?? '' },
          'warn',
        )
      }),
    )
}

const placeName = /([一-鿿]{2})(县|区|旗)(?![别域分间划块情级委][^府])/g
/** Words that end like the name of a county or district. */
const noPlace =
  /(?:[各全我本该市县城乡郊社园景校片小辖地专库林牧灾疫矿厂营战禁老委]|自治|开发|高新|示范|保护|试验|工业|度假|风景|旅游|服务|公开|功能|直属|所属|周边|贫困|牧业|保税|合作|经开|经济|科技|产业|居民|生活|行政|办公|等候|查询|咨询|申请|阅览|休息|体验|宣传|政务|便民|大厅|综合|窗口|接待|展示|互动|公示|专题|留言|评论|下载|图文|视频|信息|新闻|市辖|建成|中心|主城|老城|新城|核心|远山|贫山|深山|库|滩)(?=[县区旗]$)/
/** Words before 县 and 区 that are no name: 通过县政府网站. */
const noName =
  /^(?:.?[在由对向与和及从到将把被为以按经于用是有并可应须需能]|通过|关于|根据|依托|借助|利用|参加|配合|协助|上报|报送|接受|落实|执行|围绕|对照|严格|认真|积极|推进|加强|完善|依照|遵照|贯彻|结合|充分|主动|其他|部分|相关|有关|其中|包括)/
/** What stands before the name of a county: a stop, the city it belongs to, a preposition. */
const beginsName = /(?:^|[^一-鿿]|[省市州盟网在由对向与及从到于是为])$/
/** Contexts in which a report names other places. */
const elsewhere =
  /(?:赴|到|去|与|和|同|向|对口|支援|援助|帮扶|结对|学习|考察|借鉴|交流|协作|合作|邻近|周边|原|由|转|籍|调研|先进|试点|如|例如|等|、)$/
const aboutItself =
  /^(?:人民政府|政府|政务公开|政务服务|政务网|门户|信息公开|子网|网站|委|局|各|党委|办公|公众信息)/

/** The county or district in a unit's name. */
const countyOf = (unit: string | null): string | null =>
  unit === null
    ? null
    : (/([一-鿿]{2,8}?(?:自治县|县|区|旗))(?=[一-鿿]{2,})/.exec(
        unit.replace(/^[一-鿿]{2,7}?(?:省|自治区|市|州)/, ''),
      )?.[1] ?? null)

const autonomous = /自治区|内蒙古|广西|宁夏|新疆|西藏/

/** Another county's name where the report speaks of its own, and 全区 in a county's report. */
function otherPlace({ unit, title, prose: { text }, signature, headings }: Report): Finding[] {
  const own = countyOf(unit) ?? countyOf(signature ? text.slice(signature.start, signature.end) : null)
  if (own === null) return []
  const core = own.replace(/(?:自治县|县|区|旗)$/, '')
  // The head of a page names the unit whatever the report says.
  const head = Math.max(title?.end ?? 0, headings[0]?.start ?? 0)
  const others = [...text.matchAll(placeName)].filter((match) => {
    const before = text.slice(Math.max(0, match.index - 4), match.index)
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 6)
    return (
      match.index >= head &&
      !noPlace.test(match[0]) &&
      !noName.test(match[0]) &&
      beginsName.test(before) &&
      !core.endsWith(match[1] ?? '') &&
      !own.includes(match[0]) &&
      !elsewhere.test(before) &&
      aboutItself.test(after)
    )
  })
  const names = new Set(others.map(([name]) => name))
  const mentionsOwn = text.slice(head).split(core).length - 1
  const findings: Finding[] = []
  if (names.size === 1 && others[0] && (mentionsOwn <= 2 || others.length > mentionsOwn)) {
    for (const match of others.slice(0, 4)) {
      findings.push(
        fail(
          { start: match.index, end: match.index + match[0].length },
          'other-place',
          { word: match[0], unit: unit ?? '' },
          'fail',
        ),
      )
    }
  }
  // 县 and 区 are told apart in how a report speaks of itself, except where 区 may be the autonomous region.
  const suffix = own.at(-1)
  const words =
    suffix === '县'
      ? /(?:我|全)区(?!域)|(?<![市社城地郊辖省]、?)区(?:委区政府|[一-鿿]{1,3}局(?=公开|发布|、|,))/g
      : suffix === '区'
        ? /(?:我|全)县(?!域)|县委县政府/g
        : null
  if (words === null || autonomous.test(text + (unit ?? ''))) return findings
  const matches = [...text.matchAll(words)]
  const ownWords = text.match(suffix === '县' ? /(?:我|全|本)县|县委/g : /(?:我|全|本)区|区委/g)?.length ?? 0
  if (findings.length === 0 && matches.length <= ownWords / 3 && ownWords > 0 && matches.length > 2)
    return findings
  for (const match of matches.slice(0, 6)) {
    findings.push(
      fail(
        { start: match.index, end: match.index + match[0].length },
        'other-place',
        { word: match[0], unit: unit ?? '' },
        findings.length > 0 && names.size > 0 ? 'fail' : 'warn',
      ),
    )
  }
  return findings
}

const place = /([一-鿿]{2,})(镇|乡|街道)/
/** What a bureau is for: 水务 of 南屏县水务局. */
const bureau = /^(?:.*[省市州县区旗盟])?([一-鿿]{2,}?)(?:局|委员会|委)$/
/** Bureaus were merged and renamed in the reforms of these years. */
const reformed: ReadonlySet<number> = new Set([2018, 2019])

/** Whether two names cannot be those of one town or of one bureau. */
function areDifferent(unit: string, signer: string, year: number): boolean {
  const [, own, ownKind] = place.exec(unit) ?? []
  const [, other, otherKind] = place.exec(signer) ?? []
  if (own !== undefined && other !== undefined)
    return ownKind !== otherKind || !(own.endsWith(other.slice(-2)) || other.endsWith(own.slice(-2)))
  const [task, otherTask] = [bureau.exec(unit)?.[1], bureau.exec(signer)?.[1]]
  if (task === undefined || otherTask === undefined || reformed.has(year)) return false
  return ![...task].some((character) => otherTask.includes(character))
}

/** A report on one town or bureau that another one signed. */
function otherSigner({ title, titleYear, unit, signature, prose: { text } }: Report): Finding[] {
  if (!title || titleYear === null || !signature || unit === null) return []
  const name = text.slice(signature.start, signature.end)
  return areDifferent(unit, name, titleYear)
    ? [fail(signature, 'other-signer', { word: name, unit }, 'fail')]
    : []
}

/** Names of another place or another kind of unit than the report's own. */
export const wrongPlace = (report: Report): Finding[] => [
  ...otherKind(report),
  ...otherPlace(report),
  ...otherSigner(report),
]
