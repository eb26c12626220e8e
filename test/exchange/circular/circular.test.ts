import { describe, expect, it } from 'vitest'
import { withProof, type PublicationBody } from '#assessment/publication/publication'
import { composeCircular } from '../../../server/exchange/circular/compose.ts'
import {
  chineseNumber,
  variants,
  type Block,
  type OfficialDocument,
} from '../../../server/exchange/circular/document.ts'
import { faultWords } from '../../../server/exchange/circular/fault-words.ts'
import type { CircularSource } from '../../../server/exchange/circular/figures.ts'
import { checkTemplate, wordsOf } from '../../../server/exchange/circular/fill.ts'
import { composeLetter, composeNotice } from '../../../server/exchange/circular/letter.ts'
import { fonts } from '../../../server/exchange/circular/layout.ts'
import { defaultTemplate, type CircularTemplate } from '../../../server/exchange/circular/template.ts'
import { printable } from '../../../server/exchange/spreadsheet/printable.ts'
import { writeDocx } from '../../../server/exchange/circular/to-docx.ts'
import { blockHeight, pageHeight } from '../../../server/exchange/circular/block-height.ts'
import { writeHtml } from '../../../server/exchange/circular/to-html.ts'
import { docxPart, textsOfDocx, textsOfHtml, unzipped } from '../../fixtures/documents.ts'
import { bodyOfYear, withProblems } from '../../fixtures/publication.ts'

const body = await bodyOfYear('year-2017')
/** The year before: every composite lower, one unit by far the most, and one not yet there. */
const previous: PublicationBody = {
  ...body,
  standings: body.standings.slice(1).map((row) => ({
    ...row,
    composite:
      row.unit === '市水利局' ? '70.00' : row.composite === null ? null : String(Number(row.composite) - 1),
  })),
}
const source: CircularSource = { body, previous, issuer: '云州市人民政府办公室', issuedOn: '2018-02-26' }
const template = defaultTemplate(true)
const about = { title: '通报', creator: '政衡' }
const withBody = (text: string): CircularTemplate => ({ ...template, body: text })
const linesOf = ({ blocks }: OfficialDocument): string[] =>
  blocks.flatMap((block) =>
    block.type === 'paragraph' ? [block.text] : block.type === 'heading' ? [block.text + block.run] : [],
  )
const said = (text: string, from = source): string[] => linesOf(composeCircular(withBody(text), from))
const faultsOf = (changes: Partial<CircularTemplate>) =>
  checkTemplate({ ...template, ...changes }, wordsOf(body))

