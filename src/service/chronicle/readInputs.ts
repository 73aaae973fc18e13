/** Which yes/no questions do provisions ask, and what is assumed where nobody answers? */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { NamedInputs } from '../../../events/provision.ts';
import { flawsOf } from '../../../events/registry.ts';
import { check } from '../../../events/wording.ts';
import type { Path, Problem } from './yamlText.ts';
import { readYaml } from './yamlText.ts';

export interface ReadInputs {
  readonly inputs: NamedInputs;
  readonly problems: readonly Problem[];
  readonly lineAt: (path: Path) => number;
}

export const inputsFile = 'inputs.yaml';
const InputsFile = z.strictObject({ inputs: NamedInputs });

/** Reads the named inputs of a chronicle; none, with the problems, where the file is not in order. */
export function readInputs(directory: string): ReadInputs {
  const { value, problems, lineAt } = readYaml(inputsFile, readFileSync(join(directory, inputsFile), 'utf8'));
  const result = check(InputsFile, value);
  if (result.success) return { inputs: result.data.inputs, problems, lineAt };
  const flaws = flawsOf(result.error).map(({ pointer, message }) => {
    const path = pointer.split('/').slice(1);
    return { file: inputsFile, line: lineAt(path), path: path.join('.'), message };
  });
  return { inputs: {}, problems: [...problems, ...flaws], lineAt };
}
