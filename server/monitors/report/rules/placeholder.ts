import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { matchesOf, type Wording } from './match.ts'

const han = '\\u4e00-\\u9fff'
/** Words that end in 年 or 月 and need no number before them. */
const yearWords =
  '\\d〇○零一二三四五六七八九十百两廿Xx*_#某每当今本去前上近几数多半年整全周同次翌来往历明后该成青少老中壮新元跨学千万亿学'
const monthWords = '\\d〇零一二三四五六七八九十两X*_#某每当本次同该上下个整半数几腊冬正元满岁蜜'

const fail = (pattern: RegExp, message: Wording['message'], unless?: Wording['unless']): Wording => ({
  pattern,
  message,
  severity: 'fail',
  inClause: true,
  ...(unless && { unless }),
})
const around = (match: RegExpMatchArray, text: string): readonly [before: string, after: string] => {
  const start = match.index ?? 0
  const end = start + match[0].length
  return [text.slice(Math.max(0, start - 12), start), text.slice(end, end + 12)]
}

/** **一、总体情况**: stars that make a heading bold are no blank. */
function isMarkup(match: RegExpMatchArray, text: string): boolean {
  if (!/^\*+$/.test(match[0])) return false
  const start = match.index ?? 0
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', start)
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd)
  return (
    match[0].length === 2 &&
    (line.match(/\*\*/g)?.length ?? 0) % 2 === 0 &&
    /\*\*[^*]{2,}\*\*/.test(line) &&
    !/\*\*[年月日条件个省市县区州局]/.test(line)
  )
}

const contact =
  '(?:联系电话|办公电话|监督电话|咨询电话|电话|传真|邮编|邮政编码|电子邮箱|电子邮件|邮箱|地址|网址)'