describe('the circular says', () => {
  it('who is graded how, who is best, who rose most and what went wrong, from the frozen results', () => {
    const lines = said(template.body)
    expect(lines).toContain(
      '根据《政府信息公开工作考核办法》，按照平时考核（30%）、自我考核（40%）、第三方评估（30%）计算综合成绩。截至2018年1月23日，52个单位参加考核，其中优秀30个、良好20个、合格2个。',
    )
    expect(lines).toContain('（三）合格等次2个。云陵区政府、市人防局。')
    expect(lines).toContain(
      '各组综合成绩第一名：县区和开发区经济开发区管委会（99.18分）、市直部门市档案局（99.77分）。',
    )
    expect(
      lines.find((line) => line.startsWith('综合成绩比上一年度提高最多的单位：市水利局（提高')),
    ).toBeDefined()
    expect(lines).toContain(
      '扣分问题按类别分为：调度和网上检查48项、上级检查通报46项、举报查实42项、专项督查30项、舆情回应21项、网站安全隐患19项。反映最集中的是调度和网上检查、上级检查通报、举报查实。',
    )
    expect(lines).toContain('平时考核台账共登记问题408项，按期整改销号178项，扣分206项，尚在整改或核查24项。')
  })

  it('nothing of a year before that there is none of, and numbers its headings on', () => {
    const lines = said(
      '一、甲\n平均成绩{{平均成绩变化}}。\n（一）乙\n进步最大的是{{进步最大}}。\n一、丙\n正文。',
      {
        ...source,
        previous: null,
      },
    )
    expect(lines).toEqual(['一、丙', '正文。'])
  })

  it('a line for each grade that holds units, and for each group', () => {
    expect(said('{{等次}}{{单位数}}个，占{{占比}}。')).toEqual([
      '优秀30个，占57.7%。',
      '良好20个，占38.5%。',
      '合格2个，占3.8%。',
    ])
    expect(said('{{分组}}：{{各等次单位数}}，第一名{{第一名}}。')[0]).toMatch(
      /^县区和开发区：优秀4个、良好7个、合格1个，第一名经济开发区管委会（99.18分）。$/,
    )
    expect(said('{{单位名单:合格:市直部门}}；{{单位数：优秀}}；{{部分平均:平时考核:市直部门}}')).toEqual([
      expect.stringMatching(/^市人防局；30；\d+\.\d\d$/),
    ])
  })

  it('a heading of the second level runs on into its paragraph', () => {
    const block = composeCircular(withBody('（一）抓整改。逐项办结。'), source).blocks.find(
      ({ type }) => type === 'heading',
    )
    expect(block).toEqual({ type: 'heading', level: 2, text: '（一）抓整改。', run: '逐项办结。' })
    expect([1, 10, 11, 20, 21, 99].map(chineseNumber)).toEqual([
      '一',
      '十',
      '十一',
      '二十',
      '二十一',
      '九十九',
    ])
  })

  it('every unit in the attachment, and what is pending in words', () => {
    const table = (blocks: readonly Block[]) =>
      blocks.flatMap((block) => (block.type === 'table' ? [...block.rows] : []))
    expect(table(composeCircular(template, source).blocks)).toHaveLength(body.standings.length)
    const pending = {
      ...body,
      standings: body.standings.map((row, index) =>
        index === 0 ? { ...row, rank: null, composite: null, grade: null, pending: ['第三方评估'] } : row,
      ),
    }
    const document = composeCircular(template, { ...source, body: pending })
    expect(table(document.blocks)[0]).toEqual([
      '—',
      '经济开发区管委会',
      '100.00',
      '97.94',
      '100.00',
      '待定',
      '待定',
    ])
    expect(linesOf(document)).toContain('经济开发区管委会有成绩尚未确定，本次不评定等次，确定后另行通报。')
  })
})

describe('a template is refused in words at the place', () => {
  it('for a field that there is not, with the one probably meant', () => {
    const [fault] = faultsOf({ body: '正确{{年度}}。\n有{{单位树}}个。' })
    expect(fault).toMatchObject({ part: 'body', paragraph: 2, code: 'unknown-field', meant: '单位数' })
    expect(fault && faultWords(fault, 'zh-CN')).toBe('正文第2段：没有名为“单位树”的字段，是不是“单位数”？')
    expect(fault && faultWords(fault, 'en')).toBe(
      'Body, paragraph 2: there is no field “单位树”; did you mean “单位数”?',
    )
  })

  it.each([
    ['{{单位名单:优良}}', 'unknown-word', '优良'],
    ['{{年度:优秀}}', 'unknown-word', '优秀'],
    ['{{占比}}', 'word-missing', '占比'],
    ['{{部分平均}}', 'word-missing', '部分平均'],
    ['{{年度}', 'unclosed', '{{'],
    ['年度}}', 'unclosed', '}}'],
    ['{{__proto__}}', 'unknown-field', '__proto__'],
    ['{{toString}}', 'unknown-field', 'toString'],
    ['{{}}', 'unknown-field', ''],
  ])('%s: %s', (text, code, typed) => {
    expect(faultsOf({ signer: text })).toMatchObject([{ part: 'signer', paragraph: 1, code, typed }])
  })

  it('when a part that must be there is empty; parts that may be left out are', () => {
    expect(faultsOf({ title: ' ' })).toMatchObject([{ part: 'title', code: 'empty' }])
    expect(faultsOf({ reportedTo: '', copiedTo: '', printedBy: '', addressee: '' })).toEqual([])
    const bare = composeCircular(
      { ...template, reportedTo: '', copiedTo: '', printedBy: '', addressee: '' },
      source,
    )
    expect(bare.blocks.map(({ type }) => type)).not.toContain('imprint')
    expect(bare.blocks.map(({ type }) => type)).not.toContain('addressee')
  })

  it('the default has no fault, of a city and of others', () => {
    expect([
      checkTemplate(template, wordsOf(body)),
      checkTemplate(defaultTemplate(false), wordsOf(body)),
    ]).toEqual([[], []])
  })
})

