import type { Language } from '../../assessment/language.ts'

type Words = Readonly<Record<Language, string>>

/** What each observation says; `{name}` is filled in from its params. */
const messages = {
  'parts-present': { 'zh-CN': '应有的部分齐全', en: 'Every required part is there' },
  'no-text': {
    'zh-CN': '没有可读的文字（可能是扫描图片），无法核对',
    en: 'There is no text to read (pictures of pages, perhaps); it cannot be checked',
  },
  'part-overview': { 'zh-CN': '缺少“总体情况”', en: 'There is no overview' },
  'part-disclosed': { 'zh-CN': '缺少主动公开情况', en: 'There is no part on proactive disclosure' },
  'part-requests': { 'zh-CN': '缺少依申请公开情况', en: 'There is no part on requests' },
  'part-fees': { 'zh-CN': '缺少收费及减免情况', en: 'There is no part on fees and exemptions' },
  'part-disputes': { 'zh-CN': '缺少行政复议、行政诉讼情况', en: 'There is no part on reviews and lawsuits' },
  'part-problems': {
    'zh-CN': '缺少存在的主要问题及改进情况',
    en: 'There is no part on problems and improvements',
  },
  'part-other': { 'zh-CN': '缺少“其他需要报告的事项”', en: 'There is no part on other matters' },
  'part-requests-in-table': {
    'zh-CN': '依申请公开情况只见于统计表，正文没有说明',
    en: 'Requests stand in the table alone, not in the text',
  },
  'part-fees-in-table': {
    'zh-CN': '收费及减免情况只见于统计表，正文没有说明',
    en: 'Fees stand in the table alone, not in the text',
  },
  'part-disputes-in-table': {
    'zh-CN': '行政复议、行政诉讼情况只见于统计表，正文没有说明',
    en: 'Reviews and lawsuits stand in the table alone, not in the text',
  },
  'table-disclosure': {
    'zh-CN': '缺少主动公开政府信息情况表（读到的文字中没有；图片不读）',
    en: 'The table on proactive disclosure is not in the text (pictures are not read)',
  },
  'table-requests': {
    'zh-CN': '缺少收到和处理政府信息公开申请情况表（读到的文字中没有；图片不读）',
    en: 'The table on requests is not in the text (pictures are not read)',
  },
  'table-disputes': {
    'zh-CN': '缺少行政复议、行政诉讼情况表（读到的文字中没有；图片不读）',
    en: 'The table on reviews and lawsuits is not in the text (pictures are not read)',
  },
  'figure-disclosed': { 'zh-CN': '没有主动公开信息的数量', en: 'There is no figure of items disclosed' },

  'period-right': { 'zh-CN': '统计期限为全年', en: 'The period is the whole year' },
  'period-no-day': {
    'zh-CN': '统计期限中有不存在的日期：{from} 至 {to}',
    en: 'The period names a day that does not exist: {from} to {to}',
  },
  'period-backwards': {
    'zh-CN': '统计期限止日早于起日：{from} 至 {to}',
    en: 'The period ends before it begins: {from} to {to}',
  },
  'period-not-year': {
    'zh-CN': '统计期限不是完整的日历年：{from} 至 {to}',
    en: 'The period is no calendar year: {from} to {to}',
  },
  'period-not-title': {
    'zh-CN': '标题为 {year} 年，统计期限为 {period} 年',
    en: 'The title says {year}, the period is {period}',
  },
  'period-not-announced': {
    'zh-CN': '所称报告为 {year} 年，统计期限为 {period} 年',
    en: 'The report calls itself that of {year}, its period is {period}',
  },
  'year-not-title': {
    'zh-CN': '标题为 {year} 年，正文说的是 {spoken} 年',
    en: 'The title says {year}, the text speaks of {spoken}',
  },

  'signed-before-end': {
    'zh-CN': '落款日期 {signed} 早于统计期限截止日 {end}',
    en: 'Signed on {signed}, before the period ends on {end}',
  },
  'signed-after-end': {
    'zh-CN': '落款日期 {signed} 在统计期限之后',
    en: 'Signed on {signed}, after the period',
  },
  'signed-no-day': { 'zh-CN': '落款日期不存在', en: 'The day of signing does not exist' },

  'sums-add-up': { 'zh-CN': '{total} = {parts}，相符', en: '{total} = {parts}, adds up' },
  'sums-differ': {
    'zh-CN': '总数 {total}，分项 {parts} = {sum}，不符',
    en: 'The total is {total}, the parts {parts} = {sum}',
  },
  'sums-masked': {
    'zh-CN': '数字被遮盖（{total}），分项 {parts} = {sum}，无法核对',
    en: 'Figures are masked ({total}); the parts {parts} = {sum} cannot be checked',
  },

  'share-right': {
    'zh-CN': '{part} 占 {total} 的 {percent}，相符',
    en: '{part} of {total} is {percent}, right',
  },
  'share-wrong': {
    'zh-CN': '{part} 占 {total} 应为 {share}，文中为 {percent}',
    en: '{part} of {total} is {share}, the text says {percent}',
  },
  'shares-not-100': { 'zh-CN': '各项占比之和为 {sum}', en: 'The shares add to {sum}' },

  'equality-holds': { 'zh-CN': '{sides}，相符', en: '{sides}, holds' },
  'equality-broken': { 'zh-CN': '勾稽关系不符：{sides}', en: 'Cross-footing fails: {sides}' },
  'equality-blank': {
    'zh-CN': '有空格，无法核对：{sides}',
    en: 'Blanks keep this from being checked: {sides}',
  },
  'carried-differs': {
    'zh-CN': '上年结转 {now}，上年报告结转下年度为 {then}',
    en: 'Carried over from last year {now}; last year’s report carried over {then}',
  },

  'table-agrees': {
    'zh-CN': '正文 {text} 与表格 {table} 一致',
    en: 'The text’s {text} agrees with the table’s {table}',
  },
  'table-differs': {
    'zh-CN': '正文为 {text}，表格为 {table}',
    en: 'The text says {text}, the table {table}',
  },
  'figures-differ': { 'zh-CN': '前文为 {first}，此处为 {second}', en: 'Above it is {first}, here {second}' },
  'fields-differ': {
    'zh-CN': '其中一项为 {part}，多于全部同类的 {whole}',
    en: 'This part is {part}, more than the {whole} of its field in all',
  },

  'denies-requests': {
    'zh-CN': '称未收到申请，另处为 {figure} 件',
    en: 'It says that no request came in; elsewhere there are {figure}',
  },
  'denies-reviews': {
    'zh-CN': '称未发生行政复议，另处为 {figure} 件',
    en: 'It says that there was no review; elsewhere there are {figure}',
  },
  'denies-lawsuits': {
    'zh-CN': '称未发生行政诉讼，另处为 {figure} 件',
    en: 'It says that there was no lawsuit; elsewhere there are {figure}',
  },
  'denies-fees': {
    'zh-CN': '称未收费，另处收费为 {figure}',
    en: 'It says that no fee was charged; elsewhere fees are {figure}',
  },
  'answers-without-requests': {
    'zh-CN': '没有收到申请，却答复 {figure} 件',
    en: 'No request came in, yet {figure} were answered',
  },
  'all-upheld-pending': {
    'zh-CN': '称全部维持，却有 {figure} 件尚未审结',
    en: 'All are said to be upheld, yet {figure} are pending',
  },
  'all-closed-carried': {
    'zh-CN': '称全部办结，却有 {figure} 件结转下年度',
    en: 'All are said to be closed, yet {figure} are carried over',
  },

  'no-year': { 'zh-CN': '日期缺少年份', en: 'The date lacks its year' },
  'no-month': {
    'zh-CN': '日期缺少月份，或者数字有误',
    en: 'The date lacks its month, or its figures are wrong',
  },
  'no-date': { 'zh-CN': '日期没有填写', en: 'The date is blank' },
  'no-number': { 'zh-CN': '文号不完整', en: 'The document number is incomplete' },
  'no-year-sentence': { 'zh-CN': '年份没有填写', en: 'The year is blank' },
  'no-figure': { 'zh-CN': '数量没有填写', en: 'The figure is blank' },
  'blank-name': {
    'zh-CN': '用符号代替的内容没有填写',
    en: 'Signs stand where something was to be filled in',
  },
  'blank-year': { 'zh-CN': '年份没有填写完整', en: 'The year is not filled in' },
  'to-be-filled': { 'zh-CN': '模板提示没有替换', en: 'A hint of the template was left in' },
  'empty-quotes': { 'zh-CN': '引号或书名号内没有内容', en: 'Quotation marks with nothing between them' },
  'empty-brackets': { 'zh-CN': '括号内没有内容', en: 'Brackets with nothing between them' },
  'blank-contact': { 'zh-CN': '联系方式没有填写', en: 'The contact is blank' },

  'words-missing': { 'zh-CN': '此处疑似缺字', en: 'Words seem to be missing here' },
  'words-repeated': { 'zh-CN': '词语重复', en: 'Words are repeated' },

  'other-kind-of-unit': {
    'zh-CN': '“{word}”与本单位（{unit}）性质不符',
    en: '“{word}” does not fit this unit ({unit})',
  },
  'other-place': {
    'zh-CN': '“{word}”与本单位（{unit}）所在地不符',
    en: '“{word}” is not the place of this unit ({unit})',
  },
  'other-signer': {
    'zh-CN': '落款“{word}”与标题单位（{unit}）不符',
    en: 'Signed by “{word}”, not the unit of the title ({unit})',
  },
  'regulation-misnamed': {
    'zh-CN': '条例名称有误，应为《中华人民共和国政府信息公开条例》',
    en: 'The regulation’s name is wrong',
  },

  'numbering-skips': {
    'zh-CN': '序号由 {before} 跳到 {number}',
    en: 'The numbering skips from {before} to {number}',
  },
  'numbering-repeats': { 'zh-CN': '序号 {number} 重复', en: 'Number {number} comes twice' },
  'numbering-restarts': {
    'zh-CN': '序号 {before} 之后又从 {number} 开始',
    en: 'After {before} the numbering begins again at {number}',
  },
  'numbering-back': { 'zh-CN': '序号 {before} 之后为 {number}', en: 'After {before} comes {number}' },
  'numbering-mixed': {
    'zh-CN': '同级序号形式不一致（{before} 之后为阿拉伯数字 {number}）',
    en: 'One level is numbered in two ways (after {before})',
  },

  debris: { 'zh-CN': '混入网页残留内容', en: 'A remnant of the web page' },
  'debris-markup': { 'zh-CN': '混入网页代码', en: 'A remnant of the page’s markup' },
  'debris-collection': { 'zh-CN': '混入范文网站的说明', en: 'A remnant of a collection of model texts' },
  garbled: { 'zh-CN': '乱码或丢失的字符', en: 'Garbled or lost characters' },
  'garbled-readings': {
    'zh-CN': '字后混入读音，共 {count} 处',
    en: 'Readings stand behind characters, {count} times',
  },

  'basis-2007': {
    'zh-CN': '引用了已修订的2007年条例',
    en: 'It rests on the regulation of 2007, since revised',
  },
  'basis-form-2019': {
    'zh-CN': '引用了已被取代的〔2019〕60号格式',
    en: 'It rests on the form of 2019, since replaced',
  },
  'table-form-2019': {
    'zh-CN': '表格为2019年格式，2021年度起应使用新格式',
    en: 'The table is of the form of 2019; from 2021 on the new one holds',
  },
  'table-form-2008': {
    'zh-CN': '统计表为2018年及以前的格式',
    en: 'The statistics table is of the form used until 2018',
  },

  'problems-empty': {
    'zh-CN': '“存在的主要问题及改进情况”没有内容',
    en: 'Problems and improvements are empty',
  },
  'problems-thin': {
    'zh-CN': '“存在的主要问题及改进情况”几乎没有内容',
    en: 'Problems and improvements say next to nothing',
  },
  'part-empty': { 'zh-CN': '标题下没有内容', en: 'Nothing stands under this heading' },

  'copy-of-earlier': {
    'zh-CN': '与本单位“{other}”雷同 {share}',
    en: '{share} like the unit’s own “{other}”',
  },
  'copy-of-other': { 'zh-CN': '与“{other}”雷同 {share}', en: '{share} like “{other}”' },
} as const satisfies Readonly<Record<string, Words>>
export type MessageKey = keyof typeof messages

/** An observation in words. */
export const observationText = (
  { message, params }: { readonly message: MessageKey; readonly params: Readonly<Record<string, string>> },
  language: Language,
): string => messages[message][language].replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
