/** What the gateway says of this installation: issuer, client, whether the clock can be moved, where the sandbox is. */
export const settings = {};
