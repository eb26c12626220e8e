import type { Random } from './random.ts'
import { subjectOf } from './subjects.ts'

type Line = (random: Random, field: string) => string

const topic = (random: Random, field: string): string => random.pick(subjectOf(field).topics)
const talk = (random: Random, field: string): string => random.pick(subjectOf(field).talk)

const after = (endings: string, about: Line = topic): readonly Line[] =>
  endings.split(' ').map(
    (ending): Line =>
      (random, field) =>
        about(random, field) + ending,
  )

const insecure: Line = (random) =>
  random.pick(['门户网站', '网上办事系统', '数据查询平台', '互动交流平台', '公众号后台', '网站检索服务'])

/** The preset's deduction kinds: what is wrong, and how the notice is numbered. */
interface Wording {
  readonly what: readonly Line[]
  /** A document's number from its year and its place in the year. */
  readonly source: (year: string, count: number) => string
}

const wordings: Readonly<Record<string, Wording>> = {
  上级检查通报: {
    what: [
      ...after('未按时限要求公开，被上级通报 公开内容缺项，被上级抽查点名 专栏长期空白，被列入通报问题清单'),
      ...after('信息与上级平台不一致，被通报 未按统一格式发布，被要求说明 链接错误，被上级检查发现'),
    ],
    source: (year, count) => `省政办通报〔${year}〕${count}号`,
  },
  调度和网上检查: {
    what: [
      ...after('栏目超过三个月未更新 公开内容不完整 公开目录与实际不符 附件无法下载 未注明发布日期和来源'),
      ...after('公开时间超出规定时限 网页链接失效 电话抽查时答复不准确 重复发布且内容前后不一 缺少政策解读'),
    ],
    source: (year, count) => `澜政公开办〔${year}〕${count}号`,
  },
  举报查实: {
    what: [
      ...after('应当公开而未公开，举报属实 公开后又被撤下，举报属实 申请逾期未答复，举报属实'),
      ...after('咨询电话无人接听，举报属实 公开内容有误未更正，举报属实 要求申请人说明用途，举报属实'),
    ],
    source: (year, count) => `举报受理单〔${year}〕第${count}号`,
  },
  专项督查: {
    what: [
      ...after('台账与公开内容不一致 公开责任未落实到科室 专项整改任务未完成 公开前保密审查无记录'),
      ...after('未纳入主动公开目录 公开情况未按月报送 督查回访仍未补齐'),
    ],
    source: (year, count) => `澜督查〔${year}〕${count}号`,
  },
  舆情回应: {
    what: [
      (random, field) => `“${talk(random, field)}”网络舆情超过 48 小时未回应`,
      (random, field) => `“${talk(random, field)}”成为热点，回应避重就轻`,
      (random, field) => `对“${talk(random, field)}”回应前后矛盾，造成不良影响`,
      (random, field) => `“${talk(random, field)}”话题多日未发布权威信息`,
    ],
    source: (year, count) => `舆情专报〔${year}〕第${count}期`,
  },
  网站安全隐患: {
    what: [
      ...after('存在弱口令账号 存在跨站脚本漏洞 存在注入漏洞 组件版本过低存在隐患', insecure),
      ...after('未关闭调试接口 未启用加密传输 日志留存不足六个月 泄露个人身份证号码', insecure),
    ],
    source: (year, count) => `澜公网安通〔${year}〕${count}号`,
  },
}

function wordingOf(kind: string): Wording {
  const found = wordings[kind]
  if (!found) throw new RangeError(`no wording for the kind ${kind}`)
  return found
}

/** What is wrong 事由, for a kind and a field. */
export const whatFor = (random: Random, kind: string, field: string): string =>
  random.pick(wordingOf(kind).what)(random, field)

/** The number of the notice: the `count`-th of the kind in a year. */
export const sourceFor = (kind: string, year: string, count: number): string =>
  wordingOf(kind).source(year, count)

/** Reasons that people give. */
export const reasons = {
  extended: ['系统改造需第三方配合，同意延期', '涉及历史数据核对，同意延期', '跨部门材料未齐，同意延期'],
  submitted: ['已补充公开并附链接', '已更正内容并重新发布', '已完成整改，附截图和会议纪要', '已修复并复测'],
  withdrawn: ['材料上传有误，撤回重报'],
  accepted: ['复查通过，予以销号', '网上核对无误，予以销号', '抽查三处均已更正'],
  rejected: ['仅补充标题，正文仍缺', '附件仍无法打开', '整改说明与网页不符', '只改一处，其余未改'],
  appealed: ['首发时间早于通报所记，附后台记录', '该事项不属本单位职责', '通知前已自行更正，附更新日志'],
  upheld: ['所附记录不能证明按时公开，维持', '职责分工文件明确由该单位公开，维持'],
  revoked: ['经核对后台记录，公开时间符合要求，撤销', '经查不属该单位职责，撤销'],
  amended: ['经查应由同级另一部门公开，变更发生单位'],
  reversed: ['与已登记问题重复，登记有误', '单位名称登记有误，冲销后另行登记'],
  returned: [
    '（二）佐证材料缺链接，退回补充',
    '自评分超过评分标准可得分，退回修改',
    '（三）未附抽样件，退回补充',
  ],
} as const satisfies Record<string, readonly string[]>

/** Why verified marks are lower than claimed ones. */
export const markReason = (random: Random, evidence: string | null, less: string): string =>
  random.pick([
    `抽查发现问题，按评分标准核减 ${less} 分`,
    `${evidence ?? '佐证材料'}未报全，核减 ${less} 分`,
    `佐证材料形成于考核期外，核减 ${less} 分`,
    `网上核对与自评不符，核减 ${less} 分`,
  ])
