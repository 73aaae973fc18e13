/** Which security headers does every answer of the interface carry? Those of helmet, for answers that are no page. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** An API sends no page: nothing in its answers may be run, framed or guessed at. */
const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  crossOriginResourcePolicy: { policy: 'cross-origin' },
  originAgentCluster: false,
  strictTransportSecurity: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** They are the same for every answer, so helmet is asked once. */
function collected(): Map<string, string> {
  const headers = new Map<string, string>();
  const response = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: () => {},
  };
  protect({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return headers;
}

/** By name. */
export const apiHeaders = collected();
/** Names and values in turn, as `writeHead` takes them. */
export const apiHeaderList: readonly string[] = [...apiHeaders].flat();
