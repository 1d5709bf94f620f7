/** Bytes that every streaming case reads at a time: larger than Node's default, which costs the fast readers most. */
export const PIECE = 256 * 1024
