import type { Finding } from '../observation.ts'
import type { Report } from '../reading/report.ts'
import { matchesOf, type Wording } from './match.ts'

const wrong = (pattern: RegExp, unless?: Wording['unless']): Wording => ({
  pattern,
  message: 'regulation-misnamed',
  severity: 'warn',
  ...(unless && { unless }),
})

/** Wrong names of 《中华人民共和国政府信息公开条例》; rules of provinces and other institutions have names of their own. */
const wordings: readonly Wording[] = [
  wrong(
    /(?:中华人民共和国|中国人民共和国|国务院)(?!政府信息公开条例)(?:政府|信息|政务信息|政务|政府信息|政府信息工作|政务信息工作|政府公开信息|公开政府信息|人民政府信息)(?:公开)?(?:工作)?(?:暂行)?条例/g,
  ),
  wrong(/中国人民共和国政府信息公开条例/g),
  wrong(/中华人民共和国政府信息公开(?:法|办法|规定|条列|条理|条令|制度)(?!条例)/g),
  wrong(
    /[《〈](?:政府公开|信息公开|政务公开|政务信息公开|政府信息|公开信息|公开政府信息|政府信息公开工作|政府信息公开暂行|政府信息公开保密)条例/g,
  ),
  wrong(/政府信息公开(?:条列|条理|条令)/g),
  wrong(/(?<![一-鿿])政府公开条例/g),
]

/** The regulation by a name that it does not bear. */
export const regulationName = ({ prose }: Report): Finding[] => matchesOf(prose.text, 'prose', wordings)
