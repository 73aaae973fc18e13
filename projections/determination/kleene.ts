/** What follows from true, false and unknown? Kleene's strong three-valued logic, as determination.md uses it. */

/** Whether something holds; `unknown`: the record or the question does not say. */
export type Truth = true | false | 'unknown';

/** false if one is false, else unknown if one is unknown; true of nothing. */
export function all(truths: Iterable<Truth>): Truth {
  let holds: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === 'unknown') holds = 'unknown';
  }
  return holds;
}

/** true if one is true, else unknown if one is unknown; false of nothing. */
export function any(truths: Iterable<Truth>): Truth {
  let holds: Truth = false;
  for (const truth of truths) {
    if (truth === true) return true;
    if (truth === 'unknown') holds = 'unknown';
  }
  return holds;
}

/** The negation; that of unknown is unknown. */
export function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

/** For a source that is not exact enough: never true, unknown where the text may mean it, false where it cannot. */
export function maybe(truth: Truth): Truth {
  return truth === false ? false : 'unknown';
}
