import { expect, it } from 'vitest'
import { openPackage } from '../../../server/exchange/spreadsheet/package-parts.ts'
import { writeSelfFormDocx, type PaperForm } from '../../../server/exchange/self-form/to-docx.ts'
import { scanXml } from '../../../server/exchange/spreadsheet/xml.ts'

const leaf = (key: string) => ({
  key,
  name: '领导分工和工作机构',
  full: '3',
  claimed: '2.5',
  note: '第一行\n第二行',
  evidence: ['分工文件.pdf', '机构名单 https://example.cn/a?b=1&c=2'],
})
const form: PaperForm = {
  title: '2017年度政府信息公开工作考核自我考核表',
  unit: '市水务局 <改革>\u0001',
  window: '上半年',
  standing: '报送情况：2017年7月7日网上报送',
  areas: [
    { name: '（一）基础建设', leaves: [leaf('1.1'), leaf('1.2')] },
    { name: '（二）主动公开', leaves: Array.from({ length: 40 }, (_, index) => leaf(`2.${index + 1}`)) },
  ],
  totals: { full: '126', claimed: '105', filled: 42, of: 42 },
}

async function partOf(bytes: Buffer, name: string): Promise<string> {
  const part = (await openPackage(bytes)).read(name)
  if (!part) throw new Error(`no ${name}`)
  const pieces: Buffer[] = []
  for await (const piece of part) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

/** The text of each paragraph, and how often each element occurs. */
async function readingOf(xml: string): Promise<{ paragraphs: string[]; counts: Map<string, number> }> {
  const paragraphs: string[] = []
  const counts = new Map<string, number>()
  async function* bytes() {
    yield Buffer.from(xml)
  }
  await scanXml(bytes(), {
    open: (name) => {
      counts.set(name, (counts.get(name) ?? 0) + 1)
      if (name === 'p') paragraphs.push('')
    },
    close: () => undefined,
    text: (text) => {
      paragraphs[paragraphs.length - 1] += text
    },
  })
  return { paragraphs, counts }
}

it('prints on A4, its header on every page, no row torn apart', async () => {
  const xml = await partOf(await writeSelfFormDocx(form), 'word/document.xml')
  expect(xml).toMatch(/<w:pgSz [^>]*w:w="11906"[^>]*w:h="16838"/)
  const rows = xml.split('<w:tr>').slice(1)
  expect(rows.filter((row) => row.includes('<w:tblHeader'))).toHaveLength(1)
  expect(rows[0]).toContain('<w:tblHeader')
  expect(rows.filter((row) => row.includes('<w:cantSplit'))).toHaveLength(rows.length)
})

it('holds every answer, the sums, and room to sign and stamp, but draws no seal', async () => {
  const bytes = await writeSelfFormDocx(form)
  const { paragraphs, counts } = await readingOf(await partOf(bytes, 'word/document.xml'))
  expect(paragraphs[0]).toBe(form.title)
  expect(paragraphs).toContain('填报单位：市水务局 <改革>　　　考核周期：上半年')
  for (const word of ['指标', '满分', '自评分', '自评说明', '佐证材料', '合计', '126', '105'])
    expect(paragraphs).toContain(word)
  expect(paragraphs.filter((text) => text.startsWith('2.'))).toHaveLength(40 + 42)
  expect(paragraphs.filter((text) => text === '第二行')).toHaveLength(42)
  expect(paragraphs).toContain('机构名单 https://example.cn/a?b=1&c=2')
  for (const place of ['填报人（签字）：', '审核人（签字）：', '单位负责人（签字）：', '填报单位（盖章）：'])
    expect(paragraphs).toContain(place)
  expect(paragraphs.some((text) => /年\s+月\s+日/.test(text))).toBe(true)
  expect(counts.get('drawing') ?? counts.get('pict') ?? 0).toBe(0)
})

it('names its Chinese typefaces, so that Word does not choose for it', async () => {
  const xml = await partOf(await writeSelfFormDocx(form), 'word/document.xml')
  const runs = xml.match(/<w:rPr>.*?<\/w:rPr>/g) ?? []
  expect(runs.length).toBeGreaterThan(100)
  expect(runs.every((run) => /w:eastAsia="(方正小标宋简体|黑体|仿宋_GB2312)"/.test(run))).toBe(true)
})
