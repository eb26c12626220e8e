// Every message about a cell with its words: one list.
import type { Language } from '#assessment/language'
import { schemeProblemCodes, type SchemeProblemCode } from '#assessment/rule/scheme-problem'
import { schemeProblemWords } from '#assessment/rule/scheme-problem-words'
import type { Params, Place } from './place.ts'

type Message = Readonly<Record<Language, string>>

/** Why a workbook cannot be used, and how to mend it. `{name}` is filled in from the problem's params. */
const problemMessages = {
  'not-found': { 'zh-CN': '找不到这个文件，请检查路径。', en: 'There is no such file; check the path.' },
  'not-readable': { 'zh-CN': '无法读取这个文件（{reason}）。', en: 'The file cannot be read ({reason}).' },
  'not-a-workbook': {
    'zh-CN': '不是 .xlsx 工作簿，或者文件已损坏；请用电子表格软件打开后另存为 .xlsx。',
    en: 'This is not an .xlsx workbook, or it is damaged; open it in a spreadsheet program and save it as .xlsx.',
  },
  'old-format': {
    'zh-CN': '这是旧版 .xls 等格式的文件；请另存为 .xlsx。',
    en: 'This is a file of an older format such as .xls; save it as .xlsx.',
  },
  encrypted: {
    'zh-CN': '工作簿设有打开密码；请去掉密码后另存为 .xlsx。',
    en: 'The workbook is encrypted; remove its password and save it as .xlsx.',
  },
  'broken-file': {
    'zh-CN': '文件已损坏，读不完整；请用电子表格软件打开后另存，或重新获取。',
    en: 'The file is damaged and cannot be read to its end; open it and save it again, or fetch it anew.',
  },
  'file-too-large': {
    'zh-CN': '文件超过 {megabytes} MB；请删去无关的工作表和图片，或分批导入。',
    en: 'The file is larger than {megabytes} MB; remove sheets and pictures that do not belong here, or split it.',
  },
  'too-large-inside': {
    'zh-CN': '文件解压后超过 {megabytes} MB，不予读取；请删去无关的工作表和图片。',
    en: 'Unpacked, the file is larger than {megabytes} MB and is not read; remove what does not belong here.',
  },
  'too-slow': {
    'zh-CN': '读取超过 {seconds} 秒，已停止；请把数据复制到新的工作簿后重试。',
    en: 'Reading took longer than {seconds} seconds and was stopped; copy the data into a new workbook and retry.',
  },
  'too-much-memory': {
    'zh-CN': '读取所需的内存超过上限，已停止；请分批导入。',
    en: 'Reading needed more memory than is allowed and was stopped; split the workbook.',
  },
  'missing-sheet': { 'zh-CN': '缺少这个工作表；请补上。', en: 'The sheet is missing; add it.' },
  'too-many-cells': {
    'zh-CN': '单元格超过 {limit} 个，不予读取；请只留下评分的部分。',
    en: 'It has more than {limit} cells and is not read; keep only what holds the marks.',
  },
  'too-many-rows': {
    'zh-CN': '数据超过 {limit} 行；请分成几个工作簿。',
    en: 'There are more than {limit} rows; split them over several workbooks.',
  },
  'missing-column': {
    'zh-CN': '第一行缺少这个列名；请补上。',
    en: 'The first row lacks this header; add the column.',
  },
  'duplicate-column': {
    'zh-CN': '这个列名出现了不止一次；请只保留一列。',
    en: 'This header occurs more than once; keep one of the columns.',
  },
  'blank-cell': { 'zh-CN': '不能空白；请填写。', en: 'This must not be blank; fill it in.' },
  'fault-cell': {
    'zh-CN': '单元格是错误值“{value}”；请改正公式或改填数值。',
    en: 'The cell holds the error “{value}”; mend the formula or type the value.',
  },
  'uncomputed-formula': {
    'zh-CN': '公式没有计算结果；请用电子表格软件打开并保存一次，或改填数值。',
    en: 'The formula has no computed result; open and save the file in a spreadsheet program, or type the value.',
  },
  'not-a-number': {
    'zh-CN': '“{value}”不是数；请填写数字，例如 83.5。',
    en: '“{value}” is not a number; write one such as 83.5.',
  },
  'not-a-day': {
    'zh-CN': '“{value}”不是有效日期；请填写日期，或写成 2017-03-05 的形式。',
    en: '“{value}” is not a date; enter a date, or write it as 2017-03-05.',
  },
  'day-out-of-range': {
    'zh-CN': '“{value}”不在 2000-01-01 至十年以后的范围内；请核对日期。',
    en: '“{value}” lies outside 2000-01-01 to ten years from now; check the date.',
  },
  'day-without-year': {
    'zh-CN': '“{value}”没有年份；请写成 2017-03-05 的形式。',
    en: '“{value}” has no year; write it like 2017-03-05.',
  },
  'two-sheets': {
    'zh-CN': '这个工作表与“{other}”同名，只差空格或全半角；请删去一个。',
    en: 'This sheet has the same name as “{other}” but for blanks or width; delete one.',
  },
  'too-many-mark-decimals': {
    'zh-CN': '“{value}”超过四位小数；请改为最多四位。',
    en: '“{value}” has more than four decimals; give four at most.',
  },
  'no-grades': { 'zh-CN': '至少须有一个等次。', en: 'There must be at least one grade.' },
  'unknown-veto': {
    'zh-CN': '“{value}”不是等次、分数或“末位”；请改正。',
    en: '“{value}” is neither a grade, a number nor 末位; correct it.',
  },
  'unknown-severity': {
    'zh-CN': '“{value}”不是该类别的档次；现有：{words}。',
    en: '“{value}” is no severity of this kind; there are: {words}.',
  },
  'no-severities': {
    'zh-CN': '“{value}”没有档次，这一格请留空。',
    en: '“{value}” has no severities; leave this cell blank.',
  },
  'unknown-area': { 'zh-CN': '没有归口“{value}”。', en: 'There is no area “{value}”.' },
  'unknown-group': {
    'zh-CN': '没有不带分组的一行“{value}”；请补上。',
    en: 'There is no row “{value}” without a group; add it.',
  },
  'method-of-group': {
    'zh-CN': '与没有分组的一行不同，那里是“{value}”；请改为相同或留空。',
    en: 'Differs from the row without a group, which has “{value}”; make it the same or leave it blank.',
  },
  'no-such-unit': {
    'zh-CN': '没有单位“{value}”；请改正名称，或先登记这个单位。',
    en: 'There is no unit “{value}”; correct the name, or add the unit first.',
  },
  'unit-without-place': {
    'zh-CN': '这个角色不属于任何单位；请清空单位。',
    en: 'This role belongs to no unit; leave the unit blank.',
  },
  'not-a-username': {
    'zh-CN': '“{value}”不能作用户名；须为 2 至 64 个文字、数字、点、横线或下划线。',
    en: '“{value}” cannot be a username; write 2 to 64 letters, digits, dots, hyphens or underscores.',
  },
  'username-there': {
    'zh-CN': '用户名“{value}”已被使用；请另填一个。',
    en: 'The username “{value}” is taken; write another.',
  },
  'person-there': {
    'zh-CN': '“{value}”在这个单位已有同样角色的账号 {username}；如是另一人，请填写用户名。',
    en: '“{value}” has an account of this role and unit already, {username}; write a username if it is somebody else.',
  },
  'too-long-text': {
    'zh-CN': '超过 {most} 个字符；请缩短。',
    en: 'Longer than {most} characters; shorten it.',
  },
  'duplicate-row': {
    'zh-CN': '与第 {first} 行重复；请只保留一行。',
    en: 'Repeats row {first}; keep one of them.',
  },
  'share-and-count': {
    'zh-CN': '比例和名额只能填一个。',
    en: 'Give a share or a number of places, not both.',
  },
  'grade-without-line': {
    'zh-CN': '这一等次既没有下限分，也没有比例或名额；请填写一个。',
    en: 'This grade has neither a lower edge nor a quota; give one.',
  },
  'last-grade-edge': {
    'zh-CN': '等次从高到低列出；最后一个包含其余全部单位，下限分须留空或为 0。',
    en: 'List grades from best to worst; the last takes all others, so leave its lower edge blank or 0.',
  },
  'window-without-end': {
    'zh-CN': '周期没有统计截止日，也没有报送日；请填写一个。',
    en: 'The window has neither a statistics end nor a due day; give one.',
  },
  'windows-end-together': {
    'zh-CN': '与“{other}”在同一天截止；同一部分的周期须先后截止。',
    en: 'Ends on the same day as “{other}”; windows of a part must end one after the other.',
  },
  'some-weights': {
    'zh-CN': '同一部分的周期要么都填权重，要么都不填。',
    en: 'Give all windows of a part a weight, or none.',
  },
  'unknown-scale': {
    'zh-CN': '计分参数“{value}”与计分方式不符；例如分档写作“优=5；良=3”。',
    en: 'The parameters “{value}” do not fit the scale; levels are written like 优=5；良=3.',
  },
  'no-observation': {
    'zh-CN': '“{value}”按这项指标的计分方式（{how}）得不出分数。',
    en: '“{value}” gives no marks under the scale of this indicator ({how}).',
  },
  'deadline-before-notice': {
    'zh-CN': '{value} 早于通知日期 {notice}；请核对。',
    en: '{value} is before the notice of {notice}; check them.',
  },
  'old-and-new': {
    'zh-CN': '“{value}”是旧写法，与“{other}”不能同时使用；请只保留一种。',
    en: '“{value}” is the older form and cannot stand beside “{other}”; keep one of them.',
  },
  'not-a-year': { 'zh-CN': '“{value}”不是年份。', en: '“{value}” is not a year.' },
  'end-before-start': {
    'zh-CN': '结束（{end}）早于开始（{start}）；请核对。',
    en: 'It ends ({end}) before it starts ({start}); check them.',
  },
  'repeated-figure': {
    'zh-CN': '{unit}同一年度的“{value}”重复；请只保留一行。',
    en: '“{value}” stands twice for {unit} and this year; keep one row.',
  },
  'not-a-moment': {
    'zh-CN': '“{value}”不是有效的日期和时间；请写成 2017-03-05 09:30 的形式。',
    en: '“{value}” is not a date with a time; write it like 2017-03-05 09:30.',
  },
  'odd-comma': {
    'zh-CN': '“{value}”中的逗号不是千分位；如果是 {offer}，请改用小数点。',
    en: 'The comma in “{value}” separates no thousands; if it means {offer}, use a point.',
  },
  'not-a-whole-number': {
    'zh-CN': '“{value}”不是 0 到 {most} 的整数。',
    en: '“{value}” is not a whole number from 0 to {most}.',
  },
  'too-many-decimals': {
    'zh-CN': '“{value}”超过两位小数；请改为最多两位。',
    en: '“{value}” has more than two decimals; write at most two.',
  },
  negative: {
    'zh-CN': '“{value}”小于 0；请改为不小于 0 的数。',
    en: '“{value}” is below 0; write a number that is not.',
  },
  'text-too-long': {
    'zh-CN': '文字超过 2000 字；请缩短，或另附材料。',
    en: 'The text is longer than 2,000 characters; shorten it or attach a document.',
  },
  'too-large-number': {
    'zh-CN': '“{value}”太大；不得超过 {most}。',
    en: '“{value}” is too large; at most {most}.',
  },
  'not-positive': {
    'zh-CN': '“{value}”不大于 0；请填写大于 0 的数。',
    en: '“{value}” is not above 0; write a number that is.',
  },
  'unknown-word': {
    'zh-CN': '“{value}”无法识别；只能填写：{words}。',
    en: '“{value}” is not known; write one of: {words}.',
  },
  'unknown-unit': {
    'zh-CN': '“考核对象”中没有单位“{value}”；请改正名称，或在“考核对象”中补上。',
    en: 'There is no unit “{value}” in 考核对象; correct the name or add the unit there.',
  },
  'unknown-kind': {
    'zh-CN': '没有扣分类别“{value}”；现有：{words}。',
    en: 'There is no deduction kind “{value}”; there are: {words}.',
  },
  'unknown-window': {
    'zh-CN': '没有周期“{value}”；只能填写：{words}。',
    en: 'There is no window “{value}”; write one of: {words}.',
  },
  'unknown-component': {
    'zh-CN': '没有名为“{value}”的部分；这里可以写：{words}。',
    en: 'There is no such component “{value}” here; there are: {words}.',
  },
  'unknown-dimension': {
    'zh-CN': '没有分项“{value}”；现有：{words}。',
    en: 'There is no dimension “{value}”; there are: {words}.',
  },
  'duplicate-unit': {
    'zh-CN': '单位“{value}”重复，第 {first} 行已经列出；请删去一行。',
    en: 'Unit “{value}” is listed twice, first in row {first}; delete one of the rows.',
  },
  'cycle-of-parents': {
    'zh-CN': '上级单位循环：{path}；请改正其中一个上级单位。',
    en: 'The parents form a cycle: {path}; correct one of them.',
  },
  'charged-to-nobody': {
    'zh-CN': '单位“{value}”不参评，也没有参评的上级单位，问题无处记分；请在“考核对象”中填写它的上级单位。',
    en: 'Unit “{value}” does not take part and has no parent that does, so nobody can be charged; give it a parent in 考核对象.',
  },
  'duplicate-mark': {
    'zh-CN': '同一单位、周期和指标有两个分数，第 {first} 行已经填写；请删去一行。',
    en: 'There are two marks for the same unit, window and indicator, the first in row {first}; delete one.',
  },
  'total-and-leaves': {
    'zh-CN': '同一单位和周期既有总分又有分项得分（第 {first} 行）；请只保留一种。',
    en: 'The same unit and window has both a total and marks by indicator (row {first}); keep one of the two.',
  },
  'marks-above-full': {
    'zh-CN': '得分 {value} 高于满分 {full}；请核对。',
    en: 'The mark {value} is above the full marks {full}; check it.',
  },
  'no-components': {
    'zh-CN': '没有列出任何考核部分；请至少填写一行。',
    en: 'No component is listed; fill in at least one row.',
  },
  'duplicate-component': {
    'zh-CN': '考核部分“{value}”重复，第 {first} 行已经列出；请改名或删去。',
    en: 'Component “{value}” is listed twice, first in row {first}; rename or delete one.',
  },
  'sheet-taken': {
    'zh-CN': '考核部分“{value}”的工作表会叫“{taken}”，与另一工作表重名；请改名。',
    en: 'The sheet of component “{value}” would be called “{taken}”, a name that is taken; rename the component.',
  },
  'all-weights-zero': {
    'zh-CN': '所有权重都是 0；至少一个须大于 0。',
    en: 'All weights are 0; at least one must be above 0.',
  },
  'duplicate-grade': {
    'zh-CN': '等次“{value}”重复，第 {first} 行已经列出；请删去一行。',
    en: 'Grade “{value}” is listed twice, first in row {first}; delete one.',
  },
  'duplicate-bound': {
    'zh-CN': '下限分 {value} 重复，第 {first} 行已经使用；请改正。',
    en: 'The bound {value} is used twice, first in row {first}; correct one.',
  },
  'bands-do-not-reach-zero': {
    'zh-CN': '等次没有覆盖到 0 分；请让最低一等的下限分为 0。',
    en: 'The grade bands do not reach 0; let the lowest begin at 0.',
  },
  'duplicate-kind': {
    'zh-CN': '扣分类别“{value}”重复，第 {first} 行已经列出；请删去一行。',
    en: 'Deduction kind “{value}” is listed twice, first in row {first}; delete one.',
  },
  'duplicate-indicator': {
    'zh-CN': '这个指标在第 {first} 行已经有了；请改名或删去一行。',
    en: 'Row {first} has this indicator already; rename one or remove a row.',
  },
  'taken-back-before': {
    'zh-CN': '冲销的日期早于加分的日期；请核对。',
    en: 'The points are taken back before they are given; check the dates.',
  },
  'two-rectification-times': {
    'zh-CN': '“整改工作日”和“整改自然日”只能填一个。',
    en: 'Fill in either 整改工作日 or 整改自然日, not both.',
  },
} as const satisfies Readonly<Record<string, Message>>

