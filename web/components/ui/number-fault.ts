import { typedNumber, type TypedRefusal } from '#assessment/typed'
import { t } from '../../i18n.ts'

/** Why a number that somebody typed cannot be taken, in words that repeat it; a comma that separates no thousands offers the point. */
export function numberFault(text: string, refused: TypedRefusal): string {
  const read = typedNumber(text)
  return t(`states.number.${refused}`, {
    text: text.trim(),
    offer: 'offer' in read ? read.offer : '',
  })
}
