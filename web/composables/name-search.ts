import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'

/** Whether a name fits what was typed. */
export type NameTest = (name: string) => boolean

const byLetters =
  (text: string): NameTest =>
  (name) =>
    name.toLowerCase().includes(text.toLowerCase())

/**
 * Search by name or by the initials of its pinyin (`sjyj` finds 市教育局). The dictionary is fetched when the first
 * Latin letter is typed; until then, names are compared as written.
 */
export function useNameSearch(text: Ref<string>): ShallowRef<NameTest> {
  const test: ShallowRef<NameTest> = shallowRef(() => true)
  watch(
    text,
    async (typed) => {
      const wanted = typed.trim()
      test.value = wanted === '' ? () => true : byLetters(wanted)
      if (!/^[a-z]+$/i.test(wanted)) return
      const { pinyin } = await import('pinyin-pro')
      if (text.value.trim() !== wanted) return
      test.value = (name) => {
        const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join('')
        const spelled = pinyin(name, { toneType: 'none', type: 'array' }).join('')
        return (
          [initials, spelled].some((letters) => letters.includes(wanted.toLowerCase())) ||
          byLetters(wanted)(name)
        )
      }
    },
    { immediate: true },
  )
  return test
}
