import { glossesIn } from '../reading/fold.ts'
import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { matchesOf, type Wording } from './match.ts'

const debris = (pattern: RegExp, message: Wording['message'] = 'debris'): Wording => ({
  pattern,
  message,
  severity: 'warn',
  once: true,
})

/** What a page shows around a text and no report says. Told once each. */
const wordings: readonly Wording[] = [
  debris(
    /(?:附件|内容|数据|页面|图片|正在)?加载(?:中|失败)(?:\.{2,}|…+)?|(?:附件|内容|页面)加载[^,。\n]{0,6}/g,
  ),
  debris(/(?:请选择|==请选择==|-请选择-)(?![一-鿿]{2,})/g),
  debris(
    /(?:浏览|阅读|点击|访问)(?:次数|数|量)\s*:?\s*(?:\d+\s*次?|\[\s*\d*\s*\]|〔\s*\d*\s*〕)?(?=\s*(?:\n|\||字|【|〔|来源|发布|$))|(?:浏览|阅读|点击|访问)(?:次数|数|量)\s*:\s*\d*/g,
  ),
  debris(
    /(?:〔|【)?\s*(?:打印本页|关闭窗口|打印页面|关闭本页|我要打印)\s*(?:】|〕)?|【\s*(?:打印|关闭|收藏|返回|字体)[^】\n]{0,12}】|〔\s*(?:打印|关闭|收藏)\s*〕/g,
  ),
  debris(/字(?:体|号)\s*:\s*[〔【(]?\s*(?:[大中小默认]+\s*){1,3}[〕】)]?/g),
  debris(/分享到\s*:?|扫一扫[^。\n]{0,20}(?:打开|关注|分享|阅读)|微信扫码[^。\n]{0,10}/g),
  debris(/[上下]一[篇条]\s*:/g),
  debris(/(?:(?:您的)?(?:当前位置|所在位置)|您的位置|现在位置)\s*:/g),
  debris(
    /您的浏览器(?:不支持|版本)[^。\n]{0,20}|请(?:启用|开启)JavaScript|javascript:|document\.write|\bvar\s+[a-z_$][\w$]*\s*=|\bfunction\s*\(|\$\(['"#.]/gi,
  ),
  debris(
    /&(?:nbsp|amp|lt|gt|quot)\b;?|&(?:[a-z]{3,8}|#\d{2,5}|#x[0-9a-f]{2,5});|<\/?(?:br|p|div|span|td|tr|table|font|strong)\b[^>]{0,80}>/gi,
    'debris-markup',
  ),
  debris(/\{\{[^}\n]{0,40}\}\}|\bundefined\b|\bNaN\b|(?<![\w"“])null(?![\w"”])/g, 'debris-markup'),
  debris(
    /(?:下面|以下)是(?:小编|由?小编)[^。\n]{0,40}|小编(?:为|精心|整理|收集)[^。\n]{0,20}|会员[^。\n]{0,14}为(?:你|您|大家)(?:整理|分享|收集)[^。\n]{0,24}|为(?:你|您|大家)(?:整理|收集)了[^。\n]{0,30}(?:范文|文章)/g,
    'debris-collection',
  ),
]

/** Characters that a page lost or converted wrongly. */
const garbled: readonly Wording[] = [
  debris(/[一-鿿]\?{2,}[一-鿿:]|[一-鿿]\?(?=\d)/g, 'garbled'),
  debris(/\ufffd+/g, 'garbled'),
  debris(/锟斤拷|烫烫烫|屯屯屯|(?:锛[一-鿿]|銆[一-鿿]|鐨勶|鏀垮簻|淇℃伅|鍏紑)/g, 'garbled'),
  debris(/(?:Ã[\u0080-\u00bf]|â€[œ\u009d™]|ï¼[Œš]){1,}/g, 'garbled'),
]

/** Remains of the web page that the text was taken from, and characters that were lost on the way. */
export function pageDebris({ folded }: Report, source: string): Finding[] {
  const findings = matchesOf(folded.text, 'folded', [...wordings, ...garbled])
  // Readings in brackets are folded away: told at the character that stands before them.
  const [from, to] = [folded.at[0] ?? 0, folded.at.at(-1) ?? 0]
  const glosses = glossesIn(source.slice(from, to + 1))
  const [first] = glosses
  if (first && glosses.length > 1) {
    const index = folded.at.findLastIndex((at) => at < from + first.start)
    findings.push({
      severity: 'warn',
      span: { start: index, end: index + 2 },
      view: 'folded',
      message: 'garbled-readings',
      params: { count: String(glosses.length) },
    })
  }
  return findings.sort((a, b) => a.span.start - b.span.start)
}
