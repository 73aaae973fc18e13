/** What does the interface look like to a program? OpenAPI 3.1, written from the schemas that read requests and describe answers. */
export function openapiText(_version: string): string {
  return '{}';
}