describe('the document', () => {
  it.each(variants)('says the same on paper and on screen: %s', async (variant) => {
    const document = composeCircular(template, source)
    const xml = await docxPart(await writeDocx(document, variant, about))
    const html = writeHtml(document, variant)
    expect(textsOfDocx(xml)).toEqual(textsOfHtml(html))
    expect(textsOfDocx(xml).length).toBeGreaterThan(300)
    expect(xml.includes('云州市人民政府办公室文件')).toBe(variant === 'red-head')
    expect(xml.includes('〔2018〕')).toBe(variant !== 'plain')
    expect(xml.includes('FF0000')).toBe(variant === 'red-head')
  })

  it.each(variants)('leaves out what no document can hold, so that it opens: %s', async (variant) => {
    const document = composeCircular(template, source)
    const odd = { ...document, mark: `${document.mark}\u000b`, number: `${document.number}\u0001` }
    const files = await unzipped(await writeDocx(odd, variant, { ...about, title: `${about.title}\u000b` }))
    const texts = [...files].filter(([name]) => name.endsWith('.xml')).map(([, bytes]) => bytes.toString())
    expect(texts.map(printable)).toEqual(texts)
  })

  it('holds no picture, so no seal', async () => {
    const files = await unzipped(await writeDocx(composeCircular(template, source), 'red-head', about))
    expect([...files.keys()].filter((name) => name.includes('media'))).toEqual([])
    expect(files.get('word/document.xml')?.toString()).not.toMatch(/<w:drawing|<w:pict/)
  })

  it('has the page, the pitch, the fonts and the indents of GB/T 9704-2012', async () => {
    const bytes = await writeDocx(composeCircular(template, source), 'plain', about)
    const xml = await docxPart(bytes)
    expect(xml).toContain('<w:pgSz w:w="11906" w:h="16838"')
    // 37, 26, 35 and 28 mm.
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/)
    expect(xml).toContain('w:line="579" w:lineRule="exact"')
    expect(xml).not.toMatch(/<w:docGrid[^>]*w:type=/)
    const runOf = (text: string): string =>
      [...xml.matchAll(/<w:r>.*?<\/w:r>/gs)].map(([run]) => run).find((run) => run.includes(text)) ?? ''
    expect(runOf('关于2017年度')).toContain(`w:eastAsia="${fonts.title}"`)
    expect(runOf('关于2017年度')).toContain('<w:sz w:val="44"/>')
    expect(runOf('对照成绩单')).toContain('w:eastAsia="仿宋_GB2312"')
    expect(runOf('对照成绩单')).toContain('<w:sz w:val="32"/>')
    expect(runOf('一、总体情况')).toContain('w:eastAsia="黑体"')
    expect(runOf('（一）优秀等次')).toContain('w:eastAsia="楷体_GB2312"')
    expect(xml).toContain('w:firstLine="640" w:firstLineChars="200"')
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2)
    expect(xml.match(/<w:pageBreakBefore\/>/g)).toHaveLength(1)
  })

  it('numbers odd pages at the right, even ones at the left, in 四号宋体', async () => {
    const files = await unzipped(await writeDocx(composeCircular(template, source), 'plain', about))
    const footers = [...files].filter(([name]) => /footer\d\.xml$/.test(name)).map(([, part]) => String(part))
    expect(footers).toHaveLength(2)
    for (const footer of footers) {
      expect(footer).toContain('宋体')
      expect(footer).toContain('<w:sz w:val="28"/>')
      expect(footer).toMatch(/— .*PAGE.* —/s)
    }
    expect(footers.map((footer) => /<w:jc w:val="(\w+)"/.exec(footer)?.[1])).toEqual(['right', 'left'])
    expect(String(files.get('word/settings.xml'))).toContain('<w:evenAndOddHeaders/>')
  })

  it('takes every text as text', () => {
    const html = writeHtml(composeCircular(withBody('<script>alert("1")</script>&amp;'), source), 'plain')
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;')
    expect(html).not.toContain('<script')
  })
})

