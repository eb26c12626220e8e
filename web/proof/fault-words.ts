import type { ProofFault } from '#assessment/publication/proof/check-proof'
import type { Leaf, RuleLeaf } from '#assessment/publication/proof/leaves'
import { leavesOf } from '#assessment/rule/scheme'
import { t } from '../i18n.ts'
import { named } from '../scheme-names.ts'

const partOf = (rule: RuleLeaf | null, key: string) =>
  rule?.scheme.components.find((component) => component.key === key)

const partName = (rule: RuleLeaf | null, key: string): string => named(partOf(rule, key)?.name ?? key)

const windowName = (rule: RuleLeaf | null, component: string, key: string): string =>
  named(partOf(rule, component)?.windows.find((window) => window.key === key)?.name ?? key)

function leafName(rule: RuleLeaf | null, component: string, key: string | null): string {
  if (key === null) return t('proof.leaf.total')
  const part = partOf(rule, component)
  const leaves = part?.method === 'verified-marks' ? leavesOf(part.indicators) : []
  return named(leaves.find((leaf) => leaf.key === key)?.name ?? key)
}

/** What a leaf is about, so that people find it. */
function leafWords({ kind, key, value }: Leaf, of: string | null, rule: RuleLeaf | null): string {
  const unit = of ?? t('proof.leaf.somebody')
  switch (kind) {
    case 'rule':
      return t('proof.leaf.rule')
    case 'unit':
      return t('proof.leaf.unit', { key: of ?? key })
    case 'earlier':
      return t('proof.leaf.earlier')
    case 'finding':
      return t('proof.leaf.finding', { unit, number: value.number, what: value.what })
    case 'verified': {
      const { component, window, leaf } = value
      return t('proof.leaf.verified', {
        unit,
        part: partName(rule, component),
        window: windowName(rule, component, window),
        leaf: leafName(rule, component, leaf),
      })
    }
    case 'external':
      return t('proof.leaf.external', { unit, part: partName(rule, value.component) })
    case 'closed':
    case 'extension':
    case 'submission': {
      const { component, window } = value
      const part = partName(rule, component)
      return t(`proof.leaf.${kind}`, { unit, part, window: windowName(rule, component, window) })
    }
    case 'participant':
    case 'result':
    case 'grade':
      return t(`proof.leaf.${kind}`, { unit })
  }
}

/** What does not agree, in a sentence. */
export function faultWords(fault: ProofFault, rule: RuleLeaf | null): string {
  switch (fault.code) {
    case 'leaf-altered':
      return t('proof.fault.altered', { what: leafWords(fault.leaf, fault.unit, rule) })
    case 'root':
      return t('proof.fault.root')
    case 'interim':
      return t('proof.fault.interim')
    case 'unassessable':
      return t('proof.fault.unassessable', { why: fault.why })
    case 'result': {
      const { unit, field, part, published, computed } = fault
      const none = t('proof.leaf.none')
      return t('proof.fault.result', {
        unit,
        figure: t(`proof.figure.${field}`, { part: named(part ?? '') }),
        published: named(published ?? none),
        computed: named(computed ?? none),
      })
    }
  }
}
