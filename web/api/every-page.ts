/** As many as the server sends at once. */
export const mostAtOnce = 500

/** Everything of a list that the server sends by pages; `fetchPage` asks for one, counted from 1, of `mostAtOnce`. */
export async function everyPage<Item>(
  fetchPage: (page: number) => Promise<{ readonly items: readonly Item[]; readonly total: number }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let page = 1; ; page++) {
    const { items, total } = await fetchPage(page)
    all.push(...items)
    if (all.length >= total || items.length === 0) return all
  }
}
