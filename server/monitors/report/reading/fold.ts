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

/** Numbers in brackets or with a stop that are one character, written out. */
const written = new Map<number, string>()
for (let index = 0; index < 20; index++) {
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
