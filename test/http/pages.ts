/** The pages, for a spec that asks for them: others need not load what renders them. */
import type { Router } from 'express';
import { pageQuestions, shipQuestions } from '../../src/http/pageQuestions.ts';
import type { Tidemark } from '../../src/service/tidemark.ts';
import { pageRouter } from '../../src/web/pageRouter.tsx';

export function pagesOf(tidemark: Tidemark): Router {
  return pageRouter(pageQuestions(tidemark.ask), shipQuestions(tidemark));
}
