import { entry, type ProblemEntry } from './entry.ts'

/** Why a commission or an evaluator's file is refused, and what a person can do about it. */
export const thirdPartyProblemTexts = {
  'no-such-component': entry(
    422,
    ['没有这个外部评分部分', '考核办法中没有这个由外部评分的部分。'],
    ['No such component', 'The scheme has no such component with external marks.'],
  ),
  'commission-exists': entry(
    409,
    ['已经登记过委托', '“{component}”已经登记了评估机构；如有变化，请修改那一条。'],
    ['Commissioned already', '“{component}” has an evaluator already; change that entry instead.'],
  ),
  'commission-missing': entry(
    409,
    ['还没有登记委托', '请先登记评估机构，再导入它的评分。'],
    ['No commission yet', 'Register the evaluator before importing its marks.'],
  ),
  'commission-period': entry(
    422,
    ['委托期限有误', '委托的结束日期不能早于开始日期。'],
    ['Wrong period', 'A commission cannot end before it begins.'],
  ),
  'assessment-archived': entry(
    409,
    ['考核已归档', '已归档的考核不再接收评分。'],
    ['The assessment is archived', 'An archived assessment takes no more marks.'],
  ),
  'no-participants': entry(
    409,
    ['还没有考核对象', '请先确定参评单位，再导入第三方评分。'],
    ['Nobody is assessed yet', 'Choose the assessed units before importing marks.'],
  ),
  'batch-reason-required': entry(
    422,
    ['请写明替换理由', '这个部分已有评分批次，新批次将取代它，须写明理由。'],
    ['Say why', 'There is a batch of marks already; a new one replaces it and needs a reason.'],
  ),
  'marks-invalid': entry(
    422,
    ['评分文件有误', '文件中有 {count} 处须先解决，没有写入任何评分。'],
    ['The marks cannot be taken over', '{count} thing(s) must be settled first; nothing was stored.'],
  ),
  'evaluator-file-type': entry(
    415,
    ['不接受这种文件', '评分文件须为 .xlsx 工作簿，或 .csv、.tsv、.txt 表格文本；其他格式请另存后再上传。'],
    [
      'File type not accepted',
      'Marks come as an .xlsx workbook or as a table of text (.csv, .tsv, .txt); save other formats as one of them.',
    ],
  ),
} as const satisfies Record<string, ProblemEntry>