const warningMessages = {
  'not-notified': {
    'zh-CN': '没有通知日期，暂不计分。',
    en: 'It has no day of notice and does not count yet.',
  },
  'marks-depart': {
    'zh-CN': '核查分 {value} 与按观测“{observation}”得出的 {follows} 不同，按核查分计。',
    en: 'The mark {value} differs from {follows}, which follows from “{observation}”; the mark counts.',
  },
  'sheet-alike': {
    'zh-CN': '与“{name}”同名，只差空格或全半角，未读取。',
    en: 'Has the same name as “{name}” but for blanks or width; it was not read.',
  },
  'unknown-sheet': {
    'zh-CN': '这个工作表不属于任何考核部分，未读取。',
    en: 'The sheet belongs to no component and was not read.',
  },
  'before-year': {
    'zh-CN': '有 {n} 个问题的日期早于 {day}，照工作簿导入。',
    en: '{n} finding(s) have days before {day}; they are imported as the workbook has them.',
  },
  'year-differs': {
    'zh-CN': '工作簿的考核年度是 {value}，本考核是 {year}；按本考核的年度计算。',
    en: 'The workbook is of {value}, the assessment of {year}; the assessment’s year counts.',
  },
  'not-by-group': {
    'zh-CN': '带分组的一行只改变权重和满分，这一格未读取。',
    en: 'A row with a group changes weight and full marks alone; this cell was not read.',
  },
  'unused-group': {
    'zh-CN': '没有一个考核对象属于分组“{value}”，为它写的内容不起作用。',
    en: 'No unit is in the group “{value}”; what is written for it does nothing.',
  },
  'unknown-rule': {
    'zh-CN': '没有名为“{value}”的规则，未读取。',
    en: 'There is no rule “{value}”; it was not read.',
  },
  'course-differs': {
    'zh-CN': '与“问题经过”不符，按台账这一行计算。',
    en: 'Differs from 问题经过; this row of the ledger counts.',
  },
  'marks-differ': {
    'zh-CN': '与“得分记录”不符，按这一行计算。',
    en: 'Differs from 得分记录; this row counts.',
  },
  'unknown-column': { 'zh-CN': '这一列无法识别，未读取。', en: 'The column is not known and was not read.' },
  'weights-not-100': {
    'zh-CN': '权重合计为 {sum}，不是 100；按各自占比计算。',
    en: 'The weights add up to {sum}, not 100; shares are used.',
  },
  'kinds-not-used': {
    'zh-CN': '没有扣分制的部分，扣分类别未使用。',
    en: 'No component works by deductions; the kinds were not used.',
  },
  'no-participants': { 'zh-CN': '没有参评单位。', en: 'No unit takes part.' },
  'not-taking-part': {
    'zh-CN': '单位“{value}”不参评，这一行不计分。',
    en: 'Unit “{value}” does not take part; the row does not count.',
  },
  'review-without-rectification': {
    'zh-CN': '填了核查结果却没有整改日期，按未整改处理。',
    en: 'There is a review but no day of rectification; it counts as not rectified.',
  },
  'duplicate-number': {
    'zh-CN': '编号“{value}”在这个单位重复，第 {first} 行已经使用；已另行编号。',
    en: 'Number “{value}” is used twice within the unit, first in row {first}; another was given.',
  },
  'provisional-deadline': {
    'zh-CN': '推算的整改期限 {deadline} 所在年份的放假安排尚未公布，按普通周末推算。',
    en: 'The computed deadline {deadline} lies in a year whose holidays are not announced; ordinary weeks were assumed.',
  },
} as const satisfies Readonly<Record<string, Message>>

