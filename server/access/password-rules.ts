import type { Language } from '#assessment/language'

/** By which rules passwords are made: 等保 2.0, or OWASP ASVS 5.0. */
export const passwordProfiles = ['mlps', 'asvs'] as const
export type PasswordProfile = (typeof passwordProfiles)[number]

interface Rules {
  /** In characters. */
  readonly shortest: number
  /** How many of lower case, upper case, digits and others; more would only make people write it down (ASVS 6.2.5). */
  readonly classes: number
  /** Days after which it must be changed; null = it does not grow old (ASVS 6.2.10). */
  readonly days: number | null
  /** Days before, on which its owner is told. */
  readonly notice: number
  /** How many of the last ones, the present one included, may not come back. */
  readonly barred: number
}

export const passwordRules: Readonly<Record<PasswordProfile, Rules>> = {
  // GB/T 22239-2019, 8.1.4.1 a: of some complexity and changed regularly.
  mlps: { shortest: 8, classes: 3, days: 180, notice: 15, barred: 3 },
  // ASVS 5.0, 6.2.1: long enough instead.
  asvs: { shortest: 12, classes: 1, days: null, notice: 0, barred: 1 },
}

export const passwordFaults = ['too-short', 'too-plain', 'common', 'own-words', 'used-before'] as const
export type PasswordFault = (typeof passwordFaults)[number]

export const passwordFaultWords: Readonly<Record<PasswordFault, Readonly<Record<Language, string>>>> = {
  'too-short': { 'zh-CN': '密码太短。', en: 'The password is too short.' },
  'too-plain': {
    'zh-CN': '小写字母、大写字母、数字、其他符号中至少要有三类。',
    en: 'It needs three of: lower-case letters, capitals, digits, other signs.',
  },
  common: {
    'zh-CN': '这是常见密码，或者只是在常见密码前后加了数字、符号。',
    en: 'It is a common password, or one with digits or signs around it.',
  },
  'own-words': {
    'zh-CN': '密码里不能有用户名、姓名、单位名称或它们的拼音。',
    en: 'It must not hold the username, the name, the unit, or their pinyin.',
  },
  'used-before': { 'zh-CN': '这是最近用过的密码。', en: 'It was used recently.' },
}

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{Ll}\p{Lu}\p{N}]/u]
/** Letters and digits alone, in lower case. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Signs that stand for letters. */
const lookAlikes: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
}

/** What is typed in Chinese offices besides. */
const oftenHere = new Set(
  'abc abcd abcde abcdef qwe qwer qweasd asd asdf zxc zxcv aa aaa admin root test mima woaini zhengwu zhengfu gongkai kaohe bangongshi'.split(
    ' ',
  ),
)

/** Runs of one step, as 1234 or aaaa: what is left of a text without them. */
const withoutRuns = (text: string): string =>
  [...text]
    .filter((letter, index, letters) => {
      const step = letter.charCodeAt(0) - (letters[index - 1] ?? '').charCodeAt(0)
      return Number.isNaN(step) || Math.abs(step) > 1
    })
    .join('')

/** The texts that would make a password common. */
function disguised(password: string): string[] {
  const lower = password.normalize('NFKC').toLowerCase()
  const trimmed = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const read = (text: string) => [...text].map((sign) => lookAlikes[sign] ?? sign).join('')
  return [lower, bare(lower), trimmed, read(trimmed), read(lower), bare(read(trimmed))]
}

let known: Promise<ReadonlySet<string>> | undefined

async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set<string>(dictionary['passwords-common'])
}

async function isCommon(password: string): Promise<boolean> {
  known ??= commonPasswords()
  const common = await known
  if (disguised(password).some((text) => common.has(text) || oftenHere.has(text))) return true
  // Little more than runs and repetitions.
  return withoutRuns(bare(password)).length < 4 || new Set(password).size < 5
}

/** The words, and how they are spelled in pinyin; a word too short to tell anybody is none. */
async function spellings(words: readonly string[]): Promise<string[]> {
  const { pinyin } = await import('pinyin-pro')
  return words
    .flatMap((word) => [bare(word), bare(pinyin(word, { toneType: 'none', type: 'array' }).join(''))])
    .filter((word) => word.length > (/\p{Script=Han}/u.test(word) ? 1 : 2))
}

/** What is wrong with a new password by itself; `ownWords` are those by which its owner is known. */
export async function faultsOfPassword(
  password: string,
  profile: PasswordProfile,
  ownWords: readonly string[],
): Promise<PasswordFault[]> {
  const rules = passwordRules[profile]
  const faults: PasswordFault[] = []
  if ([...password].length < rules.shortest) faults.push('too-short')
  if (classes.filter((one) => one.test(password)).length < rules.classes) faults.push('too-plain')
  if (await isCommon(password)) faults.push('common')
  const text = bare(password)
  if ((await spellings(ownWords)).some((word) => text.includes(word))) faults.push('own-words')
  return faults
}

const DAY = 86_400_000

/** Days until a password must be changed: 0 or less = now; null = never. */
export function daysLeft(
  profile: PasswordProfile,
  setAt: string | null | undefined,
  now: Date,
): number | null {
  const { days } = passwordRules[profile]
  if (days === null || !setAt) return null
  return Math.ceil((Date.parse(setAt) + days * DAY - now.getTime()) / DAY)
}
