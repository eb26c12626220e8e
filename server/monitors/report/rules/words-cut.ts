import type { Finding } from '../observation.ts'
import { numberedStart } from '../reading/prose.ts'
import type { Report } from '../reading/report.ts'
import { matchesOf, type Wording } from './match.ts'

const cut = (pattern: RegExp, unless?: Wording['unless']): Wording => ({
  pattern,
  message: 'words-missing',
  severity: 'warn',
  ...(unless && { unless }),
})
/** Whether a line before the match ended amid a sentence, so that the match goes on from there. */
function goesOn(match: RegExpMatchArray, text: string): boolean {
  const start = match.index ?? 0
  if (text[start - 1] !== '\n') return false
  const line = text.slice(text.lastIndexOf('\n', start - 2) + 1, start - 1)
  return !/[。;:!?”)》]$/.test(line) && !numberedStart.test(line)
}
const before = (match: RegExpMatchArray, text: string): string =>
  text.slice(Math.max(0, (match.index ?? 0) - 6), match.index)

/** Sentences from which a word is gone, as when a page filters 发布 or 涉密. */
const wordings: readonly Wording[] = [
  // 了 without the verb before it: 二是了征信…, 网站了机构职能.
  cut(
    /(?:[一二三四五六七八九十]是|(?<=[,。;:、\n]|^))了(?=[一-鿿《“])(?![解结却断如然事得无当望])[^,。;、\n]{1,8}/g,
    goesOn,
  ),
  cut(
    /(?:网站|网页|平台|专栏|栏目|媒体|微信|微博|公众号|渠道|形式)上?了(?=[一-鿿《“])(?!解|新|一个)[^,。;、\n]{1,6}/g,
  ),
  cut(/(?:及时|按时|主动|定期|统一|集中|全面|准确|依法|广泛|积极)了(?=[一-鿿《“])(?!解)[^,。;、\n]{1,6}/g),
  cut(/(?:制定|建立|召开|举办|编制|印发|设立|开设|配备|取得|形成)了[。;]/g),
  // A conjunction without what it joins.
  cut(/[一-鿿]{2}(?:和|及其?|与|或)[;。]/g, (match) =>
    /(?:饱|柔|温|总|暖|缓|中|祥|平|共|调|讲|言|人|谐|亲|附|应|随|失|议|求)和.$|(?:涉|普|以|触|危|波|论|提|顾|遍|推|企|不|累|殃|祸|齿|埃|遑|兼|惠)及.$|(?:参|给|赋|授|干|付|施|相|寄|赠|容)与.$|(?:间|抑|甚)或.$/.test(
      match[0],
    ),
  ),
  cut(/(?<=[一-鿿])[、,](?:和|及|与|以及|并|或)(?=[,、。;])/g),
  cut(/[一-鿿]{2}不[,。;]/g, (match) =>
    /(?:岂|能|要|何|莫|无|毫|绝|决|是|对|好|可|并|差|了|得|么|否|永|从)不.$/.test(match[0]),
  ),
  // 的 without the word that it follows.
  cut(/(?<=[,。;\n])的(?![确士])[一-鿿]{2,6}/g, goesOn),
  cut(
    /(?:根据|按照|遵照)的(?=[一-鿿])[一-鿿]{2,4}|在的(?:正确|坚强|统一|大力|精心|关心|有力){0,2}(?:领导|指导|支持|关心|帮助|部署|统一)[一-鿿]{0,2}/g,
  ),
  cut(
    /关于(?:印发|转发|做好|开展|进一步|认真|贯彻|落实|公布|发布|调整|成立)?的(?:通知|意见|函|报告|公告|批复|决定|方案)/g,
  ),
  cut(/谁、谁[一-鿿]{0,4}|公开为(?=[”"。;])/g),
  cut(/新闻会(?=[、,。;及和等的]|[一-鿿]?\d)/g),
  // Marks of punctuation with nothing between them.
  cut(/(?<=[一-鿿\d”》)])(?:,,|、、|;;|,、|、,|,。|。,|、。|;,|;、)(?=[一-鿿\d“《(\n]|$)/g),
  // A sentence that breaks off before the next heading.
  cut(
    /[一-鿿]{4,12}(?:统计期限自|期限从|(?<![来出各独亲擅私])自|以及|并且|根据|按照|通过|关于|对于|由于)(?=\n(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]|$)|$)/g,
    (match, text) => before(match, text).includes('关于'),
  ),
]

/** Sentences that lack a word. */
export const wordsCut = ({ prose }: Report): Finding[] => matchesOf(prose.text, 'prose', wordings)
