/** How does the documentation list the problems? One row for each of the catalogue; a test holds the README to it. */
import { problemNames, problems } from './problems.ts';

/** A Markdown table: name, status, title. */
export function problemsTable(): string {
  const rows = problemNames.map(
    (name) => `| \`${name}\` | ${problems[name].status} | ${problems[name].title} |`,
  );
  return ['| problem | status | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