describe('the feedback letter', () => {
  const issued = { issuer: source.issuer, issuedOn: source.issuedOn }
  const cardOf = (unit: string) => {
    const card = body.scorecards.find((one) => one.unit === unit)
    if (!card) throw new Error(unit)
    return card
  }
  const withPublicity = (publicity: 'own-grade' | 'own-result'): PublicationBody => ({
    ...body,
    scheme: { ...body.scheme, publicity },
  })

  it('tells the result, each loss with its day and clause, and what to mend', () => {
    const letter = composeLetter(body, cardOf('市人防局'), issued)
    expect(linesOf(letter)[0]).toBe(
      '根据《政府信息公开工作考核办法》，你单位2017年度考核综合成绩为78.49分，在市直部门40个单位中列第40名，等次为合格。现将成绩构成、失分情况和改进建议反馈如下。',
    )
    const rows = letter.blocks.flatMap((block) => (block.type === 'table' ? [...block.rows] : []))
    expect(
      rows.some(
        (row) => row.includes('考核办法 四（一）3') || row.some((cell) => cell.startsWith('考核办法')),
      ),
    ).toBe(true)
    expect(linesOf(letter).at(-2)).toMatch(/综合成绩距良好等次还差1\.51分。$/)
  })

  it('says shares in per cent and marks with alike decimals', () => {
    const tables = composeLetter(body, cardOf('市人防局'), issued).blocks.flatMap((block) =>
      block.type === 'table' ? [block] : [],
    )
    expect(tables[0]?.rows.map(([, share]) => share)).toEqual(['30%', '40%', '30%', ''])
    const decimals = (texts: readonly (string | undefined)[]) =>
      new Set(texts.map((text) => text?.split('.')[1]?.length ?? 0)).size
    const marks = tables.filter(({ columns }) => columns.some(({ name }) => name === '核查分'))
    for (const { rows } of marks)
      for (const column of [2, 3, 4]) expect(decimals(rows.map((row) => row[column]))).toBe(1)
  })

  it('has room on two pages, and tells how many problems it leaves to the scorecard', () => {
    const card = cardOf('市人防局')
    const letter = composeLetter(body, withProblems(card, 40), issued)
    const height = letter.blocks.reduce((sum, block) => sum + blockHeight(block), 0)
    expect(height).toBeLessThan(2 * pageHeight)
    expect(linesOf(letter).join('\n')).toMatch(/共40项，以下列出\d项，其余见成绩单：/)
  })

  it('says by which root it is checked, and how, on the same two pages; circular and notice as well', () => {
    const root = `0a1b2c3d${'e'.repeat(48)}4f5a6b7c`
    const proven = withProof(body, { root, leaves: 9 }, null)
    const card = cardOf('市人防局')
    const words =
      /^公开核验：校验码0a1b2c3d…4f5a6b7c。.*填入以上校验码，显示“与通报所载校验码一致”的，就是本次发布。$/
    const letter = composeLetter(proven, withProblems(card, 40), issued)
    const documents = [
      letter,
      composeNotice(proven, card, issued),
      composeCircular(defaultTemplate(true), { ...source, body: proven }),
    ]
    for (const { blocks } of documents)
      expect(blocks.filter((block) => block.type === 'note' && words.test(block.text))).toHaveLength(1)
    expect(letter.blocks.reduce((sum, block) => sum + blockHeight(block), 0)).toBeLessThan(2 * pageHeight)
    expect(JSON.stringify(composeLetter(body, card, issued))).not.toContain('公开核验')
  })

  it('names no other unit', () => {
    const text = JSON.stringify(composeLetter(body, cardOf('市人防局'), issued))
    expect(body.standings.filter(({ unit }) => unit !== '市人防局' && text.includes(unit))).toEqual([])
  })

  it('keeps to what the scheme makes known', () => {
    const rank = /列第\d+名/
    expect(JSON.stringify(composeNotice(withPublicity('own-result'), cardOf('市档案局'), issued))).toMatch(
      rank,
    )
    const grade = JSON.stringify(composeNotice(withPublicity('own-grade'), cardOf('市档案局'), issued))
    expect(grade).not.toMatch(rank)
    expect(grade).toContain('考核等次为优秀')
    expect(grade).not.toContain('99.77')
  })
})