const wordings: readonly Wording[] = [
  // The year of the period, of a sentence, of a document number.
  fail(new RegExp(`(?<![${yearWords}])年\\d{1,2}月(?:\\d{1,2}日)?`, 'g'), 'no-year'),
  fail(/(?<=[:\n(,。至自到于]|^)年[_]*月[_]*日?(?![度报均份])/g, 'no-date'),
  fail(new RegExp(`(?<![${monthWords}${han}])月\\d{1,2}日|(?<=[的年])月\\d{1,2}日`, 'g'), 'no-month'),
  fail(/\d{4}年\d{1,2}日|(?<=\d{4})\d{1,2}月(?!\d)(?<=20\d{3,4}月)/g, 'no-month'),
  fail(/\d{1,2}月日(?![报均])|\d{4}年月(?![报均度份])/g, 'no-date'),
  fail(/〔\s*〕第?\d*号|〔\d{4}〕第?号|\(\s*\)\d+号|〔(?:\d{0,2}[*Xx_]+|20)〕/g, 'no-number'),
  fail(/(?:国务院令|令)第号/g, 'no-number'),
  fail(
    /(?:^|(?<=[。;\n]))年(?:度)?[,，](?=[一-鿿])|(?:^|(?<=[。;\n]))年(?=我[局镇乡县市区院校街办委处])/g,
    'no-year-sentence',
  ),
  fail(/(?<=[、\n])年(?:政府信息|信息|政务)公开/g, 'no-year-sentence'),
  // Letters, stars and lines in place of names and figures.
  fail(
    new RegExp(
      `(?<![A-Za-z\\d@./_*-])(?:[Xx]{2,}|[*]{2,}|_{2,}|[○〇]{2,}|□{2,})(?=[${han}〔〕《》“”、,。;:)\\n(]|$)(?![^\\n]*@)`,
      'g',
    ),
    'blank-name',
    (match, text) => {
      const [before, after] = around(match, text)
      if (isMarkup(match, text)) return true
      // Rules across a page, numerals (二〇〇八), people's names kept secret (申请人王**).
      if (match[0].length < 3 && /(?:申请人|原告|当事人|市民|村民|公民)[一-鿿]$/.test(before)) return true
      if (/^[*_]{5,}$/.test(match[0]) && (/(?:^|\n)$/.test(before) || /^(?:\n|$)/.test(after))) return true
      if (
        /^[○〇]+$/.test(match[0]) &&
        /[一二三四五六七八九十两零]$|^[一二三四五六七八九年]/.test(before.slice(-1) + after.slice(0, 1))
      )
        return true
      if (/^□+$/.test(match[0]) && !/[一-鿿]$/.test(before)) return true
      return /^x+$/.test(match[0]) && /[a-z]$/i.test(before)
    },
  ),
  fail(/20(?:\*{2}|X{2}|x{2}|_{2}|\d[*Xx_])(?![A-Za-z\d*])/g, 'blank-year'),
  fail(
    /(?<![A-Za-z\d*])[Xx*_](?=[年月日号]|[省市县区州镇乡局厅](?![一-鿿]?线)|个(?:栏目|单位|部门|方面|工作日)|条|件|次|人次|份)(?![^\n]{0,3}@)/g,
    'blank-name',
    (match, text) => {
      const [before, after] = around(match, text)
      return (
        /[\d*]$/.test(before) ||
        (match[0] === '*' && isMarkup({ ...match, 0: '**' } as RegExpMatchArray, text)) ||
        /^[县区镇乡]?\*/.test(after)
      )
    },
  ),
  fail(/(?<![一-鿿]{2})某某?(?=[省市县区州镇乡局厅]|街道|单位)|某(?=某[省市县区局])/g, 'blank-name'),
  fail(
    /[(〔【](?:单位名称|请填写|此处填写[^)〕】]{0,10}|请?填写[^)〕】]{0,30}|待补充|待填|待定)[)〕】]|(?:此处|这里)(?:填写|插入|省略)|待补充|(?:请|需)(?:在此)?填写(?:单位|年度|具体)/g,
    'to-be-filled',
    (match, text) => around(match, text)[0].endsWith('填报'),
  ),
  fail(/[\u201c"]\s*[\u201d"]|《\s*》|‘\s*’/g, 'empty-quotes', (match, text) => {
    // A straight mark that closes one quotation before another opens.
    if (!match[0].startsWith('"')) return false
    const before = text.slice(text.lastIndexOf('\n', match.index ?? 0) + 1, match.index)
    return (before.match(/"/g)?.length ?? 0) % 2 === 1
  }),
  fail(/(?<=[一-鿿])\(\s*\)(?=[条件篇份次个万元])/g, 'no-figure'),
  { pattern: /(?<=[一-鿿])\(\s*\)/g, message: 'empty-brackets', severity: 'warn' },
  {
    pattern: new RegExp(`(?:${contact}:(?=[,、;。)]|${contact}:)[,、;]?)+`, 'g'),
    message: 'blank-contact',
    severity: 'warn',
    inClause: true,
  },
  fail(
    /(?:公开|发布|公布)(?:政府|政务|各类)*信息条(?=[,、。;])|(?:共计|合计|共|累计|为|了)(?:条|件)(?=[,、。;])/g,
    'no-figure',
  ),
]

/** 20  年1月: a gap where two figures of the year belong, which prose does not keep. */
const blankYear = fail(/(?<![\d近前后约] ?)20 +年(?=度| *\d{1,2} *月)/g, 'blank-year')

/** Names, years and figures that were to be filled in. */
export const placeholder = ({ prose, folded, verdicts }: Report): Finding[] =>
  [...matchesOf(prose.text, 'prose', wordings), ...matchesOf(folded.text, 'folded', [blankYear])].filter(
    // A masked total with its parts is told by the sums.
    ({ span, view }) =>
      view === 'folded' ||
      !verdicts.some(
        ({ severity, total }) =>
          severity === 'not-assessable' && total.start >= span.start && total.end <= span.end,
      ),
  )
