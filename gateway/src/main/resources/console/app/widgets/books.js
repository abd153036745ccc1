// 账本: the sums of several regions' ledgers, asked for together.
import { get } from '../api.js';
import { fen } from '../format.js';

/** [{region, sum, fen, held, totals, transit}] */
export function booksOf(codes, signal) {
  return Promise.all(codes.map(async code => {
    const summary = await get(`/agency/${code}/ledger/summary`, { limit: 1 }, signal);
    return { region: code, ...summary, fen: fen(summary.sum), transit: fen(summary.totals?.TRANSIT ?? '0') };
  }));
}
