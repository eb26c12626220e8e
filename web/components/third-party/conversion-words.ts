import type { Conversion } from '../../api/third-party.ts'
import { t } from '../../i18n.ts'

/** 折算 with its figures: `按名次（每低一名减 1，下限 50）`. */
export function conversionWords(conversion: Conversion): string {
  const name = t(`thirdParty.conversion.type.${conversion.type}`)
  const figures = (['step', 'floor', 'base'] as const).flatMap((figure) => {
    const value = (conversion as Partial<Record<typeof figure, string>>)[figure]
    return value === undefined ? [] : [`${t(`thirdParty.conversion.figure.${figure}`)} ${value}`]
  })
  return figures.length === 0
    ? name
    : t('thirdParty.conversion.with', { name, figures: figures.join(t('thirdParty.comma')) })
}
