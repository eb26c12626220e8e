import { simplified } from './traditional.ts'
import { ViewBuilder, type View } from './view.ts'

const drop = 0
/** What stands for each UTF-16 unit: itself, its half-width or simplified form, or nothing. */
const foldOf = new Uint16Array(0x10000)
for (let code = 0; code < foldOf.length; code++) foldOf[code] = code
for (let code = 0xff01; code <= 0xff5e; code++) foldOf[code] = code - 0xfee0
for (const [from, to] of simplified) foldOf[from] = to
for (const character of '\u3000\u00a0\u2002\u2003\u2009') foldOf[character.charCodeAt(0)] = 0x20
for (const character of '\u200b\u200c\u200d\u2060\ufeff\u00ad\r') foldOf[character.charCodeAt(0)] = drop
const alike =
  '－-—-–-―-﹣-〜~∼~﹪%﹝〔﹞〕［〔］〕[〔]〕『“』”「“」”〝“〞”„“‟“＂"﹙(﹚)﹐,﹑、﹒.﹔;﹕:﹖?﹗!｡。､、✕*✖*╳*×*∗*＊*'
for (const [from, to] of alike.match(/../gs) ?? []) {
  if (from !== undefined && to !== undefined) foldOf[from.charCodeAt(0)] = to.charCodeAt(0)
}

/** Radicals that programs write into a PDF in place of the characters that look like them. */
const radicals =
  '⺎兀⺏尣⺒巳⺓幺⺖心⺘手⺙攴⺛旡⺜日⺝月⺞歺⺟母⺠民⺡水⺢水⺣火⺥爪⺦丬⺪疋⺫目⺬示⺮竹⺯糸⺰纟⺱网⺳网⺴网⺶羊⺷羊⺺隶⺻聿⺼肉⺽臼⺾艹⻀艹⻁虎⻂衣⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑长⻒镸⻓长⻔门⻕阜⻖阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟'
for (const [from, to] of radicals.match(/../gs) ?? []) {
  if (from !== undefined && to !== undefined) foldOf[from.charCodeAt(0)] = to.charCodeAt(0)
}
for (let code = 0x2f00; code <= 0x2fd5; code++)
  foldOf[code] = String.fromCharCode(code).normalize('NFKC').charCodeAt(0)

/** A text with characters in place of the radicals that stand for them; its length is kept. */
export const withoutRadicals = (text: string): string =>
  text.replace(/[\u2e80-\u2fd5]/g, (radical) =>
    String.fromCharCode(foldOf[radical.charCodeAt(0)] ?? radical.charCodeAt(0)),
  )

/** Numbers in brackets or with a stop that are one character, written out. */
const written = new Map<number, string>()
for (let index = 0; index < 20; index++) {
  written.set(0x2460 + index, `(${index + 1})`)
  written.set(0x2474 + index, `(${index + 1})`)
  written.set(0x2488 + index, `${index + 1}.`)
}
for (const [index, numeral] of [...'一二三四五六七八九十'].entries())
  written.set(0x3220 + index, `(${numeral})`)

const toned = 'āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ'
/** The reading that a page's converter put behind a character: 號(hào). */
const gloss = new RegExp(`[\\u3400-\\u9fff][(（]([a-zɡ]*[${toned}][a-zɡ${toned}]*)[)）]`, 'g')
const plainGloss = /[(（][a-zɡ]{1,6}[)）]/y

/** Where readings in brackets stand; in a page that is full of them also those without a tone. */
export function glossesIn(text: string): { readonly start: number; readonly end: number }[] {
  const found = [...text.matchAll(gloss)].map(({ index, 0: whole }) => ({
    start: index + 1,
    end: index + whole.length,
  }))
  if (found.length < 3) return found
  for (let index = 1; index < text.length; index++) {
    const code = text.charCodeAt(index)
    const before = text.charCodeAt(index - 1)
    if ((code !== 0x28 && code !== 0xff08) || before < 0x3400 || before > 0x9fff) continue
    plainGloss.lastIndex = index
    const match = plainGloss.exec(text)
    if (match) found.push({ start: index, end: index + match[0].length })
  }
  return found.sort((a, b) => a.start - b.start)
}

/** The text in half width and simplified characters, without readings in brackets; lines and spaces stand. */
export function fold(text: string): View {
  const builder = new ViewBuilder(text.length * 4)
  const glosses = glossesIn(text)
  let next = 0
  for (let index = 0; index < text.length; index++) {
    const skipped = glosses[next]
    if (skipped?.start === index) {
      index = skipped.end - 1
      next++
      continue
    }
    const code = text.charCodeAt(index)
    const whole = written.get(code)
    if (whole !== undefined) {
      for (const character of whole) builder.add(character.charCodeAt(0), index)
      continue
    }
    const folded = foldOf[code] ?? code
    if (folded !== drop) builder.add(folded, index)
  }
  return builder.view()
}
