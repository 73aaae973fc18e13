/** By which name do client, log and answer speak of one request? `X-Request-Id`, the client's or ours. */

const lawful = /^[\w.:-]{1,128}$/;

export class RequestIds {
  readonly #prefix: string;
  #count = 0;

  /** `prefix`: of this process, so that ids of two never meet. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The id that the client gives, where it is lawful; else a new one. */
  of(given: string | string[] | undefined): string {
    if (typeof given === 'string' && lawful.test(given)) return given;
    this.#count += 1;
    return `${this.#prefix}-${this.#count.toString(36)}`;
  }
}