export type ProblemCode = keyof typeof problemMessages | `scheme:${SchemeProblemCode}`
export type WarningCode = keyof typeof warningMessages | `scheme:${SchemeProblemCode}`

/** What the check of schemes says of a workbook's; `value` names the entry. */
const schemeMessages = Object.fromEntries(
  schemeProblemCodes.map((code): [string, Message] => [
    `scheme:${code}`,
    {
      'zh-CN': `{value}：${schemeProblemWords[code]['zh-CN']}`,
      en: `{value}: ${schemeProblemWords[code].en}`,
    },
  ]),
) as Record<`scheme:${SchemeProblemCode}`, Message>

const messages: Readonly<Record<ProblemCode | WarningCode, Message>> = {
  ...schemeMessages,
  ...problemMessages,
  ...warningMessages,
}

const place: Readonly<Record<Language, (place: Place) => string>> = {
  'zh-CN': ({ sheet, row, column }) =>
    [sheet && `工作表“${sheet}”`, row && `第 ${row} 行`, column && `“${column}”列`].filter(Boolean).join(' '),
  en: ({ sheet, row, column }) =>
    [sheet && `sheet “${sheet}”`, row && `row ${row}`, column && `column “${column}”`]
      .filter(Boolean)
      .join(', '),
}

/** What is wrong and how to mend it, without the place. */
export function messageText(code: ProblemCode | WarningCode, params: Params, language: Language): string {
  return messages[code][language].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''))
}

/** Where, what and how to mend it, in one line. */
export function describe(
  what: Place & { readonly code: ProblemCode | WarningCode; readonly params: Params },
  language: Language,
): string {
  const where = place[language](what)
  const text = messageText(what.code, what.params, language)
  return where === '' ? text : `${where}${language === 'zh-CN' ? '：' : ': '}${text}`
}

/** Why a workbook cannot be used. */
export interface Problem extends Place {
  readonly code: ProblemCode
  readonly params: Params
}

/** What was left out or looks odd in a workbook that can be used. */
export interface Warning extends Place {
  readonly code: WarningCode
  readonly params: Params
}
