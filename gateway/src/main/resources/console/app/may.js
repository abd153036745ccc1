// Who sees what. The services decide; here only what would be refused is not offered.
import { session } from './session.js';

const has = (...roles) => roles.includes(session.user?.role);

export const isStaff = () => has('CLERK', 'REVIEWER');
export const isOperator = () => has('OPERATOR');
export const isNational = () => isOperator() && !session.user.province;
export const overlooks = () => has('OPERATOR', 'AUDITOR');
/** Sees figures and lists: of everything, of a province, or of the own region. */
export const watches = () => overlooks() || isStaff();
export const isClerk = () => has('CLERK');
export const isReviewer = () => has('REVIEWER');

/** Works for that region: its staff, the operators of its province. */
export function actsFor(region) {
  if (!region) {
    return false;
  }
  const { role, region: own, province } = session.user;
  return role === 'OPERATOR'
    ? !province || province.slice(0, 2) === region.slice(0, 2)
    : (role === 'CLERK' || role === 'REVIEWER') && own === region;
}

/** May read a region's money: whoever works for it, and auditors. */
export const reads = region => has('AUDITOR') || actsFor(region);
