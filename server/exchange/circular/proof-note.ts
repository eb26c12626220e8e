import { shortRoot } from '../../assessment/publication/proof/proof.ts'
import type { PublicationBody } from '../../assessment/publication/publication.ts'
import type { Block } from './document.ts'

/** 校验码 in short and how to check by it; nothing for a publication that has none. */
export const proofNote = ({ proof }: Pick<PublicationBody, 'proof'>): Block[] =>
  proof
    ? [
        {
          type: 'note',
          text: `公开核验：校验码${shortRoot(proof.root)}。在“通报”页下载核验文件，用浏览器打开（不需要联网），文件会重新计算成绩并说明是否一致；填入以上校验码，显示“与通报所载校验码一致”的，就是本次发布。`,
        },
      ]
    : []
