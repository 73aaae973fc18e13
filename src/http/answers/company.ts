import { z } from 'zod';
export const CompanyAnswer = z.looseObject({});
export const CompanyItem = z.looseObject({});
