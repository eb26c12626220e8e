import type { Page } from 'playwright-core'

/**
 * What of a page's words cannot be read: text that leaves its box to the right, lies over another, is cut where no title, link, button or folded part
 * has the whole of it, or buries everything else under its length.
 */
export const cutOrSpilt = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const boxes =
      'td, th, li, button, .card, .el-dialog, aside, nav, header, main, .el-input, .el-select, fieldset'
    const faults: string[] = []
    const found = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const seen: { readonly element: Element; readonly rect: DOMRect; readonly text: string }[] = []
    const isHidden = (element: Element): boolean =>
      element.closest('.hidden-visually, .chart, [aria-hidden="true"], option, script, style') !== null
    const styleOf = (element: Element) => getComputedStyle(element)
    /** Whether the whole of it is one click, hover or focus away. */
    const isOpenable = (element: Element): boolean =>
      element.closest(
        '[title]:not([title=""]), a[href], button, summary, label, .el-select, [role="button"]',
      ) !== null
    const place = (element: Element): string => {
      const names = []
      for (let at: Element | null = element; at && names.length < 4; at = at.parentElement)
        names.unshift(
          `${at.tagName.toLowerCase()}${at.classList.length > 0 ? `.${[...at.classList].join('.')}` : ''}`,
        )
      return names.join(' > ')
    }

    for (let node = found.nextNode(); node; node = found.nextNode()) {
      const element = node.parentElement
      const text = node.nodeValue?.trim() ?? ''
      if (!element || text === '' || isHidden(element)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const rects = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
      if (rects.length === 0 || styleOf(element).visibility === 'hidden') continue
      const right = Math.max(...rects.map((rect) => rect.right))
      let isClipped = false
      let isFloating = false
      for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
        const { overflowX, overflowY, position } = styleOf(at)
        if (position === 'fixed' || position === 'sticky') isFloating = true
        if (overflowX === 'visible' && overflowY === 'visible') continue
        const box = at.getBoundingClientRect()
        const isCut = /hidden|clip/.test(overflowX) || /hidden|clip/.test(overflowY)
        const bottom = Math.max(...rects.map((rect) => rect.bottom))
        const leaves = right > box.right + 1 || bottom > box.bottom + 3
        if (leaves && isCut && at.clientHeight > 1 && !isOpenable(element))
          faults.push(`cut: ${text.slice(0, 20)} in ${place(element)}`)
        isClipped = true
        break
      }
      if (!isClipped && text.length > 900 && element.closest('aside, article, form') === null)
        faults.push(`unfolded: ${text.slice(0, 20)} in ${place(element)}`)
      const box = element.closest(boxes)
      if (!isClipped && box && right > box.getBoundingClientRect().right + 1)
        faults.push(`spilt: ${text.slice(0, 20)} in ${place(element)}`)
      if (!isClipped && !isFloating)
        for (const rect of rects) seen.push({ element, rect, text: text.slice(0, 20) })
    }

    seen.sort((a, b) => a.rect.top - b.rect.top)
    seen.forEach((one, index) => {
      for (let next = index + 1; next < seen.length; next++) {
        const other = seen[next]
        if (!other || other.rect.top > one.rect.bottom - 4) break
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue
        const across = Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left)
        const down = Math.min(one.rect.bottom, other.rect.bottom) - other.rect.top
        if (across > 3 && down > 5)
          faults.push(`over one another: ${one.text} and ${other.text} in ${place(one.element)}`)
      }
    })
    return [...new Set(faults.map((fault) => fault.replace(/: .* in /, ' in ')))].slice(0, 12)
  })
