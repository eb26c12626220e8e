/** Units that have reported, in the order in which their words are chosen. */
export const reportUnits = [
  '市自然资源局',
  '市教育局',
  '市公安局',
  '市民政局',
  '市司法局',
  '市水利局',
  '市商务局',
  '市林业局',
] as const

const overviews = [
  '明确一名副职分管政务公开，每季度召开调度会，把公开事项写进科室年度任务书，年底逐项对账。',
  '修订信息发布审核办法，凡上网文件先由起草科室自查，再经办公室和保密员两道审核，全年没有发生泄密。',
  '对门户网站栏目逐个体检，合并更新缓慢的栏目六个，新设惠企政策专栏，市民查找文件少点两次鼠标。',
  '组织工作人员参加条例专题培训三期，邀请律师讲解答复文书的写法，并把典型案例汇编成册发到各站所。',
]
const channels = [
  '其中，门户网站公开{a}条、政务新媒体公开{b}条、其他方式公开{c}条。群众关心的审批时限、收费目录和办事流程都配有图解。',
  '其中，门户网站公开{a}条、政务新媒体公开{b}条、其他方式公开{c}条。新出台的文件全部附有解读，主要负责人做客访谈一次。',
  '其中，门户网站公开{a}条、政务新媒体公开{b}条、其他方式公开{c}条。在服务大厅设自助查询机，老年人可以请工作人员代查。',
]
const shortcomings = [
  '一是个别科室报送信息不够主动，二是解读形式偏于文字。下一步将把报送数量和质量纳入科室考评，多用图表和短视频说明政策。',
  '主要是基层站所公开人手不足，答复申请的文书还不够规范。今后拟每半年集中轮训一次，并印发答复文书样本。',
  '目前历史文件的清理还不彻底，部分栏目检索不便。计划用一年时间完成存量文件的数字化，按主题重新编排目录。',
  '公众参与的渠道不多，意见征集后反馈偏慢。新的一年将固定每月一次开放日，征集结束后十日内公布采纳情况。',
]
const others = [
  '本年度没有收取信息处理费，没有其他需要报告的事项。',
  '按照信息处理费收取规定，本年度没有产生费用。',
  '没有发出收费通知，也没有其他需要说明的情况。',
]

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`
const none = [0, 0, 0, 0, 0, 0, 0]

const disclosure = (made: number, repealed: number, inForce: number): string =>
  [
    row('第二十条第（一）项'),
    row('信息内容', '本年制发件数', '本年废止件数', '现行有效件数'),
    row('规章', 0, 0, 0),
    row('行政规范性文件', made, repealed, inForce),
    row('第二十条第（五）项'),
    row('信息内容', '本年处理决定数量'),
    row('行政许可', 0),
    row('第二十条第（六）项'),
    row('信息内容', '本年处理决定数量'),
    row('行政处罚', 0),
    row('行政强制', 0),
    row('第二十条第（八）项'),
    row('信息内容', '本年收费金额（单位：万元）'),
    row('行政事业性收费', 0),
  ].join('\n')

/** Table three: what came, all of it from persons, and what was made public of it; `total` as the unit wrote it. */
const requests = (received: number, granted: number, total: number): string => {
  const own = (count: number): number[] => [count, 0, 0, 0, 0, 0, count]
  return [
    row('（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）', '申请人情况'),
    row('自然人', '法人或其他组织', '总计'),
    row('商业企业', '科研机构', '社会公益组织', '法律服务机构', '其他'),
    row('一、本年新收政府信息公开申请数量', ...own(received)),
    row('二、上年结转政府信息公开申请数量', ...none),
    row('三、本年度办理结果', '（一）予以公开', ...own(granted)),
    row('（二）部分公开（区分处理的，只计这一情形，不计其他情形）', ...none),
    row('（三）不予公开', '1.属于国家秘密', ...none),
    row('2.其他法律行政法规禁止公开', ...none),
    row('3.危及“三安全一稳定”', ...none),
    row('4.保护第三方合法权益', ...none),
    row('5.属于三类内部事务信息', ...none),
    row('6.属于四类过程性信息', ...none),
    row('7.属于行政执法案卷', ...none),
    row('8.属于行政查询事项', ...none),
    row('（四）无法提供', '1.本机关不掌握相关政府信息', ...own(received - granted)),
    row('2.没有现成信息需要另行制作', ...none),
    row('3.补正后申请内容仍不明确', ...none),
    row('（五）不予处理', '1.信访举报投诉类申请', ...none),
    row('2.重复申请', ...none),
    row('3.要求提供公开出版物', ...none),
    row('4.无正当理由大量反复申请', ...none),
    row('5.要求行政机关确认或重新出具已获取信息', ...none),
    row('（六）其他处理', '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请', ...none),
    row('2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请', ...none),
    row('3.其他', ...none),
    row('（七）总计', ...own(total)),
    row('四、结转下年度继续办理', ...none),
  ].join('\n')
}

const outcomes = ['结果维持', '结果纠正', '其他结果', '尚未审结', '总计']
const disputes = [
  row('行政复议', '行政诉讼'),
  row(...outcomes, '未经复议直接起诉', '复议后起诉'),
  row(...outcomes, ...outcomes),
  row(...none, ...none, 0),
].join('\n')

const chosen = (from: readonly string[], index: number): string => from[index % from.length] ?? ''

/** Faults of some of the reports, by the unit's place; the others have none that was put there. */
const faults: Readonly<Record<number, (text: string) => string>> = {
  // A placeholder that nobody filled in.
  3: (text) => text.replace('没有发出收费通知', '收费××万元，没有发出收费通知'),
  // The parent form of the year before.
  6: (text) => `${text}\n附件加载中\n`,
}

/** The report of a unit on a year, in the form of 2021; invented, as the city is. */
export function reportText(unit: string, year: number, index: number): string {
  const [a, b, c] = [60 + 11 * index, 30 + 7 * index, 5 + index]
  // One adds up to something else than it says, one total of the table is not what stands above it, one is signed too early.
  const total = a + b + c + (index === 1 ? 10 : 0)
  const received = 4 + index
  const granted = 3 + Math.floor(index / 2)
  const signed = index === 7 ? `${year}年12月28日` : `${year + 1}年1月${10 + index}日`
  const text = `${unit}${year}年政府信息公开工作年度报告

根据《中华人民共和国政府信息公开条例》编制本报告，所列数据的统计期限自${year}年1月1日起至${year}年12月31日止。

一、总体情况
${year}年，${unit}${chosen(overviews, index)}${chosen(overviews, index + 1 + Math.floor(index / 4))}
全年主动公开政府信息${total}条。${chosen(channels, index)
    .replace('{a}', String(a))
    .replace('{b}', String(b))
    .replace('{c}', String(c))}

二、主动公开政府信息情况
${disclosure(index % 3, 0, 6 + index)}

三、收到和处理政府信息公开申请情况
${requests(received, granted, received + (index === 4 ? 1 : 0))}

四、因政府信息公开工作被申请行政复议、提起行政诉讼情况
${disputes}

五、存在的主要问题及改进情况
${chosen(shortcomings, index)}

六、其他需要报告的事项
${chosen(others, index + 2)}

${unit}
${signed}
`
  return faults[index]?.(text) ?? text
}
