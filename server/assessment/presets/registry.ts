import type { Scheme } from '../rule/scheme.ts'
import { bureau } from './bureau.ts'
import { hotline } from './hotline.ts'
import { information } from './information.ts'
import { municipal } from './municipal.ts'
import { school } from './school.ts'
import { website } from './website.ts'

export const presetKeys = ['municipal', 'bureau', 'school', 'website', 'hotline', 'information'] as const
export type PresetKey = (typeof presetKeys)[number]

/** Ready schemes to start from. */
export const presets: Readonly<Record<PresetKey, Scheme>> = {
  municipal,
  bureau,
  school,
  website,
  hotline,
  information,
}
