/** Whether every word is in a name, or in its pinyin or the initials of it (`sjyj` finds 市教育局). Words are in lower case. */
export async function unitNameMatch(words: readonly string[]): Promise<(name: string) => boolean> {
  const isSpelled = (word: string): boolean => /^[a-z]+$/.test(word)
  const pinyin = words.some(isSpelled) ? (await import('pinyin-pro')).pinyin : null
  return (name) => {
    const letters = pinyin
      ? [
          pinyin(name, { pattern: 'first', toneType: 'none', type: 'array' }).join(''),
          pinyin(name, { toneType: 'none', type: 'array' }).join(''),
        ].map((text) => text.toLowerCase())
      : []
    const lower = name.toLowerCase()
    return words.every(
      (word) => lower.includes(word) || (isSpelled(word) && letters.some((text) => text.includes(word))),
    )
  }
}
