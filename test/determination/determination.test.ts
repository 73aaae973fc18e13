/** Does the engine answer the shipped chronicle as the field would? One suite, so that the chronicle is read once. */
import './decisionTable.spec.ts';
import './workedExample.spec.ts';
import './thresholds.spec.ts';
import './places.spec.ts';
import './partiesAndListings.spec.ts';
import './readings.spec.ts';
import './proposals.spec.ts';
import './questions.spec.ts';
import './ruleBookTypes.spec.ts';
import './unnamedChips.spec.ts';
import './laws.spec.ts';
