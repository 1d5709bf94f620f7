/** Rule sets of users, read from files. */
export { MAX_RULE_SET_BYTES, readRuleSet } from "./readRuleSet.ts"
export { problemText, RuleSetProblem, UnreadableRuleSet } from "./UnreadableRuleSet.ts"
